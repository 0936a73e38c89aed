"""Hostile pages of any size, by family: each shape is the worst of its kind that we could think of.

A shape takes a size in bytes and gives a page of about that size.
"""

from __future__ import annotations

from typing import Final

from shapes import attributes, briefs, crossed, customs, dumps, encoded, scripts, stated, texts, trees, unseen
from shapes.forms import PARAGRAPHS, Shape, repeated

__all__ = ["FAMILIES", "SHAPES", "Shape"]

FAMILIES: Final[dict[str, dict[str, Shape]]] = {
    "an article": {"an article": repeated(PARAGRAPHS)},
    "trees": trees.SHAPES,
    "attributes": attributes.SHAPES,
    "unseen": unseen.SHAPES,
    "texts": texts.SHAPES,
    "scripts": scripts.SHAPES,
    "stated": stated.SHAPES,
    "crossed": crossed.SHAPES,
    "briefs": briefs.SHAPES,
    "customs": customs.SHAPES,
    "dumps": dumps.SHAPES,
    "encoded": encoded.SHAPES,
}

SHAPES: Final[dict[str, Shape]] = {name: shape for family in FAMILIES.values() for name, shape in family.items()}
