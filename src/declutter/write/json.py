"""Documents as JSON by the schema `declutter/1`, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from declutter.errors import DeclutterError
from declutter.model import Block, Document, Flash, Image, Metadata, Origin, Teaser
from declutter.write import markdown
from declutter.write.safety import encodable

SCHEMA: Final = "declutter/1"
_T = TypeVar("_T")
Part = Annotated[_T | UnsetType, Meta(description="absent where the caller asked for other fields")]


class UnknownFieldError(DeclutterError, ValueError):
    """A field was asked for that documents don't have; the message names those they have."""


class Essay(msgspec.Struct, frozen=True):
    """The essay. text: its blocks in order, a line each, without the title. markdown: the same with its shape."""

    text: str
    markdown: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A page taken apart: metadata, the essay, what was injected into it, and every block with its label."""

    schema: Literal["declutter/1"] = SCHEMA
