"""`declutter extract`: what is written where, and what is said of what goes wrong."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

import declutter
from declutter import InputError, read
from declutter.fetcher.archive import Archive
from declutter.model import Page
from declutter.write.json import schema
from tests import promises
from tests.fetcher.servers import Site, redirect, reply

from .conftest import PAGE, Run

LOCAL = ("--allow-private", "--ignore-robots", "--delay", "0", "--retries", "0")


def test_one_page_gives_one_json_object_by_the_schema(run: Run, page: Path) -> None:
    result = run("extract", page)

    document = json.loads(result.stdout)
    assert (0, "", 1) == (result.exit_code, result.stderr, result.stdout.count("\n"))
    jsonschema.validate(document, schema())
    assert ("On Tides", "Ferry company to add two boats") == (document["title"], document["flashes"][0]["headline"])
    assert "Ferry" not in document["essay"]["text"]


def test_several_pages_give_json_lines_in_order_and_one_that_fails_does_not_stop_them(run: Run, page: Path) -> None:
    missing = page.with_name("missing.html")

    result = run("extract", page, missing, page)

    first, second, third = map(json.loads, result.stdout.splitlines())
    assert (1, first) == (result.exit_code, third)
    assert {"input": str(page), **json.loads(run("extract", page).stdout)} == first
    assert [["input", "schema"], ["input", "error"]] == [list(line)[:2] for line in (first, second)]
    for line in result.stdout.splitlines():
        promises.hold_row(line.encode())
    assert f"{missing}: No such file or directory\n" == result.stderr
    message = f"{missing}: No such file or directory"
    assert {"input": str(missing), "error": {"type": "FileNotFoundError", "message": message}} == second


def test_doubtful_pages_are_set_aside_by_a_line_in_their_place(run: Run, page: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.html"
    odd.write_text("<div class=x><p>Tides, and a word or two</p><a href=/>More of it</a></div>" * 3, encoding="utf-8")
    sure, doubtful = (declutter.extract(path.read_bytes()).confidence for path in (page, odd))
    assert doubtful < sure

    result = run("extract", odd, page, "--min-confidence", (sure + doubtful) / 2)

    first, second = map(json.loads, result.stdout.splitlines())
    assert 0 == result.exit_code
    assert {"input": str(odd), "doubtful": {"confidence": doubtful, "reason": first["doubtful"]["reason"]}} == first
    assert "On Tides" == second["title"]
    assert f"odd.html: {first['doubtful']['reason']}" in result.stderr
    assert str(page) == second["input"]
    promises.hold_row(result.stdout.splitlines()[0].encode())


def test_rows_of_extract_are_those_of_a_batch_byte_for_byte(run: Run, page: Path) -> None:
    inputs = (page, page.with_name("gone.html"))

    assert run("extract", *inputs).stdout == run("batch", *inputs, "--ordered", "--quiet").stdout


@pytest.mark.parametrize(
    ("form", "written"), [("json", True), ("md", False), ("text", False), ("flashes-jsonl", False)]
)
def test_one_doubtful_page_is_exit_code_3(run: Run, page: Path, form: str, written: bool) -> None:
    result = run("extract", page, "--min-confidence", "1", "--format", form)

    assert (3, written) == (result.exit_code, "doubtful" in result.stdout)
    assert re.search(r"page.html: doubtful: its confidence is 0\.\d\d, below 1\n", result.stderr)
    assert 0 == run("extract", page, "--min-confidence", "0", "--format", form).exit_code


def test_fields_leave_out_the_rest(run: Run, page: Path) -> None:
    result = run("extract", page, "--fields", "title, flashes")

    assert ["schema", "title", "flashes"] == list(json.loads(result.stdout))


@pytest.mark.parametrize(
    ("form", "opening"),
    [
        ("md", "Paragraph 0 of an essay"),
        ("text", "Paragraph 0 of an essay"),
        ("html", "<p>Paragraph 0 of an essay"),
        ("flashes-jsonl", '{"page_url":null,"page_title":"On Tides","headline":"Ferry company to add two boats"'),
        ("flashes-csv", "page_url,page_title,headline,text,published,source,url,confidence,input\n,On Tides,Ferry c"),
    ],
)
def test_other_formats(run: Run, page: Path, form: str, opening: str) -> None:
    result = run("extract", page, "--format", form)

    assert 0 == result.exit_code
    assert result.stdout.startswith(opening)


def test_flashes_of_several_pages_are_one_table(run: Run, page: Path) -> None:
    other = page.with_name("other.html")
    other.write_bytes(page.read_bytes())

    result = run("extract", page, other, "--format", "flashes-csv")

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(str(page), "2023-05-29T14:02:11"), (str(other), "2023-05-29T14:02:11")] == [
        (row["input"], row["published"]) for row in rows
    ]
    assert 2 * ["Ferry company to add two boats"] == [row["headline"] for row in rows]


def test_front_matter_says_what_an_essay_in_markdown_is(run: Run, page: Path) -> None:
    essay = run("extract", page, "--format", "md").stdout

    result = run("extract", page, "--format", "md", "--front-matter", "--url", "https://a.example/tides")

    assert f'---\ntitle: "On Tides"\nurl: "https://a.example/tides"\n---\n\n{essay}' == result.stdout


def test_several_essays_in_markdown_each_say_what_they_are_unless_that_is_not_wanted(run: Run, page: Path) -> None:
    essay = run("extract", page, "--format", "md").stdout
    head = f'---\ntitle: "On Tides"\ninput: {json.dumps(str(page))}\n---\n'

    assert f"{head}\n{essay}\n{head}\n{essay}" == run("extract", page, page, "--format", "md").stdout
    assert f"{essay}\n{essay}" == run("extract", page, page, "--format", "md", "--no-front-matter").stdout


def test_essays_of_several_pages_are_parted_by_an_empty_line(run: Run, page: Path) -> None:
    once = run("extract", page, "--format", "text").stdout

    assert f"{once}\n{once}" == run("extract", page, page, "--format", "text").stdout


def test_standard_input_is_a_page_too_and_url_makes_its_links_absolute(run: Run) -> None:
    result = run("extract", "-", "--url", "https://a.example/x/", stdin=PAGE)

    document = json.loads(result.stdout)
    assert "https://a.example/x/" == document["url"]
    assert "https://a.example/a" == document["blocks"][0]["spans"][1]["target"]


def test_standard_input_named_twice_is_read_once(run: Run) -> None:
    result = run("extract", "-", "-", stdin=PAGE)

    first, second = map(json.loads, result.stdout.splitlines())
    assert first["essay"]["text"]
    assert second["error"]["message"].endswith("name it once")
    assert result.exit_code == 1


def test_a_page_can_be_forced_to_be_text_and_an_encoding_to_be_right(run: Run) -> None:
    result = run("extract", "-", "--as", "text", "--encoding", "big5", stdin="<p>第一行\n第二行".encode("big5"))

    document = json.loads(result.stdout)
    assert ["<p>第一行", "第二行"] == [block["text"] for block in document["blocks"]]
    assert "big5" == document["encoding"]


def test_cue_words_from_a_file_count(run: Run, page: Path, tmp_path: Path) -> None:
    cues = tmp_path / "cues.json"
    cues.write_text(json.dumps({"related": {"lead": ["zorkle blip:"]}}))
    page.write_text(
        PAGE.replace("<p>BRIEF", "<p>Zorkle blip: <a href=/y>A headline that leads elsewhere</a></p><p>BRIEF")
    )

    result = run("extract", page, "--cues", cues, "--fields", "related")

    assert ["A headline that leads elsewhere"] == [teaser["title"] for teaser in json.loads(result.stdout)["related"]]


def test_an_address_is_fetched(run: Run, site: Site) -> None:
    site.routes["/"] = reply(PAGE)

    result = run("extract", site.url(), *LOCAL)

    assert (0, site.url()) == (result.exit_code, json.loads(result.stdout)["url"])


def test_an_empty_shell_is_named_as_one(run: Run, site: Site) -> None:
    site.routes["/"] = reply("<body><div id=root></div><script src=app.js></script>")

    result = run("extract", site.url(), *LOCAL)

    assert 3 == result.exit_code
    assert result.stderr.startswith(f"{site.url()}: an empty shell without JavaScript: ")


def test_a_web_archive_gives_what_its_addresses_gave(run: Run, site: Site, tmp_path: Path) -> None:
    site.routes |= {"/": reply(PAGE), "/b": reply(PAGE.replace("Tides", "Ebb")), "/c": redirect("/b")}
    addresses = [site.url(path) for path in ("/", "/b", "/c")]
    run("fetch", *addresses, *LOCAL, "--save", tmp_path / "kept")

    kept = run("extract", tmp_path / "kept" / "pages-00001.warc.gz")

    def documents(lines: str) -> list[object]:
        # Of the same moment: the pages were fetched twice.
        return sorted(re.sub(r'"as_of":"[^"]*"', "", line) for line in lines.splitlines())

    assert (0, "") == (kept.exit_code, kept.stderr)
    assert documents(run("extract", *addresses, *LOCAL).stdout) == documents(kept.stdout)


def test_one_page_of_an_archive_that_fails_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    addresses = [f"https://a.example/{number}" for number in range(3)]
    with Archive(tmp_path) as archive:
        for address, body in zip(addresses, (PAGE.encode(), b"%PDF-1.7", PAGE.encode()), strict=True):
            fetched = "2026-03-04T05:06:07Z"
            page = Page(url=address, final_url=address, status=200, headers={}, body=body, fetched_at=fetched)
            archive.save(page)

    result = run("extract", archive.path, tmp_path / "none.warc")

    said = [line.get("url") or line["error"]["type"] for line in map(json.loads, result.stdout.splitlines())]
    assert [*addresses, str(tmp_path / "none.warc")] == [
        json.loads(line)["input"] for line in result.stdout.splitlines()
    ]
    assert (1, [addresses[0], "NotAPageError", addresses[2], "FileNotFoundError"]) == (result.exit_code, said)
    assert f"{addresses[1]}: this is a PDF" in result.stderr


def test_several_addresses_are_one_crawl(run: Run, site: Site) -> None:
    site.routes |= {"/robots.txt": reply("User-agent: *\nDisallow: /no", kind="text/plain"), "/a": reply(PAGE)}

    result = run("extract", site.url("/a"), site.url("/no"), site.url("/a"), "--allow-private", "--delay", "0")

    assert ["/robots.txt", "/a", "/a"] == [exchange.path for exchange in site.requests]
    assert 1 == len({exchange.connection for exchange in site.requests})
    assert ["schema", "error", "schema"] == [list(json.loads(line))[1] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"%PDF-1.7 x", 1, "page.html: this is a PDF, not HTML or text"),
        (b"\x89PNG\r\n\x1a\n", 1, "page.html: this is a PNG image, not HTML or text"),
        (bytes(range(256)) * 9, 1, "page.html: this is binary data, not HTML or text"),
        (b"", 3, "page.html: the page is empty"),
        (b" \n", 3, "page.html: the page is empty"),
        (
            b"<html><body class=x><nav class=menu><a href=/>Home</a> <a href=/b>All</a></nav></body></html>",
            3,
            "page.html: no article on this page",
        ),
    ],
)
def test_a_page_that_cannot_be_an_article_gives_one_line_that_names_it(
    run: Run, page: Path, content: bytes, code: int, message: str
) -> None:
    page.write_bytes(content)

    result = run("extract", page)

    assert (code, 1) == (result.exit_code, result.stderr.count("\n"))
    assert result.stderr.endswith(f"{message}\n")
    assert (code == 3) == bool(result.stdout)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "<?xml version='1.0'?><rss><channel><title>Tides</title></channel></rss>",
            "this is a feed or sitemap (<rss>)",
        ),
        ('{"text": "On tides"}', "this is JSON, not HTML or text; to read it anyway, force a form (form=, --as)"),
    ],
)
def test_data_is_no_page_unless_it_is_said_to_be_one(run: Run, source: str, said: str) -> None:
    refused = run("extract", "-", stdin=source)
    taken = run("extract", "-", "--as", "text", "--fields", "blocks", stdin=source)

    assert (1, "") == (refused.exit_code, refused.stdout)
    assert refused.stderr.startswith(f"<stdin>: {said}")
    assert "ides" in json.loads(taken.stdout)["blocks"][0]["text"]


def test_an_input_whose_name_is_a_word_of_the_message_is_named_all_the_same(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").write_bytes(b"%PDF-1.4")

    assert "a: this is a PDF, not HTML or text\n" == run("extract", "a").stderr


def test_a_terminal_is_told_that_it_is_read_from() -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"A line of text\n\x04\x04")

    command = [sys.executable, "-m", "declutter", "extract", "-", "--format", "text"]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=True, timeout=60)

    assert "A line of text\n" == done.stdout
    assert "reading a page from the terminal; end it with Ctrl-D\n" == done.stderr
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize(
    ("command", "shown"),
    [("extract", "extracting page"), ("inspect", "inspecting page"), ("memory", "learning from page")],
)
def test_work_on_several_pages_is_counted_on_a_terminal(page: Path, tmp_path: Path, command: str, shown: str) -> None:
    ours, theirs = pty.openpty()
    target = tmp_path / "out"

    arguments = [sys.executable, "-m", "declutter", command, *[str(page)] * 3, "-o", target]
    subprocess.run(arguments, stderr=theirs, check=True, timeout=60, env={**os.environ, "TERM": "xterm"})

    assert shown in os.read(ours, 65536).decode()
    os.close(ours)
    os.close(theirs)


def test_a_compressed_page_is_read_through(run: Run, page: Path) -> None:
    packed = page.with_name("page.html.gz")
    packed.write_bytes(gzip.compress(page.read_bytes()))

    assert run("extract", page).stdout == run("extract", packed).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--limit", "bytes=10"), "more than 10 bytes, max_bytes is 10); .* (--limit bytes=N, or --truncate)"),
        (("--limit", "blocks=1"), "blocks, max_blocks is 1); .* (--limit blocks=N, or --truncate)"),
        (("--limit", "seconds=1e-9"), "seconds is 1e-09); .* (--limit seconds=N, or --truncate)"),
    ],
)
def test_a_page_over_a_limit_is_told_with_the_option_that_raises_it(
    run: Run, page: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run("extract", page, *arguments)

    assert (1, "") == (result.exit_code, result.stdout)
    assert re.search(re.escape(said).replace(r"\.\*", ".*") + "\n$", result.stderr)


def test_what_no_option_changes_is_told_without_one_and_what_one_changes_with_it(run: Run) -> None:
    private, metadata = (run("extract", f"http://{host}/") for host in ("127.0.0.1:9", "169.254.169.254"))

    assert private.stderr.endswith("; allow it with allow_private (--allow-private)\n")
    assert metadata.stderr.endswith("is a link-local or cloud-metadata address\n")


def test_a_frameset_names_its_frames(run: Run) -> None:
    result = run("extract", "-", stdin="<html><frameset><frame src=a.html><frame src=b.html><noframes>No!</frameset>")

    assert (3, []) == (result.exit_code, json.loads(result.stdout)["blocks"])
    assert "<stdin>: a frameset, whose text is in its frames: a.html, b.html\n" == result.stderr


@pytest.mark.parametrize("name", ["www.a.example", "a.example/story", "https:/a.example/story"])
def test_an_address_without_its_scheme_is_told_what_it_lacks(run: Run, name: str) -> None:
    result = run("extract", name)

    assert f"{name}: No such file or directory; a URL starts with https://\n" == result.stderr


def test_an_empty_name_is_told_what_it_is_not(run: Run) -> None:
    assert (1, "'': neither a path nor a URL\n") == ((result := run("extract", "")).exit_code, result.stderr)
    with pytest.raises(InputError, match="neither a path nor a URL"):
        read("")


def test_a_folder_gives_one_line_that_names_it(run: Run, tmp_path: Path) -> None:
    result = run("extract", tmp_path)

    said = f"{tmp_path}: Is a directory; name the files in it, or use `declutter batch`\n"
    assert (1, "", said) == (result.exit_code, result.stdout, result.stderr)


def test_a_pattern_that_the_shell_left_alone_is_told_who_reads_it(run: Run) -> None:
    said = "No such file or directory; of patterns, only `declutter batch` reads what the shell does not"

    assert f"gone/*.html: {said}\n" == run("extract", "gone/*.html").stderr


def test_a_list_of_files_is_no_page_and_is_told_how_they_are_given(run: Run) -> None:
    result = run("extract", "-", stdin="crawl/a.html\ncrawl/b.html\n")

    assert (1, "") == (result.exit_code, result.stdout)
    assert "a list of file names, not HTML or text; give the files as arguments, or their folder" in result.stderr


def test_a_list_of_urls_is_no_page_and_is_told_who_fetches_it(run: Run) -> None:
    result = run("extract", "-", stdin="https://a.example/1\nhttps://a.example/2\n")

    assert (1, "") == (result.exit_code, result.stdout)
    assert "this is a list of URLs" in result.stderr
    assert "`declutter batch` fetch" in result.stderr


def test_a_page_without_essay_up_to_a_limit_is_not_said_to_lack_javascript(run: Run, page: Path) -> None:
    page.write_text("<html><script src=a.js></script><div id=app></div><p>" + "On tides. " * 100, encoding="utf-8")

    result = run("extract", page, "--limit", "bytes=60", "--truncate")
    assert (3, f"{page}: no article in what is left of this page\n") == (result.exit_code, result.stderr)


@pytest.mark.parametrize(("other", "own"), [("markdown", "md"), ("Markdown", "md"), ("TXT", "text"), ("JSON", "json")])
def test_a_format_may_be_named_in_other_usual_ways(run: Run, page: Path, other: str, own: str) -> None:
    assert run("extract", page, "--format", own).stdout == run("extract", page, "--format", other).stdout != ""


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1:9/", "http://127.0.0.1:9/: "),
        ("ftp://a.example/", "ftp://a.example/: "),
        ("http://no-such-host.invalid/", "http://no-such-host.invalid/: "),
    ],
)
def test_an_address_that_cannot_be_had_gives_one_line_that_names_it(run: Run, address: str, reason: str) -> None:
    result = run("extract", address, *LOCAL)

    assert (1, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
    assert result.stderr.startswith(reason)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ((), "Missing argument 'PAGE...'"),
        (("x", "--fields", "titel"), "no such field: titel (did you mean title?)"),
        (("x", "--fields", "title", "--format", "md"), "--fields needs --format json"),
        (("x", "--format", "pdf"), "'pdf' is not one of 'json'"),
        (("x", "y", "--url", "https://a.example/"), "--url is the URL of one page"),
        (("x.warc.gz", "--url", "https://a.example/"), "--url is the URL of one page"),
        (("x", "--encoding", "big55"), "unknown encoding 'big55'; did you mean big5"),
        (("x", "--cues", "/no/such/file"), "does not exist"),
        (("x", "--url", "a.example/x"), "'a.example/x' is not an absolute URL (https://…)"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_says_what_is_right(run: Run, arguments: tuple[str, ...], hint: str) -> None:
    result = run("extract", *arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert hint in result.stderr


def test_a_file_that_is_no_set_of_cues_is_wrong_usage(run: Run, page: Path) -> None:
    result = run("extract", page, "--cues", page)

    assert 2 == result.exit_code
    assert f"{page}: is not JSON" in result.stderr


def test_an_output_file_is_there_as_a_whole(run: Run, page: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"

    result = run("extract", page, "-o", target)

    assert ("", run("extract", page).stdout) == (result.stdout, target.read_text(encoding="utf-8"))
    assert {"page.html", "out.json"} == {path.name for path in tmp_path.iterdir()}


def test_an_output_file_stays_as_it_was_when_the_page_cannot_be_had(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")

    result = run("extract", tmp_path / "missing", "-o", target)

    assert (1, "before") == (result.exit_code, target.read_text())
    assert ["out.json"] == [path.name for path in tmp_path.iterdir()]


def test_a_page_is_never_written_over_by_what_was_found_in_it(run: Run, page: Path) -> None:
    result = run("extract", page, "-o", page)

    assert (2, PAGE) == (result.exit_code, page.read_text(encoding="utf-8"))
    assert f"{page} is the page itself; choose another output file" in result.stderr


def test_the_output_of_an_earlier_run_is_no_page(run: Run, page: Path) -> None:
    target = page.with_name("all.html")
    target.write_text("before")

    result = run("extract", target, page, "--format", "html", "-o", target)

    assert (0, f"{target}: skipped, because it is the output file\n") == (result.exit_code, result.stderr)
    assert "Paragraph 0" in target.read_text(encoding="utf-8")


def test_an_output_that_cannot_be_written_is_one_line(run: Run, page: Path, tmp_path: Path) -> None:
    result = run("extract", page, "-o", tmp_path / "no" / "out.json")

    assert (1, 1) == (result.exit_code, result.stderr.count("\n"))
    assert "out.json: No such file or directory" in result.stderr


def test_an_output_that_is_no_file_is_written_to_and_stays(run: Run, page: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    run("extract", page, "--fields", "title", "-o", pipe)

    assert b'{"schema":"declutter/1","title":"On Tides"}\n' == os.read(reader, 1000)
    assert pipe.is_fifo()
    os.close(reader)


@pytest.mark.parametrize("command", ["extract --fields title", "inspect"])
def test_an_output_may_be_a_pipe_by_its_name_in_dev(page: Path, command: str) -> None:
    program = [sys.executable, "-m", "declutter", *command.split(), page]

    named = subprocess.run([*program, "-o", "/dev/stdout"], capture_output=True, text=True, check=False)

    assert (0, "") == (named.returncode, named.stderr)
    assert subprocess.run(program, capture_output=True, text=True, check=True).stdout == named.stdout


@pytest.mark.parametrize("form", ["json", "md", "text", "html", "flashes-jsonl", "flashes-csv"])
def test_no_escape_sequence_of_a_page_reaches_the_terminal(run: Run, page: Path, form: str) -> None:
    page.write_text(
        PAGE.replace("essay", "es\x1b[31ms\x9b2Jay").replace("Ferry", "\x1b]0;pwned\x07Ferry"), encoding="utf-8"
    )

    result = run("extract", page, "--format", form)

    assert result.stdout
    assert not set(result.stdout) & set(map(chr, [*range(9), *range(11, 32), *range(127, 160)]))


def test_no_escape_sequence_of_an_argument_reaches_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("extract", "no\x1b[31mfile").stderr


def test_a_closed_pipe_is_quiet(page: Path) -> None:
    command = f"{sys.executable} -m declutter extract {' '.join([str(page)] * 200)} | head -c 10"

    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)

    assert ('{"input":"', "") == (done.stdout, done.stderr)


def test_a_full_disk_is_one_line(page: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "declutter", "extract", page],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (1, "Error: stdout: No space left on device\n") == (done.returncode, done.stderr)


def test_an_interrupted_run_says_so_and_leaves_no_partial_file(page: Path, tmp_path: Path) -> None:
    waiting = tmp_path / "waiting"
    os.mkfifo(waiting)
    target = tmp_path / "out.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "declutter", "extract", page, waiting, "-o", target], stderr=subprocess.PIPE, text=True
    )
    writer = _writer_to(waiting, process)  # the run has come to its second page, and waits for us
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    os.close(writer)

    assert (130, "interrupted\n") == (process.returncode, stderr)
    assert {"page.html", "waiting"} == {path.name for path in tmp_path.iterdir()}


def _writer_to(pipe: Path, process: subprocess.Popen[str]) -> int:
    """Open a pipe for writing as soon as the process reads from it."""
    while process.poll() is None:
        with contextlib.suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.01)
    raise AssertionError(process.communicate()[1])


def test_the_day_a_page_was_saved_completes_its_dates(run: Run, page: Path) -> None:
    page.write_text(PAGE.replace("</h1>", "</h1><p>Published 12 March, 9:10</p>"), encoding="utf-8")

    assert json.loads(run("extract", page).stdout)["published"] is None
    assert json.loads(run("extract", page, "--as-of", "2024-03-20").stdout)["published"] == "2024-03-12"

    wrong = run("extract", page, "--as-of", "soon")
    assert (2, True) == (wrong.exit_code, "'soon' is not a date" in wrong.stderr)
