"""The values that declutter returns. All are frozen, small and picklable; none keeps the page's tree."""

from declutter.model.blocks import Block, Evidence, Frame, Kind, Label, RunnerUp, Span, SpanKind
from declutter.model.document import Document, EssaySource
from declutter.model.metadata import Metadata, Origin
from declutter.model.page import Page
from declutter.model.records import Entry, Flash, Image, Repair, RepairKind, Teaser

__all__ = [
    "Block",
    "Document",
    "Entry",
    "EssaySource",
    "Evidence",
    "Flash",
    "Frame",
    "Image",
    "Kind",
    "Label",
    "Metadata",
    "Origin",
    "Page",
    "Repair",
    "RepairKind",
    "RunnerUp",
    "Span",
    "SpanKind",
    "Teaser",
]
