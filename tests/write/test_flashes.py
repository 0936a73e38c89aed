"""Flashes alone, as JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declutter.model import Document, Flash, Metadata
from declutter.write.flashes import to_csv, to_jsonl


def flash(text: str = "body", headline: str | None = "Head", published: str | None = "2023-05-28T09:47:25") -> Flash:
    return Flash(
        headline=headline, text=text, published=published, source="金色", url=None, blocks=(3, 4), confidence=0.75
    )


def page(*flashes: Flash, url: str = "https://a.b/1", title: str = "Títle") -> Document:
    return Document(url=url, metadata=Metadata(title=title), tags=(), flashes=flashes, related=(), blocks=())


def test_each_flash_is_a_line_of_json_with_its_page() -> None:
    lines = list(
        to_jsonl([("a", page(flash(), flash("two"))), ("b", page()), ("c", page(flash("three"), url="https://a.b/2"))])
    )

    assert ["body", "two", "three"] == [json.loads(line)["text"] for line in lines]
    assert {
        "page_url": "https://a.b/2",
        "page_title": "Títle",
        "headline": "Head",
        "text": "three",
        "published": "2023-05-28T09:47:25",
        "source": "金色",
        "url": None,
        "confidence": 0.75,
        "input": "c",
    } == json.loads(lines[2])


def test_csv_has_the_same_rows_under_their_names() -> None:
    document = page(flash('a "quoted", text\nof two lines', headline=None))

    rows = list(csv.DictReader(io.StringIO("\n".join(to_csv([("a.html", document)])), newline="")))

    assert [
        {
            "page_url": "https://a.b/1",
            "page_title": "Títle",
            "headline": "",
            "text": 'a "quoted", text\nof two lines',
            "published": "2023-05-28T09:47:25",
            "source": "金色",
            "url": "",
            "confidence": "0.75",
            "input": "a.html",
        }
    ] == rows


def test_csv_goes_on_without_a_header() -> None:
    assert 1 == len(list(to_csv([("a", page(flash()))], header=False)))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-5 %", "@SUM(A1)", "\t=1", "＝1+1", " =1", "\r=1", "\u200b=1", "\u00a0=1"]
)
def test_no_cell_starts_a_formula(text: str) -> None:
    row = next(csv.reader(to_csv([("a", page(flash(text)))], header=False)))

    assert "'" == row[3][0]


@given(st.text(st.characters(exclude_categories=[]), max_size=20))
def test_lines_encode_and_parse_whatever_the_text(text: str) -> None:
    document = page(flash(text))

    (line,), (record,) = list(to_jsonl([("a", document)])), list(to_csv([("a", document)], header=False))

    assert "\0" not in json.loads(line.encode("utf-8"))["text"]
    assert 9 == len(next(csv.reader(io.StringIO(record.encode("utf-8").decode(), newline=""))))
