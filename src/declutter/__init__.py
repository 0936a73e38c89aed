"""Separates an article from what a portal injects into it, and gives both back as data."""

from __future__ import annotations

from declutter.errors import (
    DeclutterError,
    DecodeError,
    FetchError,
    LimitError,
    MissingExtraError,
    NotAPageError,
    RulesError,
)
from declutter.model import (
    Block,
    Document,
    Evidence,
    Flash,
    Frame,
    Image,
    Kind,
    Label,
    Metadata,
    Origin,
    Page,
    Span,
    SpanKind,
    Teaser,
)
from declutter.options import DEFAULT_OPTIONS, ExtractOptions, Limits
from declutter.pipeline import extract

__all__ = [
    "DEFAULT_OPTIONS",
    "Block",
    "DeclutterError",
    "DecodeError",
    "Document",
    "Evidence",
    "ExtractOptions",
    "FetchError",
    "Flash",
    "Frame",
    "Image",
    "Kind",
    "Label",
    "LimitError",
    "Limits",
    "Metadata",
    "MissingExtraError",
    "NotAPageError",
    "Origin",
    "Page",
    "RulesError",
    "Span",
    "SpanKind",
    "Teaser",
    "extract",
]
