"""The one door: what `import declutter` offers, and what its values promise."""

from __future__ import annotations

import ast
import inspect
import json
import os
import pickle
import pydoc
import subprocess
import sys
import tracemalloc
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from lxml import etree
from msgspec.structs import replace

import declutter
from declutter import source as opened
from declutter.batch.rows import Row
from declutter.parse import parse

from .cases import CASES, FIXTURES, document, page

ERRORS = sorted(
    name
    for name in declutter.__all__
    if inspect.isclass(getattr(declutter, name)) and issubclass(getattr(declutter, name), Exception)
)
VALUES = sorted(
    name
    for name in declutter.__all__
    if inspect.isclass(getattr(declutter, name)) and issubclass(getattr(declutter, name), msgspec.Struct)
)


def test_the_door_is_sorted_and_every_name_on_it_opens() -> None:
    constants = sorted(name for name in declutter.__all__ if name.isupper())
    classes = sorted(name for name in declutter.__all__ if name[0].isupper() and not name.isupper())
    functions = sorted(name for name in declutter.__all__ if name.islower())

    assert constants + classes + functions == declutter.__all__
    assert all(getattr(declutter, name) is not None for name in declutter.__all__)
    assert sorted(declutter.__all__) == dir(declutter)


def test_the_names_that_type_checkers_see_are_the_names_on_the_door() -> None:
    tree = ast.parse(Path(declutter.__file__).read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))

    imported = [alias.name for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted([*declutter.__all__, "inspect"]) == sorted(imported)


def test_the_version_is_that_of_the_package() -> None:
    assert metadata.version("declutter") == declutter.__version__


def test_a_document_comes_back_from_its_json_and_from_a_line_of_json_lines() -> None:
    made = declutter.extract(page(CASES[0]), url="https://example.org/a")
    line = Row(input="a.html", json=made.to_json().encode()).to_json()

    assert made == declutter.Document.from_json(made.to_json()) == declutter.Document.from_json(line)


def test_the_schema_on_the_door_is_that_of_what_to_json_writes() -> None:
    made = declutter.extract(page(CASES[0]))

    jsonschema.validate(json.loads(made.to_json()), declutter.schema())
    assert "declutter/1" == declutter.schema()["title"]


def test_a_document_has_an_attribute_for_every_key_of_its_json_but_the_schemas_and_the_essays() -> None:
    made = declutter.extract(page(CASES[0]), url="https://example.org/a")

    keys = json.loads(made.to_json()).keys() - {"schema", "essay"}
    assert keys <= set(dir(made))
    for name in declutter.Metadata.__struct_fields__:
        assert getattr(made, name) == getattr(made.metadata, name)


def test_a_name_that_is_not_on_the_door_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        getattr(declutter, "extrakt")  # noqa: B009 - type checkers know better


@pytest.mark.parametrize(
    "work",
    ["import declutter", "import declutter; declutter.extract(b'<p>x'); declutter.FetchOptions(); declutter.fetch"],
)
def test_neither_importing_nor_extracting_loads_what_only_others_need(work: str) -> None:
    others = ("httpx", "bs4", "rich", "click", "declutter.saved.mhtml", "declutter.saved.webarchive")
    script = f"import sys; {work}; print([name for name in {others} if name in sys.modules])"

    assert "[]\n" == subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", VALUES)
def test_values_are_frozen(name: str) -> None:
    assert getattr(declutter, name).__struct_config__.frozen


@pytest.mark.parametrize("name", VALUES)
def test_every_field_of_a_value_is_explained(name: str) -> None:
    value = getattr(declutter, name)
    own = [field for field in value.__struct_fields__ if field != "metadata"]

    # Document says of the fields it shares that they are explained at Metadata.
    assert [] == [field for field in own if field not in value.__doc__]


def test_no_mapping_of_a_value_can_be_changed() -> None:
    headers = {"accept": "text/html"}
    fetched = declutter.Page(
        url="https://a.example/", final_url="https://a.example/", status=200, headers=headers, body=b"", fetched_at=""
    )
    mappings = (fetched.headers, declutter.FetchOptions(headers=headers).headers, document(CASES[0]).sources)

    assert headers == pickle.loads(pickle.dumps(fetched)).headers
    for mapping in (*mappings, declutter.DEFAULT_FETCH.headers):
        with pytest.raises(TypeError, match="immutable"):
            mapping["accept"] = "text/plain"  # type: ignore[index]


def test_a_document_cannot_be_changed() -> None:
    made = document(CASES[0])

    with pytest.raises(AttributeError):
        made.url = "x"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        made.blocks[0].label = declutter.Label.FLASH  # type: ignore[misc]


@pytest.mark.parametrize("case", CASES[:3])
def test_a_document_can_be_pickled(case: str) -> None:
    assert document(case) == pickle.loads(pickle.dumps(document(case)))


@pytest.mark.parametrize("name", ERRORS)
def test_errors_name_what_failed_and_can_be_pickled(name: str) -> None:
    error = getattr(declutter, name)("what happened", subject="page.html")

    copy = pickle.loads(pickle.dumps(error))

    assert "page.html: what happened" == str(error) == str(copy)
    assert (type(error), "page.html") == (type(copy), copy.subject)
    assert isinstance(error, declutter.DeclutterError)


def test_extract_takes_bytes_text_a_soup_and_an_element_and_leaves_them_as_they_are() -> None:
    import bs4
    import lxml.html

    source = page("en-kicker")
    text = source.decode()
    soup = bs4.BeautifulSoup(text, "lxml")
    element = lxml.html.document_fromstring(text)
    before = str(soup), lxml.html.tostring(element)

    forms = (source, text, soup, soup.find("html"), element, element.getroottree())
    essays = {declutter.extract(form).text for form in forms}

    assert 1 == len(essays)
    assert before == (str(soup), lxml.html.tostring(element))


def test_a_document_gives_what_the_contract_names() -> None:
    made = declutter.extract(page("en-kicker"), url="https://a.example/x")

    texts = (made.title, made.published, made.site, made.language, made.url, made.text, made.markdown, made.html)
    assert all(isinstance(text, str) and text for text in (*texts, made.to_json()))
    assert (None, None, None) == (made.modified, made.section, made.origin)
    tuples = (made.authors, made.tags, made.flashes, made.related, made.blocks)
    assert all(isinstance(values, tuple) and values for values in tuples)
    bodies = [block.text for block in made.blocks if block.label == "body" and block.kind != "image"]
    assert made.text == "\n".join(bodies)
    assert made.title not in made.text


def test_the_document_as_json_has_the_keys_of_the_contract_in_order() -> None:
    record = json.loads(declutter.extract(page("en-kicker")).to_json())

    keys = "schema url title authors published modified site section language origin essay flashes related tags blocks"
    assert keys.split() == [key for key in record if key in keys.split()]
    assert {"text", "markdown"} == set(record["essay"])
    assert {"headline", "text", "published", "source", "url", "blocks", "confidence"} == set(record["flashes"][0])
    assert {"title", "snippet", "url", "published", "blocks"} == set(record["related"][0])
    assert {"index", "text", "label", "kind", "confidence"} <= set(record["blocks"][0])


def test_explain_gives_the_same_document_with_a_name_and_a_weight_for_each_reason() -> None:
    plain, explained = declutter.extract(page("en-kicker")), declutter.explain(page("en-kicker"))

    assert plain == replace(
        explained, blocks=tuple(replace(block, evidence=(), runner_up=None) for block in explained.blocks)
    )
    (flash, *_) = [block for block in explained.blocks if block.label is declutter.Label.FLASH]
    assert all(isinstance(reason.name, str) and isinstance(reason.weight, float) for reason in flash.evidence)


@pytest.mark.parametrize(
    ("value", "name", "wrong"),
    [
        (declutter.ExtractOptions, "form", "pdf"),
        (declutter.Limits, "max_bytes", 0),
        (declutter.Limits, "max_blocks", -1),
        (declutter.Limits, "over", "ignore"),
        (declutter.Limits, "seconds", -1),
        (declutter.Limits, "seconds", float("nan")),
    ],
)
def test_options_that_mean_nothing_are_refused_by_name(value: Any, name: str, wrong: object) -> None:
    with pytest.raises(ValueError, match=f"{name} must be .*, not {wrong!r}"):
        value(**{name: wrong})


@pytest.mark.parametrize("value", [declutter.Limits, declutter.FetchOptions, declutter.BatchOptions])
def test_a_bound_that_is_no_number_is_refused_by_name(value: Any) -> None:
    name = {"Limits": "seconds", "FetchOptions": "timeout", "BatchOptions": "jobs"}[value.__name__]

    with pytest.raises(TypeError, match=f"{name} must be a number, not '5'"):
        value(**{name: "5"})


def test_the_json_may_be_asked_for_with_some_keys_only() -> None:
    made = declutter.extract(page("en-kicker"))

    assert {"schema", "title", "flashes"} == json.loads(made.to_json(fields=["title", "flashes"])).keys()
    with pytest.raises(declutter.FieldError, match=r"no such field: titel \(did you mean title\?\)"):
        made.to_json(fields=["titel"])
    with pytest.raises(TypeError, match=r"such as \('title',\)"):
        made.to_json(fields="title")


def test_options_show_in_a_console_what_differs_from_the_defaults() -> None:
    limits = declutter.Limits(seconds=5)

    assert "ExtractOptions(limits=Limits(seconds=5), repair=True)" == repr(
        declutter.ExtractOptions(limits=limits, repair=True)
    )
    assert "FetchOptions(timeout=5)" == repr(declutter.FetchOptions(timeout=5))
    assert "BatchOptions()" == repr(declutter.DEFAULT_BATCH)


def test_documents_pages_and_rows_are_one_line_in_a_console() -> None:
    fetched = declutter.Page(
        url="https://a.example/", final_url="https://a.example/x", status=200, headers={}, body=page("en-kicker"),
        fetched_at="2024-01-01T00:00:00Z",
    )  # fmt: skip
    made = declutter.extract(fetched)

    counts = f"{len(made.text):,} characters, 3 flashes, {len(made.blocks)} blocks"
    assert f"<Document {made.title!r}: {counts}>" == repr(made)
    assert "<Page 'https://a.example/x': status 200, 14,822 bytes, 2024-01-01T00:00:00Z>" == repr(fetched)
    assert "<Row 'a': 2 bytes of JSON>" == repr(Row(input="a", json=b"{}"))


def test_reports_need_no_import_of_their_own() -> None:
    script = "import declutter; print(declutter.inspect.report(declutter.extract('<p>On tides.'))[:15])"

    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("<!doctype html>")


@pytest.mark.parametrize("name", ["page.html", "../pages/a.HTM", "/srv/dump.txt.gz", "C:\\pages\\a.xhtml"])
def test_the_name_of_a_file_is_not_taken_for_a_page(name: str) -> None:
    with pytest.raises(declutter.NotAPageError, match=r"the name of a file, not a page; read\(\) opens files"):
        declutter.extract(name)
    assert declutter.extract(f"See {name}").blocks
    assert declutter.extract(name, options=declutter.ExtractOptions(form="text")).blocks


@pytest.mark.parametrize("source", ["https://a.example/story", b"https://a.example/story\n"])
def test_a_url_is_not_taken_for_a_page(source: str | bytes) -> None:
    with pytest.raises(declutter.NotAPageError, match=r"this is a URL, not HTML or text; read\(\)"):
        declutter.extract(source)


@pytest.mark.parametrize("form", [bytes, str])
def test_feeds_and_json_are_not_pages_unless_the_form_is_forced(form: type) -> None:
    feed = "<?xml version='1.0'?><rss><channel><title>Tides</title></channel></rss>"
    source = feed.encode() if form is bytes else feed

    with pytest.raises(declutter.NotAPageError, match="feed.xml: this is a feed"):
        declutter.extract(source, url="feed.xml")
    assert declutter.extract(source, options=declutter.ExtractOptions(form="text")).blocks


@pytest.mark.parametrize(("encoding", "most"), [("utf-8", 0.1), ("gbk", 1.1)])
def test_while_the_tree_is_built_no_copy_of_the_page_is_held_that_it_is_not_built_from(
    encoding: str, most: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"<!doctype html><meta charset={encoding}><p>{'Die Kähne lagen schon am Ufer. ' * 20_000}</p>"
    data = page.replace("ä", "汉").encode(encoding)
    held = []

    def parse_watched(markup: bytes, *rest: Any) -> object:
        held.append(tracemalloc.get_traced_memory()[0])
        return parse(markup, *rest)

    monkeypatch.setattr(opened, "parse", parse_watched)
    tracemalloc.start()
    try:
        declutter.extract(data)
    finally:
        tracemalloc.stop()

    assert held[0] < most * len(page.encode())


def test_a_page_brings_its_own_address_header_and_time() -> None:
    fetched = declutter.Page(
        url="https://a.example/", final_url="https://b.example/x/", status=200,
        headers={"content-type": "text/html; charset=gbk"}, body="<body><p>首先<a href=y>链接</a></p>".encode("gbk"),
        fetched_at="2024-01-01T00:00:00Z",
    )  # fmt: skip

    made = declutter.extract(fetched)

    assert ("https://b.example/x/", "gbk") == (made.url, made.encoding)
    assert "https://b.example/x/y" == made.blocks[0].links[0].target


def test_other_sources_are_a_type_error_that_names_those_it_takes() -> None:
    with pytest.raises(TypeError, match=r"takes bytes, str, Page.*not int"):
        declutter.extract(7)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limits", "kept"),
    [
        (declutter.Limits(max_bytes=12, over="truncate"), ["one"]),
        (declutter.Limits(max_elements=3, over="truncate"), ["one", "two"]),
        (declutter.Limits(max_blocks=2, over="truncate"), ["one", "two"]),
        (declutter.Limits(max_text=3, over="truncate"), ["one", "two", "thr"]),
    ],
)
def test_a_page_cut_by_a_limit_says_so(limits: declutter.Limits, kept: list[str]) -> None:
    source = "<p>one</p><p>two</p><p>three</p>"

    cut = declutter.extract(source, options=declutter.ExtractOptions(limits=limits, form="html"))
    whole = declutter.extract(source, options=declutter.ExtractOptions(form="html"))

    assert (True, kept) == (cut.truncated, [block.text for block in cut.blocks])
    assert not whole.truncated


@pytest.mark.parametrize("bound", ["max_bytes", "max_elements", "max_blocks", "max_text"])
def test_a_page_over_a_limit_is_refused_by_the_name_of_the_limit(bound: str) -> None:
    options = declutter.ExtractOptions(limits=declutter.Limits(**{bound: 2}), form="html")

    with pytest.raises(declutter.LimitError, match=f"page.html.*{bound} is 2"):
        declutter.extract("<p>one</p><p>two</p><p>three</p>", url="page.html", options=options)


def test_a_page_gives_the_same_document_in_every_process_whatever_came_before_it() -> None:
    script = (
        "import sys, hashlib, pathlib, declutter\n"
        "for path in map(str.strip, sys.stdin):\n"
        "    document = declutter.explain(pathlib.Path(path).read_bytes())\n"
        "    blocks = ascii([block.evidence for block in document.blocks])\n"
        "    print(path, hashlib.sha256((document.to_json() + blocks).encode()).hexdigest())"
    )
    paths = sorted(str(path) for path in FIXTURES.glob("*/page.*"))

    def digests(order: list[str], seed: str) -> list[str]:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", script]
        run = subprocess.run(
            command, input="\n".join(order), env=environment, capture_output=True, text=True, check=True
        )
        return sorted(run.stdout.splitlines())

    once = digests(paths, "1")
    assert len(paths) == len(once)
    assert once == digests(paths[::-1], "2")


@pytest.mark.parametrize("name", declutter.__all__)
def test_each_public_name_can_be_looked_up_in_help(name: str) -> None:
    assert pydoc.render_doc(getattr(declutter, name))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"as_of": "yesterday"}, "as_of must be a date or time"),
        ({"as_of": date(2024, 3, 5)}, "as_of must be an ISO 8601 str"),
        ({"limits": 5}, "limits must be a Limits"),
        ({"rules": "rules/"}, "rules must be a SiteRules"),
        ({"cues": {"related": {}}}, "cues must be a tuple of mappings"),
        ({"repair": "no"}, "repair must be True or False"),
    ],
)
def test_options_of_a_wrong_kind_are_named(given: dict[str, Any], said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=said):
        declutter.ExtractOptions(**given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"options": {}}, "options must be an ExtractOptions"),
        ({"url": 5}, "url must be a str"),
        ({"memory": "site.memory"}, "memory must be a SiteMemory"),
        ({"source": Path("page.html")}, r"not PosixPath; for a path use read\(\)"),
    ],
)
def test_arguments_of_a_wrong_kind_are_named(given: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        declutter.extract(**{"source": "<p>x", **given})


@pytest.mark.parametrize("source", ["<p>a page", "first line\nsecond line", b"<p>a page"])
def test_a_page_given_for_its_path_is_told_where_it_belongs(source: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"for the page itself use extract\(\)"):
        declutter.read(source)


def test_a_tree_without_a_root_is_an_empty_page() -> None:
    assert () == declutter.extract(etree.ElementTree()).blocks


def test_where_the_fields_were_found_stays_as_it_is_and_has_a_hash() -> None:
    document = declutter.extract("<title>Rivers rise</title><h1>Rivers rise</h1><p>It rained for a week.")

    with pytest.raises(TypeError, match="is immutable"):
        document.metadata.sources["title"] = None  # type: ignore[index]
    again = pickle.loads(pickle.dumps(document))
    assert document == again
    assert hash(document) == hash(again)


def test_cue_words_of_the_caller_count() -> None:
    essay = "<p>A paragraph of the essay that goes on for a while, so that it is plainly the body of it.</p>" * 3
    source = f"<article>{essay}<p>Zorkle blip: <a href=/x>A headline that leads elsewhere on this site</a></p>{essay}"
    cues = ({"related": {"lead": ["zorkle blip:"]}},)

    labels = {
        block.label
        for block in declutter.extract(source, options=declutter.ExtractOptions(cues=cues)).blocks
        if block.text.startswith("Zorkle")
    }

    assert {declutter.Label.RELATED} == labels


def test_cue_words_of_the_caller_count_for_metadata_tags_and_teasers() -> None:
    essay = "<p>A paragraph of the essay that goes on for a while, so that it is plainly the body of it.</p>" * 3
    source = (
        f"<article><h1>The ferry that never sailed</h1><div>zorpel da: Mira Tannenbaum</div>"
        f"<div>blip 3 frimaro 2024</div>"
        f"{essay}</article><div>vortoj: ferries, harbours</div>"
        f"<div>legu plu</div><ul><li><a href=/x>A headline that leads elsewhere on this site</a></ul>"
    )
    months = [["a"], ["b"], ["frimaro"], *([letter] for letter in "defghijkl")]
    cues = {
        "author": {"lead": ["zorpel da:"]}, "published": {"lead": ["blip"]}, "months": months,
        "tags": {"lead": ["vortoj:"]}, "related": {"label": ["legu plu"]},
    }  # fmt: skip

    with_cues = declutter.extract(source, options=declutter.ExtractOptions(cues=(cues,)))
    without = declutter.extract(source)

    assert (("Mira Tannenbaum",), "2024-03-03", ("ferries", "harbours")) == (
        with_cues.authors, with_cues.published, with_cues.tags
    )  # fmt: skip
    assert ["/x"] == [teaser.url for teaser in with_cues.related]
    assert ((), None) == (without.authors, without.published)


def test_malformed_cue_words_are_a_rules_error() -> None:
    options = declutter.ExtractOptions(cues=({"related": {"lead": "not a list"}},))

    with pytest.raises(declutter.RulesError, match="not a set of cues"):
        declutter.extract("<p>x</p>", options=options)
