"""Names of files for items."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declutter.batch.writers.names import file_name

NAMES = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="aA.:/\\ ?*~_-json%é\u0301\u212a\0", max_size=30),
    st.builds("https://example.org/{}".format, st.text(max_size=300)),
    st.builds("/".join, st.lists(st.sampled_from(["..", ".", "", "con", "NUL.txt", "a.json", "a", "A"]), max_size=20)),
)
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pages/a.html", "pages/a.html.json"),
        ("a", "a.json"),
        ("/data/Story 1.html", "data/Story_1.html~cd.json"),
        ("https://example.org/Story?id=3", "example.org/Story_id=3~cd.json"),
        ("https://example.org/", "example.org~cd.json"),
        ("../../etc/passwd", "etc/passwd~cd.json"),
        ("con.html", "_con.html~cd.json"),
        ("x.json/y", "x.json_/y~cd.json"),
        ("…", "_~cd.json"),
        ("", "page~cd.json"),
    ],
)
def test_names_mirror_their_items(name: str, expected: str) -> None:
    assert expected == re.sub(r"~[0-9a-f]{16}\.json$", "~cd.json", file_name(name))


@given(NAMES)
def test_names_stay_inside_the_folder_and_are_taken_by_every_system(name: str) -> None:
    made = file_name(name)

    assert re.fullmatch(r"[A-Za-z0-9_.,+=~/-]+\.json", made)
    assert len(made) <= 1100
    for part in made.split("/"):
        assert part
        assert len(part) <= 200
        assert not part.startswith(".")
        assert not part.endswith((".", " "))
        assert not RESERVED.fullmatch(part)


@given(NAMES, NAMES)
def test_no_two_items_share_a_file_even_where_capitals_do_not_count(one: str, other: str) -> None:
    if one != other:
        assert _folded(file_name(one)) != _folded(file_name(other))


@given(NAMES, NAMES)
def test_no_file_stands_where_a_folder_has_to(one: str, other: str) -> None:
    assert not _folded(file_name(other)).startswith(_folded(file_name(one)) + "/")


def test_names_are_the_same_in_every_run() -> None:
    assert "example.org/a~2ca93349eca67313.json" == file_name("https://example.org/a")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
