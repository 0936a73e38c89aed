"""What the README shows is what the program gives."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import declutter
from declutter.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def blocks_of(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_first_example_gives_what_it_says() -> None:
    doc = declutter.read("fixtures/en-kicker/page.html")

    shown = r"# '(.+)'$|the essay, ([\d,]+) characters|headline='([^']+)'"
    title, size, headline = re.findall(shown, README, re.MULTILINE)[:3]
    assert title[0] == doc.title
    assert int(size[1].replace(",", "")) == len(doc.text)
    assert headline[2] == doc.flashes[0].headline
    assert len(doc.flashes) == 3


def test_every_label_is_in_the_table() -> None:
    table = README.partition("| label |")[2].partition("\n\n")[0]

    assert [*declutter.Label] == re.findall(r"^\| (\w+) \|", table, re.MULTILINE)


def test_the_document_shown_is_the_one_written() -> None:
    shown = json.loads(blocks_of("json")[0])
    command = re.search(r"`declutter (extract .*?--fields title,published[^`]*)` prints", README)
    assert command

    written = json.loads(CliRunner().invoke(main, command[1].split()).stdout)

    (flash,) = shown.pop("flashes")
    found = written.pop("flashes")[0]
    assert flash.pop("confidence") == pytest.approx(found.pop("confidence"), abs=0.01)
    assert flash == found
    assert shown == written


def test_the_evidence_shown_is_the_strongest() -> None:
    command = re.search(r"`declutter (explain [^`]*)` begins:\n\n```\n(.*?)```", README, re.DOTALL)
    assert command
    rows = command[2].splitlines()
    evidence = "".join(re.split(r"\s{2,}", row)[-1] for row in rows[2:]).removesuffix(", …")

    told = json.loads(CliRunner().invoke(main, [*command[1].split(), "--json"]).stdout)

    first = told["blocks"][0]
    assert first["text"].startswith("BRIEF | Hollis Robotics")
    shown = dict(re.findall(r"([a-z_]+) ([+-]\d\.\d)", evidence))
    found = {one["name"]: one["weight"] for one in first["evidence"]}
    assert list(shown) == sorted(found, key=lambda name: -abs(found[name]))[: len(shown)]
    for name, weight in shown.items():
        assert found[name] == pytest.approx(float(weight), abs=1.0), name


def test_each_name_shown_is_there() -> None:
    names = set(re.findall(r"\bdeclutter\.([A-Z]\w+|extract\w*|explain|read\w*|fetch\w*)\(?", README))

    assert names
    assert set() == {name for name in names if not hasattr(declutter, name)}


_LINK = r"(?<!!)\[[^\]]*\]\("  # not that of an image


def test_the_example_for_users_of_trafilatura_leaves_out_what_it_says() -> None:
    (script,) = re.findall("```python\n(.*?)```", (ROOT / "docs/trafilatura.md").read_text(encoding="utf-8"), re.DOTALL)

    found: dict[str, Any] = {}
    exec(script, found)

    doc = found["doc"]
    cells = [block for block in doc.blocks if block.label == "body" and block.row is not None]
    assert cells
    assert doc.text.count("\n") - len(cells) == found["plain"].text.count("\n")
    assert "\n| " in doc.markdown
    assert "\n| " not in found["plain"].markdown
    assert "![" in doc.markdown
    assert "![" not in found["texts"].markdown
    assert re.search(_LINK, doc.markdown)
    assert not re.search(_LINK, found["unlinked"].markdown)
    assert found["is_german"]
