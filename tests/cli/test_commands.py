"""The commands as a whole, `explain` and `schema`."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import declutter
from declutter.classify.account import STEPS
from declutter.classify.meanings import MEANINGS, meaning
from declutter.write.json import schema
from tests.cases import CASES, explained

from .conftest import PAGE, Run

COMMANDS = ("batch", "convert", "extract", "explain", "fetch", "inspect", "memory", "rules", "schema")


def test_help_waits_for_nothing_that_it_does_not_need() -> None:
    script = """if True:
        import sys
        from declutter.cli import main
        main(["--help"], standalone_mode=False)
        print([name for name in ("lxml", "httpx", "bs4", "regex", "rich", "msgspec") if name in sys.modules])
    """

    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)

    assert done.stdout.endswith("\n[]\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_waits_for_no_extraction(command: str) -> None:
    script = """if True:
        import sys
        from declutter.cli import main
        main(sys.argv[1:], standalone_mode=False)
        print([name for name in ("lxml", "httpx", "bs4", "rich", "declutter.pipeline") if name in sys.modules])
    """
    order = [sys.executable, "-c", script, command, "--help"]

    done = subprocess.run(order, check=True, capture_output=True, text=True)

    assert done.stdout.endswith("\n[]\n")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_teaches(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")

    assert 0 == result.exit_code
    assert command == "schema" or "Examples:" in result.stdout


@pytest.mark.parametrize("command", ["batch", "extract", "explain", "fetch", "inspect", "memory", "rules new"])
def test_help_has_each_option_in_a_section_and_only_fetch_all_of_the_fetchers(run: Run, command: str) -> None:
    text = run(*command.split(), "--help").stdout
    titles = re.findall(r"^([A-Z][a-z]+):$", text, flags=re.MULTILINE)
    shown = set(re.findall(r"^  (?:-\w, )?(--[\w-]+)", text, flags=re.MULTILINE))

    assert "Output" in titles
    assert ["Fetching", "Help"] == titles[-2:]
    assert re.search(r"Help:\n  -h, --help +Show this message and exit\.\n(\n|$)", text)
    assert (command == "fetch") == ("--per-host" in shown)
    assert {"--timeout", "--allow-private", "--help"} < shown
    assert ("12 more: see `declutter fetch --help`." in text) == (command != "fetch")
    assert "No such option" not in run(*command.split(), "--per-host", "1", "--help").stderr


@pytest.mark.parametrize("command", ["batch", "convert", "explain", "extract", "inspect", "memory", "rules new"])
def test_a_shell_completes_names_of_files(run: Run, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["declutter", *command.split(), "pag"]
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    monkeypatch.setenv("_DECLUTTER_COMPLETE", "bash_complete")

    assert "file,pag\n" == run().stdout


def test_the_version_is_the_packages(run: Run) -> None:
    assert re.fullmatch(r"declutter \d+\.\d+\.\d+\n", run("--version").stdout)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_on_a_full_disk_are_one_line(option: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "declutter", option], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert (1, "Error: stdout: No space left on device\n") == (done.returncode, done.stderr)


_INTERRUPTED_IMPORT = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "click":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from declutter.__main__ import main
main()
"""


def test_ctrl_c_before_the_command_is_there_shows_no_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", _INTERRUPTED_IMPORT], capture_output=True, text=True, check=False)

    assert (-signal.SIGINT, "", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("extract - --fields title", 3, "<stdin>: the page is empty\n"),
        ("batch - --fields title --quiet", 0, ""),
        ("fetch --urls -", 0, "nothing to fetch\n"),
    ],
)
def test_a_closed_standard_input_is_an_empty_one(arguments: str, code: int, said: str) -> None:
    command = f"{sys.executable} -m declutter {arguments} <&-"

    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)

    assert (code, said) == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("extrakt", "No such command 'extrakt'. Did you mean 'extract'?\n"),
        ("page.html", "No such command 'page.html'. To extract a page: 'declutter extract PAGE'.\n"),
        ("zzz", "No such command 'zzz'.\n"),
    ],
)
def test_an_unknown_command_is_wrong_usage(run: Run, name: str, message: str) -> None:
    result = run(name)

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.endswith(message)


def test_the_schema_is_a_json_schema(run: Run) -> None:
    printed = json.loads(run("schema").stdout)

    jsonschema.Draft202012Validator.check_schema(printed)
    assert json.loads(json.dumps(schema())) == printed


def test_the_schema_of_rows_holds_documents_failures_and_doubts(run: Run) -> None:
    printed = json.loads(run("schema", "--rows").stdout)

    jsonschema.Draft202012Validator.check_schema(printed)
    assert ["DocumentRow", "FailedRow", "DoubtfulRow"] == [kind["$ref"].split("/")[-1] for kind in printed["anyOf"]]


def test_with_v_stderr_says_what_became_of_each_page_and_nothing_that_a_terminal_obeys(page: Path) -> None:
    odd = page.with_name("a\x1b[31m.html")
    odd.write_bytes(page.read_bytes())
    command = [sys.executable, "-m", "declutter"]

    said, more, batch = (
        subprocess.run([*command, *arguments], check=True, capture_output=True, text=True).stderr
        for arguments in (("-v", "extract", page, odd), ("-vv", "explain", page), ("-v", "batch", page, "--quiet"))
    )

    blocks, size = len(declutter.extract(PAGE).blocks), f"{page.stat().st_size:,}"
    about = rf": {size} bytes in utf-8 extracted in \d+ ms: {blocks} blocks, essay from page\n"
    assert re.fullmatch(rf"INFO \S+ {re.escape(str(page))}{about}INFO .*a \[31m\.html{about}", said)
    assert re.search(f"INFO .*{about}", more)
    assert re.search(r"INFO declutter\.batch\.pool: \d+ workers, started by \w+\n", batch)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("extract", "x", "--verbose"), "-v goes before the command: declutter -v extract …\n"),
        (("rules", "new", "x", "-v"), "-v goes before the command: declutter -v rules new …\n"),
        (("extract", "x", "--timeot", "3"), "No such option"),
    ],
)
def test_v_behind_the_command_is_told_where_it_belongs(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)

    assert 2 == result.exit_code
    assert said in result.stderr


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


@pytest.mark.usefixtures("wide")
def test_explain_shows_label_and_evidence_of_each_block(run: Run, page: Path) -> None:
    result = run("explain", page)

    assert (0, "") == (result.exit_code, result.stderr)
    (row,) = re.findall(r"^ *\d+ +flash.*BRIEF.*$", result.stdout, flags=re.MULTILINE)
    assert "stamp" in row
    assert f"confidence in the essay: {declutter.extract(PAGE).confidence:.2f}\n" in result.stdout
    assert len(declutter.extract(PAGE).blocks) == len(
        re.findall(r"^ *\d+ +[a-z]+ +\d\.\d\d", result.stdout, re.MULTILINE)
    )


@pytest.mark.parametrize("columns", [60, 80])
def test_a_narrow_terminal_has_the_evidence_below_the_text_in_whole_names(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))

    table = run("explain", page, "--only", "flash").stdout

    (flash,) = [block for block in declutter.explain(PAGE).blocks if block.label == "flash"]
    heaviest = max(flash.evidence, key=lambda reason: abs(reason.weight))
    assert re.search(rf"^ +{heaviest.name} \{heaviest.weight:+.1f},", table, flags=re.MULTILINE)
    assert f"next: {flash.runner_up.label}" in table  # type: ignore[union-attr]
    assert columns >= max(map(len, table.splitlines()))


@pytest.mark.usefixtures("wide")
def test_explain_shows_a_picture_by_its_alternative_text(run: Run, page: Path) -> None:
    page.write_text(PAGE.replace("<p>BRIEF", "<figure><img src=a.jpg alt='A tide table'></figure><p>BRIEF"))

    assert re.search(r"body +\d\.\d\d +chrome -\d\.\d +\[image\] A tide", run("explain", page).stdout)


def test_explain_of_some_labels_leaves_out_the_rest(run: Run, page: Path) -> None:
    table = run("explain", page, "--only", "flash,title").stdout
    record = json.loads(run("explain", page, "--only", "flash,title", "--json").stdout)

    assert {"flash", "title"} == set(re.findall(r"^ *\d+ +([a-z]+)", table, re.MULTILINE))
    assert {"flash", "title"} == {block["label"] for block in record["blocks"]}
    assert "essay" not in record


def test_explain_as_json_is_the_document_with_its_evidence(run: Run, page: Path) -> None:
    record = json.loads(run("explain", page, "--json").stdout)

    jsonschema.validate(record, schema())
    (flash,) = [block for block in record["blocks"] if block["label"] == "flash"]
    assert {"name", "weight", "label"} == set(flash["evidence"][0])


def test_no_escape_sequence_of_a_page_reaches_the_table(run: Run, page: Path) -> None:
    page.write_text(PAGE.replace("essay", "es\x1b[31ms\x9b2J\u202eay"), encoding="utf-8")

    assert not set(run("explain", page).stdout) & {"\x1b", "\x9b", "\u202e"}


def test_a_terminal_without_the_pages_characters_shows_question_marks(page: Path) -> None:
    page.write_text(PAGE.replace("Paragraph 0", "段落"), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "declutter", "explain", page, "--only", "body"],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "COLUMNS": "120"},
    )  # fmt: skip

    assert re.search(r"body [ |]+\d\.\d\d [ |]+\w+ -\d\.\d [ |]+\?\? of an", done.stdout)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("no-such-file",), 1, "no-such-file: No such file or directory\n"),
        (("-",), 3, "<stdin>: the page is empty\n"),
        (("x", "--only", "spam"), 2, "no such label: spam; choose from title, meta"),
        ((), 2, "Missing argument 'PAGE'"),
    ],
)
def test_what_explain_cannot_read_is_one_line(run: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = run("explain", *arguments, stdin="")

    assert (code, "") == (result.exit_code, result.stdout)
    assert message in result.stderr


def test_every_name_of_evidence_is_explained(run: Run) -> None:
    listed = run("explain", "--list").stdout

    shop = PAGE.replace("<footer>", "<div class=x><p>Brass lamp</p><p>$ 12.00</p></div><footer>")
    documents = [declutter.explain(shop), *map(explained, CASES)]

    names = {reason.name for made in documents for block in made.blocks for reason in block.evidence}

    assert "beside_price" in names
    assert len(MEANINGS) == listed.count("\n")
    assert set() == {name for name in names if meaning(name) is None}
    assert meaning("no such evidence") is None
    assert meaning("size_with_no such evidence") is None
    assert meaning("no such evidence_with_size") is None


def test_the_steps_that_are_explained_are_those_that_decide_labels() -> None:
    sources = [
        path.read_text("utf-8") for path in Path(declutter.__file__).parent.rglob("*.py") if path.stem != "account"
    ]
    taken = re.compile(r'account\.follow\("(\w+)"|"(\w+)": (?:claim|close|join)_\w+[,}]')
    named = {name for source in sources for pair in taken.findall(source) for name in pair if name}

    assert set() == {name for name in named if meaning(name) is None}
    assert set() == {step for step in STEPS if not any(f'"{step}"' in source for source in sources)}
