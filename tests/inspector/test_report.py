"""Reports as files: what stands in them, and what can't."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from lxml import html

import declutter
from declutter.inspect import Inspected, index, outlined, report, row_of
from declutter.inspect.assets import asset
from declutter.inspect.views import LABELS
from tests.cases import CASES, about, page

from .hostile import HOSTILE


def explained(case: str) -> declutter.Document:
    return declutter.explain(page(case), url=about(case)["url"])


def data(written: str, name: str) -> Any:
    (found,) = html.document_fromstring(written).xpath(f"//script[@id='data-{name}']")
    assert "application/json" == found.get("type")
    return json.loads(found.text)


def test_every_block_stands_in_the_report_with_its_label_and_evidence() -> None:
    document = explained("en-kicker")

    made = data(report(document), "p1")

    labels = list(declutter.Label)
    assert [(block.text, block.label) for block in document.blocks if block.text] == [
        (block["text"], labels[block["label"]]) for block in made["blocks"] if block["text"]
    ]
    for block, shown in zip(document.blocks, made["blocks"], strict=True):
        reasons = [(made["names"][name][0], weight, labels[label]) for name, weight, label in shown.get("evidence", ())]
        assert sorted((reason.name, reason.weight, reason.label) for reason in block.evidence) == sorted(reasons)


def test_every_name_of_evidence_stands_beside_what_it_means() -> None:
    names = data(report(explained("en-kicker")), "p1")["names"]

    assert names
    assert [] == [name for name, meaning in names if not meaning]


def test_the_label_that_came_next_stands_beside_how_much_it_lost_by() -> None:
    document = explained("en-kicker")

    made = data(report(document), "p1")["blocks"]

    labels = list(declutter.Label)
    assert [block.runner_up and (block.runner_up.label, block.runner_up.margin) for block in document.blocks] == [
        (labels[block["runner_up"][0]], block["runner_up"][1]) if "runner_up" in block else None for block in made
    ]


def test_essay_and_flashes_stand_in_the_report_as_they_are_written() -> None:
    document = explained("en-kicker")

    made = data(report(document), "p1")

    assert {"Text": document.text, "Markdown": document.markdown, "HTML": document.html} == made["essay"]
    rows = [json.loads(line) for line in made["flash_rows"]["JSON Lines"].split("\n")]
    assert [flash.headline for flash in document.flashes] == [row["headline"] for row in rows]


def test_links_are_counted_as_scripts_count() -> None:
    document = declutter.extract("<body><p>\U0001f30a\U0001f30a waves <a href='https://a.example/'>and \U0001f6a2</a>")

    (block,) = data(report(document), "p1")["blocks"]

    ((start, end, target),) = block["links"]
    assert "and \U0001f6a2" == block["text"].encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
    assert "https://a.example/" == target


def test_no_address_is_written_that_could_run_or_that_deceives() -> None:
    document = declutter.explain(HOSTILE.replace("HOST", "https://evil.example"))

    written = report(document)

    targets = [target for block in data(written, "p1")["blocks"] for _, _, target in block.get("links", ())]
    assert None in targets
    assert [] == [target for target in targets if target and not target.startswith("https://evil.example/")]
    assert "https://evil.example/%E2%80%AEgnp.exe" in targets


def test_nothing_of_a_page_is_markup_in_the_report() -> None:
    document = declutter.explain(HOSTILE)

    written = report(
        [Inspected(name="</script><script>alert(1)", document=document, original=outlined(HOSTILE, document))]
    )

    tree = html.document_fromstring(written)
    assert ["application/json", "application/json", "module"] == [script.get("type") for script in tree.iter("script")]
    assert 1 == len(list(tree.iter("style")))
    assert [] == [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    for script in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', written, re.DOTALL):
        assert not set("<\0\x01\x08") & set(script)


def test_the_policy_allows_the_reports_own_script_and_styles_by_their_digests_and_nothing_else() -> None:
    document = declutter.explain(HOSTILE)
    original = outlined(HOSTILE, document)
    assert original is not None

    tree = html.document_fromstring(report([Inspected(name="x", document=document, original=original)]))

    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = {name: values for name, *values in (rule.split() for rule in policy.split("; "))}
    (script,) = tree.xpath("//script[@type='module']")
    (style,) = tree.iter("style")

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert ["'none'"] == rules["default-src"]
    assert [digest(script.text)] == rules["script-src"]
    assert [digest(style.text), digest(original.style)] == rules["style-src"]
    assert ["data:"] == rules["img-src"]


def test_every_label_has_its_line_in_the_legend_and_its_colours() -> None:
    styles = [asset("report.css"), asset("original.css")]

    assert list(declutter.Label) == list(LABELS)
    for label in declutter.Label:
        for name, style in zip((f'[data-label="{label}"]', f'[data-declutter-label="{label}"]'), styles, strict=True):
            assert 2 <= style.count(name), (label, name)  # its colours, and its place in the filter


def test_the_same_documents_give_the_same_report() -> None:
    assert report(explained("en-kicker")) == report(explained("en-kicker"))


def test_rows_say_what_was_found_on_a_page_and_how_sure_that_is() -> None:
    document = explained("en-kicker")

    row = row_of(Inspected(name="page.html", document=document), "#p1")

    assert (document.title, document.confidence, 3) == (row.title, row.confidence, row.flashes)
    assert len(document.text) == row.essay
    assert sum(len(block.text) for block in document.blocks) == sum(row.shares)
    assert sum(1 for block in document.blocks if block.confidence < 0.8) == row.doubtful > 0


def test_a_page_that_could_not_be_read_is_a_row_that_leads_nowhere() -> None:
    written = report([explained("en-kicker"), Inspected(name="gone.html", error="gone.html: no such file")])

    first, second = data(written, "report")["rows"]
    assert ("#p1", None, "gone.html: no such file") == (first["href"], second.get("href"), second["error"])
    assert "data-p2" not in written


def test_a_report_of_no_page_is_an_empty_index() -> None:
    assert [] == data(report([]), "report")["rows"] == data(index([]), "report")["rows"]


def test_documents_of_extract_and_of_text_dumps_can_be_looked_at() -> None:
    without_evidence = data(report(declutter.extract(page("en-kicker"))), "p1")
    dump = data(report(explained("en-text-dump")), "p1")

    assert [] == without_evidence["names"]
    assert "line 1" == dump["blocks"][0]["place"]


@pytest.mark.parametrize("case", CASES)
def test_every_fixture_has_a_report(case: str) -> None:
    document = explained(case)

    made = data(report(document), "p1")

    assert len(document.blocks) == len(made["blocks"])
