"""Synthetic pages of any size, for the growth of cost: an article in a portal's page, no two paragraphs equal."""

from __future__ import annotations

import random
from typing import Final

_SYLLABLES: Final = "ba co den fir gal ho in kel lor mun nel or pra quis ren sol tam ul ver wen".split()
_WORDS: Final = 4000


def page(size: int) -> bytes:
    """A page of about `size` bytes: a third of its paragraphs are the essay, the rest teasers and comments."""
    rng = random.Random(1)
    words = ["".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4))) for _ in range(_WORDS)]

    def text(least: int, most: int) -> str:
        return " ".join(rng.choices(words, k=rng.randint(least, most))).capitalize()

    essay: list[str] = []
    teasers: list[str] = []
    comments: list[str] = []
    written = 0
    while written < size:
        number = len(essay)
        essay.append(f'<p class="story__text">{text(40, 90)}, <a href="/a{number}">{text(1, 4)}</a> {text(5, 30)}.</p>')
        teasers.append(
            f'<li class="teaser"><a href="/t{number}"><h4>{text(5, 10)}</h4></a><span>{text(2, 3)}</span></li>'
        )
        comments.append(
            f'<div class="comment" id="c{number}"><b>{text(1, 2)}</b><time>2024-03-07 10:22</time>'
            f"<p>{text(15, 60)}.<br>{text(5, 20)}.</p></div>"
        )
        written += len(essay[-1]) + len(teasers[-1]) + len(comments[-1])
    title = text(6, 10)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title></head><body>"
        f"<nav><ul>{''.join(f'<li><a href=/s{n}>{text(1, 2)}</a></li>' for n in range(20))}</ul></nav>"
        f"<article><h1>{title}</h1>{''.join(essay)}</article>"
        f'<aside><ul>{"".join(teasers)}</ul></aside><section class="comments">{"".join(comments)}</section>'
        f"<footer>{text(10, 20)}</footer></body></html>"
    ).encode()
