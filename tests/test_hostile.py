"""Pages that once broke something, found by fuzzing and by hand, and what is promised of every page."""

from __future__ import annotations

import json
import re
import sys
from html import unescape
from pathlib import Path

import nh3
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import declutter
from declutter.cli import main
from declutter.inspect import outlined
from declutter.parse import parse
from declutter.rulings import Tree
from declutter.segment import segment

from . import promises

FIXTURES = sorted(Path(__file__).parents[1].glob("fixtures/*/page.*"))

TEASER = (
    "<dl class=rel-item><dt><a href=/w/{n}.html>A week on the chain, part {n}, and ten things to know</a></dt>"
    "<dd><span class=rel-time>2023-05-{n}</span></dd></dl>"
)


@pytest.mark.parametrize(("count", "after"), [(2, ""), (5, ""), (5, "<p>x</p>")])
def test_a_page_that_begins_with_teasers_and_their_times_is_read(count: int, after: str) -> None:
    teasers = "".join(TEASER.format(n=n) for n in range(14, 14 + count))

    document = declutter.extract(f"<!doctype html>{teasers}{after}")

    promises.hold(document)
    # A page of nothing but many is a listing, whose headlines are its own.
    assert {declutter.Label.RELATED, declutter.Label.BODY} >= {block.label for block in document.blocks[: 2 * count]}


TWO_READINGS = """\
BRIEF | Ferry company adds two boats: The company said that it would hire forty people.
He has kept the shelves for forty years, and seventeen people found a paper of their own family in the cupboard.
Its head said so. 26 May 2023 18:12
Its head said so. 26 May 2023 18:12
The internet has broken this order and saved it: what only the street could find is now sold to the world's other end.
"""


def test_no_line_is_in_two_flashes_where_stamp_and_headline_both_tell_of_one() -> None:
    document = declutter.extract(TWO_READINGS, options=declutter.ExtractOptions(form="text"))

    promises.hold(document)
    assert document.flashes


HEAD = f"<!doctype html><title>Live blog: Tides</title>{'<p class=a>The sea comes and goes twice a day. ' * 12}"
LINE = "<p class=b>Those who live by the sea count their hours by what it leaves behind."
TIMES = "<p class=a>2023/5/28 9:47:25<p class=a>a line<p class=a>2023/5/28 9:47:25"
UPDATE = '{"datePublished":"2023-05-01T10:05Z","articleBody":"words of it"}'
FORMS = {
    "linked headings of one cue": lambda n: HEAD + "<div class=x>" + "<h2><a href=/>Related</a></h2>" * n,
    "nested headings of one cue": lambda n: HEAD + "<div class=x><h3>Related</h3>" * n,
    "runs of times": lambda n: (TIMES + LINE * 5) * (n // 4),
    "code and formulas in one text": lambda n: "<p>" + r"<code>a</code> \(x\) " * n,
    "a block below two thousand comments": lambda n: HEAD + "<div class=comment>" * (n * 4) + "<p>a word" * n,
    "texts below open markup": lambda n: HEAD + "<code>" * 900 + "<p>a word" * (2 * n),
    "references of a state, each to two": lambda n: (
        "<!doctype html><script>window.__APOLLO_STATE__={"
        + ",".join(f'"A:{k}":{{"content":[{{"__ref":"A:{k + 1}"}},{{"__ref":"A:{k + 1}"}}]}}' for k in range(n // 40))
        + f',"A:{n // 40}":{{"content":"some words of it"}}}}</script><p>x'
    ),
    "choices of a poll below many elements": lambda n: HEAD + "<div>" * (2 * n) + "<input type=radio>x<br>" * n,
    "datelines, a paragraph each": lambda n: "".join(
        f"<p>BERLIN, May 5 (Reuters) - It was said on day {k} that it was so and would stay so." for k in range(3 * n)
    ),
    "quotations below many elements": lambda n: HEAD + "<div>" * (2 * n) + "<q>x</q>" * n,
    "pictures of no source": lambda n: "<picture>" + "<source><img>" * n,
    "pictures in one link": lambda n: HEAD + "<a href=/x>" + "<img src=/a.png>" * n + "</a>" + LINE,
    "drawings of KaTeX": lambda n: (
        f"<p><span class=katex-mathml>{'<math><mi>x</mi></math>' * n}</span><span class=katex-html>{'<b>x</b>' * n}"
    ),
    "drawings of MathJax": lambda n: "<p>" + "<script type=math/tex class=MathJax>x</script>" * n,
    "entries stated and shown": lambda n: (
        f'{HEAD}<script type=application/ld+json>{{"@type":"LiveBlogPosting","liveBlogUpdate":['
        f"{','.join([UPDATE] * n)}]}}</script><div class=live-blog>"
        + "".join(f"<div><h3>10:{k % 60:02}</h3>{LINE * 2}</div>" for k in range(n))
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_twice_as_much_of_it_takes_twice_as_many_calls(form: str) -> None:
    def calls_for(size: int) -> int:
        calls = 0

        def count(_frame: object, event: str, _of: object) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        page = FORMS[form](size)
        declutter.explain(page)  # what is made once a process is made
        sys.setprofile(count)
        try:
            document = declutter.explain(page)
            document.to_json(), document.html, document.markdown
        finally:
            sys.setprofile(None)
        return calls

    assert 2.4 > calls_for(800) / calls_for(400)


RULES = {
    "sections that reach as far": '[[start]]\nphrase = "word"\nas = "related"\nuntil = "never"',
    "sections of the rest": '[[start]]\nphrase = "word"\nas = "flash"',
    "the same said inline": '[[label]]\nselect = "b"\nas = "promo"',
}


@pytest.mark.parametrize("said", RULES)
def test_rules_take_time_linear_in_the_page(said: str) -> None:
    rules = declutter.SiteRules.parse(f'hosts = ["*"]\n{RULES[said]}\n')
    counted = {}
    for size in (400, 800):
        outline = segment(parse("<html class=x><div><p>" + "<b>word</b><br>" * size), elements=(elements := []))
        tree = Tree(parse("<html class=x><div><p>" + "<b>word</b><br>" * size), elements)
        counted[size] = 0

        def count(_frame: object, event: str, _of: object, size: int = size) -> None:
            counted[size] += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            rulings = rules.rule(outline, tree, url="https://example.org/a")
        finally:
            sys.setprofile(None)
        assert size == len(rulings.labels) or said == "the same said inline"

    assert 2.4 > counted[800] / counted[400]


@pytest.mark.parametrize("text", ["&lt;&amp;" * 30_000, "x\n" * 30_000])
@pytest.mark.parametrize("form", ["<p>{}", "<pre>{}", "<p>words <b>{}</b>", "<h2>{}</h2><p>words", "<p>\\({}\\)"])
def test_what_is_sanitised_holds_no_long_text_in_one_piece_and_loses_none(
    form: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"<!doctype html>{form.format(text)}"
    document = declutter.extract(page)
    given = []
    clean = nh3.clean
    monkeypatch.setattr(nh3, "clean", lambda markup, **named: given.append(markup) or clean(markup, **named))

    written = document.html

    assert all(len(unescape(piece)) <= 4000 for piece in re.split("<[^>]*>", given[0]))
    shown = "".join(re.sub("<[^>]*>", "", written).split())
    assert "".join(document.text.split()) in unescape(shown)


@pytest.mark.parametrize(
    "form", ["<p>{}", "<p>a <b>b</b> {}", "<pre>{}", "<p>a<!-- b -->{}", "<p class='{}'>words", "{}"]
)
def test_what_is_sanitised_of_a_rendered_page_holds_no_long_text_either(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"<!doctype html><body>{form.format('a &amp; &lt; b ' * 4000)}<p>The end."
    document = declutter.extract(page)
    given = []
    clean = nh3.clean
    monkeypatch.setattr(nh3, "clean", lambda markup, **named: given.append(markup) or clean(markup, **named))

    made = outlined(page, document)

    assert made is not None
    assert all(len(unescape(piece)) <= 4000 for piece in re.split("<[^>]*>", given[0]))
    assert all(len(tag) < 5000 for tag in re.findall("<[^>]*>", given[0]))
    shown = unescape(re.sub("<[^>]*>", "", made.html.partition("<body>")[2]))
    assert "".join("".join(block.text.split()) for block in document.blocks) == "".join(shown.split())


def test_an_address_that_no_server_takes_is_no_link() -> None:
    page = f"<!doctype html><p>{'Words of an essay, and more of them. ' * 9}<a href='/{'a&amp;' * 40_000}'>link</a>"

    document = declutter.extract(page, url="https://example.org/")

    assert "link" in document.text
    assert "href" not in document.html
    assert "](" not in document.markdown


PIECES = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Tides | Harbour</title></head><body class=post>",
    "<nav class=menu><a href=/>Home</a><a href=/all>All</a></nav>",
    "<h1 id=t>On Tides</h1><p class=byline>By Mary Miller, 5 May 2023</p>",
    "<p>The sea comes and goes twice a day, and those who live by it count their hours by what it leaves behind.</p>",
    "<p>BRIEF | Ferry company to add two boats: The company said it would hire forty. [2023/5/29 14:02:11]</p>",
    "<p>快訊：渡輪公司宣布將增購兩艘船，並聘用四十人。5月29日消息</p>",
    "<ul class=related><li><a href=/a>Read also: Harbours of the north</a><li><a href=/b>What the moon does</a></ul>",
    "<table><tr><th colspan=2>Height<td>3 m<tr><td rowspan=9>x<td>y</table><pre><code>a = 1\n</code></pre>",
    "<blockquote><p>Words<blockquote>within one</blockquote></blockquote><figure><img src=/a.png alt=a></figure>",
    '<script type=application/ld+json>{"@type":"NewsArticle","headline":"On Tides","author":[{"name":"M"}]}</script>',
    "<div class=comment-list><p>Ann: Good!</p><form><textarea>x</textarea><button>Send</button></form></div>",
    "<div class='tags tag-cloud'>Tags: <a href=/t/sea>sea</a>, <a href=/t/moon>moon</a></div><footer>© 2023</footer>",
)
SHARDS = (
    *("<", ">", "</", '"', "'", "&", "&#0;", "&#xd800;", "&#x1b;", "\0", "\x1b]0;x\x07", "\u202e", "\u2028", "\ufeff"),
    *(
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<script>",
        "</script>",
        "<textarea>",
        "<title>",
        "<svg>",
        "<math>",
        "<plaintext>",
    ),
    *(
        "javascript:alert(1)",
        "<a href='javascript:alert(1)'>x</a>",
        "<img src=x onerror=alert(1)>",
        "<base href=//e.vil>",
    ),
    *(
        "</html>",
        "</body>",
        "<table>",
        "<td colspan=1000000000000000>",
        "<b>" * 50,
        "<div>" * 600,
        "{" * 300,
        "=cmd|' /C x'!A0",
    ),
    *("[2023/5/28 9:47:25]", "Read more:", "| ", "【", "$$", "\\(", "`" * 40, "\xff", "中" * 30, "1:" * 40),
)


@st.composite
def damaged_pages(draw: st.DrawFn) -> bytes:
    """A portal's page out of its pieces, cut, doubled, turned round and strewn with shards."""
    parts = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
    page = draw(st.sampled_from(("", PIECES[0]))) + "".join(parts)
    for _ in range(draw(st.integers(0, 6))):
        at, past = sorted((draw(st.integers(0, len(page))), draw(st.integers(0, len(page)))))
        match draw(st.sampled_from("cut double shard shard turn".split())):
            case "cut":
                page = page[:at] + page[past:]
            case "double":
                page = page[:past] + page[at:past] + page[past:]
            case "turn":
                page = page[:at] + page[at:past][::-1] + page[past:]
            case _:
                page = page[:at] + draw(st.sampled_from(SHARDS)) + page[at:]
    written = page.encode(draw(st.sampled_from(("utf-8", "utf-8", "gb18030", "utf-16"))), "replace")
    return written[: draw(st.integers(0, len(written)))] if draw(st.booleans()) else written


@given(damaged_pages(), st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_promised_holds_of_damaged_portal_pages(page: bytes, repair: bool) -> None:
    try:
        document = declutter.extract(page, url="https://example.org/a", options=declutter.ExtractOptions(repair=repair))
    except declutter.DeclutterError:
        return

    promises.hold(document)
    assert document == declutter.extract(
        page, url="https://example.org/a", options=declutter.ExtractOptions(repair=repair)
    )


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_the_essay_is_kept_when_its_html_is_read_again(path: Path) -> None:
    first = declutter.extract(path.read_bytes())
    gold = json.loads(path.with_name("expected.json").read_bytes())["blocks"]
    briefs = {line for block in gold if block["label"] == "flash" for line in block["text"].split("\n")}

    again = declutter.extract(first.html)

    # Of some, a byline or a heading of the essay is told apart, standing alone: not a tenth of any. A brief that was
    # overlooked may be found without the page around it.
    kept = set(again.text.split("\n"))
    lines = [line for line in first.text.split("\n") if line not in briefs]
    assert sum(len(line) for line in lines if line in kept) >= 0.9 * sum(map(len, lines))
    assert set() == {block.text for block in again.blocks if block.label == "flash"} - briefs


@pytest.mark.parametrize(
    "essay",
    [
        "<p>The sea comes and goes twice a day.",
        "<pre>x = 1\ny = 2",
        "<p>1 &lt; 2, and <b>so</b> on",
        "<h2>A heading</h2>",
    ],
)
def test_an_essay_of_one_paragraph_is_kept_when_its_html_is_read_again(essay: str) -> None:
    first = declutter.extract(f"<!doctype html><body>{essay}")

    assert first.text
    assert first.text == declutter.extract(first.html).text == declutter.extract(first.html.encode()).text


def test_most_essays_are_kept_to_the_letter_when_their_html_is_read_again() -> None:
    documents = [declutter.extract(path.read_bytes()) for path in FIXTURES]

    exact = [document.text == declutter.extract(document.html).text for document in documents]

    assert sum(exact) >= 0.85 * len(exact)


@pytest.mark.parametrize("command", ["extract", "explain", "inspect", "rules new", "extract --format md", "schema"])
def test_no_command_lets_a_terminal_obey_a_page(command: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><title>\x1b]0;owned\x07 T</title><body><h1 class='a\x1b[2J'>\x1b[31mRed</h1>"
        + "<p id='\x9b31m'>The sea comes and \x1b[2J\x9b goes \x08\x08 twice a day, and &#x1b;[31m more.</p>" * 8,
        encoding="utf-8",
    )
    name, *more = command.split()
    arguments = [name, *more, *([] if name == "schema" else [str(page)])]
    arguments += (
        ["--block", "1-8=flash", "--url", "https://example.org/a", "-o", str(tmp_path / "rules")]
        if name == "rules"
        else []
    )
    arguments += ["-o", str(tmp_path / "report.html")] if name == "inspect" else []

    result = CliRunner().invoke(main, arguments, prog_name="declutter")

    assert not promises.CONTROLS.search(result.output)
    assert result.exit_code in {0, 3}


@pytest.mark.parametrize(
    ("option", "name", "content"),
    [
        ("--rules", "a.toml", 'hosts = ["*"]\n[[label]]\nselect = "\\u001b[2J"\nas = "flash"\n'),
        ("--cues", "a\x1b[2J.json", '{"related": {"labels": []}}'),
        ("--memory", "a\x1b[2J\x9b.memory", "no memory"),
    ],
)
def test_no_file_from_a_stranger_lets_a_terminal_obey_the_message_that_refuses_it(
    option: str, name: str, content: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text("<p>x", encoding="utf-8")
    given = tmp_path if option == "--rules" else file

    result = CliRunner().invoke(main, ["extract", str(page), option, str(given)], prog_name="declutter")

    assert (2, None) == (result.exit_code, promises.CONTROLS.search(result.output))
