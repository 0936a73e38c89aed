"""JSON by the schema, with everything a document says."""

from __future__ import annotations

import json

import pytest
from essays import Line, Paragraph, flatten
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from declutter.errors import DeclutterError, FieldError
from declutter.model import (
    Document,
    Evidence,
    Flash,
    Image,
    Label,
    Metadata,
    Origin,
    Span,
    SpanKind,
    Teaser,
)
from declutter.write.json import FIELDS, dump, load, schema

WORDS = st.text(st.characters(exclude_categories=[]), max_size=8)
MAYBE = st.none() | WORDS
METADATA = st.builds(
    Metadata,
    title=MAYBE,
    authors=st.lists(WORDS, max_size=2).map(tuple),
    published=MAYBE,
    language=MAYBE,
    description=MAYBE,
    sources=st.dictionaries(WORDS, st.builds(Origin, WORDS, st.floats(0, 1)), max_size=2),
)
FLASHES = st.builds(
    Flash,
    headline=MAYBE,
    text=WORDS,
    published=MAYBE,
    source=MAYBE,
    url=MAYBE,
    blocks=st.just((0, 1)),
    confidence=st.floats(0, 1),
)
TEASERS = st.builds(Teaser, title=WORDS, snippet=MAYBE, url=MAYBE, published=MAYBE, blocks=st.just((2,)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents with any text in any field."""
    line = Line(draw(WORDS.filter(bool)), (Span(0, 1, SpanKind.LINK, draw(WORDS)),))
    blocks = flatten([Paragraph((line, Line("x")))], draw(st.lists(st.booleans(), max_size=2)))
    return Document(
        url=draw(MAYBE),
        metadata=draw(METADATA),
        tags=draw(st.lists(WORDS, max_size=2).map(tuple)),
        flashes=draw(st.lists(FLASHES, max_size=2).map(tuple)),
        related=draw(st.lists(TEASERS, max_size=2).map(tuple)),
        blocks=tuple(blocks),
        images=(Image(url=draw(WORDS), block=0, alt=draw(MAYBE)),),
        encoding=draw(MAYBE),
        confidence=draw(st.floats(0, 1)),
        truncated=draw(st.booleans()),
    )


def document(**fields: object) -> Document:
    """A document of one paragraph."""
    blocks = tuple(flatten([Paragraph((Line("Körper 本文"),))]))
    return Document(
        **{"url": None, "metadata": Metadata(), "tags": (), "flashes": (), "related": (), "blocks": blocks, **fields}
    )


VALIDATOR = Draft202012Validator(schema())


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())

    assert "declutter/1" == schema()["title"]
    assert [*FIELDS] == [name for name in schema()["$defs"]["Record"]["properties"] if name != "schema"]


def test_every_field_of_the_metadata_and_the_document_is_written() -> None:
    beside = {"metadata"}

    assert {*Metadata.__struct_fields__, *Document.__struct_fields__} - beside <= {*FIELDS}


@given(documents())
def test_what_is_written_is_valid_by_schema_and_as_utf_8_without_nul(doc: Document) -> None:
    written = dump(doc)

    values = json.loads(written.encode("utf-8"))
    VALIDATOR.validate(values)
    assert "\0" not in json.dumps(values, ensure_ascii=False)


@given(documents())
def test_reading_what_was_written_and_writing_it_again_changes_nothing(doc: Document) -> None:
    written = dump(doc)

    assert written == dump(load(written))


def test_a_document_comes_back_equal() -> None:
    doc = document(
        metadata=Metadata(title="T", authors=("A", "B"), sources={"title": Origin("og:title", 0.9)}),
        images=(Image(url="https://a.b/c", block=0, caption="c"),),
    )

    assert doc == load(dump(doc))


def test_evidence_is_written_where_it_was_asked_for() -> None:
    block = flatten([Paragraph((Line("x"),))])[0]
    explained = type(block)(
        **{name: getattr(block, name) for name in block.__struct_fields__ if name != "evidence"},
        evidence=(Evidence("short", -0.5, Label.BODY),),
    )

    values = json.loads(dump(document(blocks=(explained,))))

    assert [{"name": "short", "weight": -0.5, "label": "body"}] == values["blocks"][0]["evidence"]


def test_non_ascii_is_kept_and_defaults_of_blocks_are_left_out() -> None:
    written = dump(document(), fields=("blocks",))

    assert (
        '{"schema":"declutter/1","blocks":[{"index":0,"text":"Körper 本文","label":"body","kind":"paragraph"}]}'
        == written
    )


def test_fields_choose_what_is_written() -> None:
    values = json.loads(dump(document(), fields=("title", "essay")))

    assert {
        "schema": "declutter/1",
        "title": None,
        "essay": {"text": "Körper 本文", "markdown": "Körper 本文"},
    } == values


def test_an_unknown_field_is_named_beside_those_there_are() -> None:
    with pytest.raises(FieldError, match=r"no such field: esay \(did you mean essay\?\)") as raised:
        dump(document(), fields=("esay",))

    assert isinstance(raised.value, DeclutterError)
    assert isinstance(raised.value, ValueError)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema":"declutter/2"}', b"\xff", "[" * 100_000])
def test_what_is_no_document_is_refused_by_one_kind_of_error(text: str | bytes) -> None:
    with pytest.raises(FieldError, match=r"not a declutter/1 document: .+"):
        Document.from_json(text)


def test_json_without_all_fields_gives_no_document() -> None:
    with pytest.raises(FieldError, match="lacks fields of a document: title, .* …; write it with all fields"):
        load(dump(document(), fields=("essay",)))
