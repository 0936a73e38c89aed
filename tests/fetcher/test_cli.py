"""`declutter fetch`: records on stdout, messages on stderr, exit codes."""

from __future__ import annotations

import base64
import gzip
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from declutter.cli import main
from declutter.cli.fetch_options import fetch_options
from declutter.fetcher import DEFAULT_FETCH, FetchOptions
from declutter.fetcher.archive import read_pages

from .servers import Exchange, Site, reply

LOCAL = ("--allow-private", "--ignore-robots", "--delay", "0", "--retries", "0")


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["fetch", *LOCAL, *arguments], input=text)


def records(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_address_gives_one_record_with_the_bytes(site: Site) -> None:
    site.routes["/"] = reply("<p>Grüße")

    result = run(site.url())

    (record,) = records(result)
    assert (0, "", 200) == (result.exit_code, result.stderr, record["status"])
    assert "<p>Grüße" == base64.b64decode(record["body"]).decode()
    assert (site.url(), site.url()) == (record["url"], record["final_url"])


def test_a_failed_address_has_a_record_that_says_why_and_whether_to_try_again(site: Site) -> None:
    site.routes["/busy"] = reply(status=503, retry_after="999")
    site.routes["/a"] = reply("<p>hello")

    result = run(site.url("/busy"), site.url("/a"), site.url("/gone"), "--max-retry-after", "0")

    errors = {record["url"]: record["error"] for record in records(result) if "error" in record}
    assert (1, 3) == (result.exit_code, len(records(result)))
    assert ("BusyError", True, 503, 999.0) == tuple(
        errors[site.url("/busy")][key] for key in ("type", "passing", "status", "retry_after")
    )
    assert ("StatusError", False, 404) == tuple(errors[site.url("/gone")][key] for key in ("type", "passing", "status"))
    assert {f"{site.url('/gone')}: the server answered 404 Other; retrying will not help"} < set(
        result.stderr.splitlines()
    )


def test_addresses_come_from_files_stdin_feeds_and_sitemaps_each_once(site: Site, tmp_path: Path) -> None:
    site.routes |= {f"/{number}": reply("<p>hello") for number in range(5)}
    listed = tmp_path / "urls.txt"
    listed.write_text(f"# mine\n{site.url('/0')}\n\n{site.url('/1')}\n")
    feed = f"<rss version='2.0'><channel><item><link>{site.url('/3')}</link></item></channel></rss>"
    site.routes["/feed"] = reply(feed, kind="application/rss+xml")
    site.routes["/map"] = reply(f"<urlset><url><loc>{site.url('/4')}</loc></url></urlset>", kind="text/xml")

    result = run(
        "--urls", str(listed), "--urls", "-", "--feed", site.url("/feed"), "--sitemap", site.url("/map"),
        text=f"{site.url('/1')}\n{site.url('/2')}\n",
    )  # fmt: skip

    assert 0 == result.exit_code
    assert [site.url(f"/{number}") for number in range(5)] == sorted(record["url"] for record in records(result))


@pytest.mark.parametrize("option", ["--feed", "--sitemap"])
def test_a_source_that_cannot_be_had_is_one_error_record(site: Site, option: str) -> None:
    result = run(option, site.url("/gone"))

    (record,) = records(result)
    assert (1, site.url("/gone"), "StatusError") == (result.exit_code, record["url"], record["error"]["type"])


def test_saved_pages_are_on_disk_and_not_in_the_records(site: Site, tmp_path: Path) -> None:
    site.routes["/"] = reply("<p>hello")

    result = run(site.url(), "--save", str(tmp_path))

    (record,) = records(result)
    (page,) = read_pages(tmp_path / record["file"])
    assert (b"<p>hello", False) == (page.body, "body" in record)
    assert result.stdout == (tmp_path / "records.jsonl").read_text()


def kept(folder: Path) -> list[str]:
    """The addresses of the pages in a folder's archives."""
    return sorted(page.url for path in folder.glob("*.warc.gz") for page in read_pages(path))


def test_resuming_asks_only_for_what_is_not_settled(site: Site, tmp_path: Path) -> None:
    """A page, a final failure and a passing one are behind us; the run was killed while it wrote the next.

    In the end each address has one record: that of the passing failure has given way.
    """
    site.routes |= {"/page": reply("<p>hello"), "/busy": reply(status=503), "/new": reply("<p>new")}
    urls = [site.url(path) for path in ("/page", "/gone", "/busy")]
    run(*urls, "--save", str(tmp_path))
    with (tmp_path / "records.jsonl").open("a") as journal:
        journal.write('{"url": "htt')
    site.requests.clear()

    result = run(*urls, site.url("/new"), "--save", str(tmp_path), "--resume")

    assert ["/busy", "/new"] == sorted(exchange.path for exchange in site.requests)
    assert [site.url("/busy"), site.url("/new")] == sorted(record["url"] for record in records(result))
    journal = [json.loads(line)["url"] for line in (tmp_path / "records.jsonl").read_text().splitlines()]
    assert sorted([*urls, site.url("/new")]) == sorted(journal)


@pytest.mark.parametrize("torn", ["journal", "archive", "both"])
def test_a_run_that_is_killed_and_resumed_has_no_page_twice_and_misses_none(
    site: Site, tmp_path: Path, torn: str
) -> None:
    """Killed at its sixth request; the system had got a part of what was written last."""
    site.routes |= {f"/{number}": reply(f"<p>{number}") for number in range(12)}
    urls = [site.url(f"/{number}") for number in range(12)]

    running: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()

    def deadly(exchange: Exchange) -> None:
        running.get().kill()
        exchange.closed.wait(30)

    site.routes["/5"] = deadly  # type: ignore[assignment]
    with started(*urls, "--save", str(tmp_path)) as process:
        running.put(process)
        process.communicate(timeout=120)
    archive, journal = tmp_path / "pages-00001.warc.gz.open", tmp_path / "records.jsonl"
    for path in {"journal": [journal], "archive": [archive], "both": [archive, journal]}[torn]:
        path.write_bytes(path.read_bytes()[:-9])
    site.routes["/5"] = reply("<p>5")

    result = run(*urls, "--save", str(tmp_path), "--resume")

    found = [json.loads(line) for line in journal.read_text().splitlines()]
    assert (0, 8) == (result.exit_code, len(records(result)))
    assert sorted(urls) == kept(tmp_path) == sorted(record["url"] for record in found)
    assert {"pages-00001.warc.gz", "pages-00002.warc.gz"} == {record["file"] for record in found}


def test_a_page_that_is_saved_is_not_fetched_again_for_a_later_failure(site: Site, tmp_path: Path) -> None:
    site.routes["/"] = reply("<p>hello")
    run(site.url(), "--save", str(tmp_path))
    site.routes["/"] = reply(status=503)
    run(site.url(), "--save", str(tmp_path))
    site.requests.clear()

    result = run(site.url(), "--save", str(tmp_path), "--resume")

    assert (0, "", []) == (result.exit_code, result.stdout, site.requests)
    assert "nothing new to fetch\n" == result.stderr


def test_an_empty_list_is_said_to_be_one() -> None:
    result = run("--urls", "-", text="# nothing yet\n")

    assert (0, "", "nothing to fetch\n") == (result.exit_code, result.stdout, result.stderr)


def test_a_record_says_where_its_page_stands(site: Site, tmp_path: Path) -> None:
    site.routes |= {f"/{number}": reply(f"<p>{number}") for number in range(3)}
    result = run(*(site.url(f"/{number}") for number in range(3)), "--save", str(tmp_path))

    for record in records(result):
        with (tmp_path / record["file"]).open("rb") as file:
            file.seek(record["offset"])
            member = gzip.decompress(file.read(record["length"]))
        assert f"WARC-Target-URI: {record['url']}\r\n".encode() in member


def test_a_full_disk_ends_the_run_with_the_name_of_the_file_and_leaves_whole_pages(site: Site, tmp_path: Path) -> None:
    site.routes |= {f"/{number}": reply(os.urandom(30_000).hex()) for number in range(9)}
    urls = [site.url(f"/{number}") for number in range(9)]

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    with started(*urls, "--save", str(tmp_path), preexec_fn=small) as process:
        stdout, stderr = process.communicate(timeout=120)

    assert 1 == process.returncode
    assert f"Error: {tmp_path}/pages-00001.warc.gz.open: File too large" in stderr
    assert 0 < len(kept(tmp_path)) == len(stdout.splitlines()) < 9
    assert (tmp_path / "records.jsonl").read_text() == stdout


def test_a_folder_that_is_deleted_ends_the_run_instead_of_swallowing_pages(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "kept"

    def vanish(exchange: Exchange) -> bytes:
        shutil.rmtree(folder)
        return reply("<p>2")

    site.routes |= {"/1": reply("<p>1"), "/2": vanish, "/3": reply("<p>3")}

    result = CliRunner().invoke(
        main, ["fetch", *LOCAL, *(site.url(f"/{number}") for number in (1, 2, 3)), "--save", str(folder)]
    )

    assert 1 == result.exit_code
    assert f"{folder}/pages-00001.warc.gz.open: deleted while it was being written" in result.stderr


def test_a_folder_takes_one_run_at_a_time(site: Site, tmp_path: Path) -> None:
    def during(exchange: Exchange) -> bytes:
        with started(site.url("/b"), "--save", str(tmp_path)) as process:
            second.extend((process.communicate(timeout=120)[1], process.returncode))
        return reply("<p>a")

    second: list[object] = []
    site.routes |= {"/a": during, "/b": reply("<p>b")}

    first = run(site.url("/a"), "--save", str(tmp_path), "--timeout", "120", "--read-timeout", "120")

    assert (0, 1) == (first.exit_code, second[1])
    assert "another run is saving to this folder" in str(second[0])
    assert [site.url("/a")] == kept(tmp_path)


def test_an_empty_shell_is_named_in_a_message_and_in_its_record(site: Site) -> None:
    site.routes["/"] = reply("<body><div id=root></div><script src=app.js></script>")

    result = run(site.url())

    assert 0 == result.exit_code
    assert "an empty shell without JavaScript" in result.stderr
    assert "<div id=root>" in records(result)[0]["shell"]


def test_no_escape_sequence_of_a_server_or_a_list_reaches_the_terminal(site: Site) -> None:
    site.routes["/"] = reply("<p>x", kind="\x1b]0;owned\x07/x")
    site.routes["/b"] = reply("<p>x", x_note="\x9b31m")

    result = run(site.url(), site.url("/b"), "--urls", "-", text="http://\x1b[31m/\n")

    assert 3 == len(records(result))
    assert not {"\x1b", "\x07", "\x9b"} & {*result.stdout, *result.stderr}


def test_quiet_is_quiet(site: Site) -> None:
    assert "" == run(site.url("/gone"), "--quiet").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("",),
        ("http://a.test/", "--resume"),
        ("http://a.test/", "--timeout", "0"),
        ("http://a.test/", "--in-flight", "0"),
        ("http://a.test/", "--proxy", "gopher://a"),
        ("http://a.test/", "--header", "no colon"),
        ("http://a.test/", "--user-agent", "two\nlines"),
        ("http://a.test/", "--ca-file", "/no/such/file"),
        ("--urls", "/no/such/file"),
        ("--no-such-option",),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert (2, "") == (result.exit_code, result.stdout)


def test_the_options_become_one_value() -> None:
    seen: list[FetchOptions] = []

    @click.command
    @click.argument("page")
    @fetch_options
    def command(page: str, fetching: FetchOptions) -> None:
        seen.append(fetching)

    CliRunner().invoke(command, ["x"], catch_exceptions=False)
    CliRunner().invoke(
        command,
        "x --timeout 7 --ignore-robots --allow-private --user-agent me/1 --header 'X-A: b: c' --cache somewhere "
        "--proxy socks5://127.0.0.1:9050 --max-bytes 5",
        catch_exceptions=False,
    )

    changed = FetchOptions(
        timeout=7.0, obey_robots=False, allow_private=True, user_agent="me/1", headers={"X-A": "b: c"},
        cache="somewhere", proxy="socks5://127.0.0.1:9050", max_bytes=5,
    )  # fmt: skip
    assert [DEFAULT_FETCH, changed] == seen


def test_every_option_of_the_fetcher_can_be_set() -> None:
    @fetch_options
    def command() -> None: ...

    names = {parameter.name for parameter in command.__click_params__}  # type: ignore[attr-defined]
    assert {*FetchOptions.__struct_fields__, "ignore_robots"} - {"obey_robots"} == names


def test_help_does_not_load_httpx() -> None:
    script = "import sys; from declutter.cli.fetch import fetch; sys.exit('httpx' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", script], check=False).returncode


def started(*arguments: str, **changes: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "declutter", "fetch", *LOCAL, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **changes)


def test_a_folder_that_cannot_be_made_is_told_without_a_word_of_going_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    result = CliRunner().invoke(main, ["fetch", "http://127.0.0.1:9/", "--save", str(tmp_path / "file" / "folder")])

    assert (1, f"Error: {tmp_path}/file/folder: Not a directory\n") == (result.exit_code, result.stderr)


@pytest.mark.parametrize(
    ("sent", "code", "said"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_run_that_is_told_to_end_keeps_what_it_has(
    site: Site, tmp_path: Path, sent: signal.Signals, code: int, said: str
) -> None:
    site.routes["/quick"] = reply("<p>hello")

    running: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()

    def slow(exchange: Exchange) -> None:
        running.get().send_signal(sent)
        exchange.closed.wait(30)

    site.routes["/slow"] = slow  # type: ignore[assignment]
    with started(site.url("/quick"), site.url("/slow"), "--save", str(tmp_path)) as process:
        running.put(process)
        stdout, stderr = process.communicate(timeout=120)

    hint = "continue with --resume"
    assert (code, f"{hint}\n{said}\n") == (process.returncode, stderr)
    assert [site.url("/quick")] == [json.loads(line)["url"] for line in stdout.splitlines()]
    assert [b"<p>hello"] == [page.body for page in read_pages(tmp_path / "pages-00001.warc.gz")]
