"""`declutter rules`, and `--rules` of the commands that read pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import declutter
from tests.fetcher.servers import Site, reply
from tests.rules.test_rules import DUMP, MILLS

from .conftest import Run

URL = "https://muehlen.example/lese/muehlen.html"


@pytest.fixture
def mills(tmp_path: Path) -> Path:
    path = tmp_path / "mills.html"
    path.write_text(MILLS, encoding="utf-8")
    return path


@pytest.fixture
def rules(tmp_path: Path, run: Run, mills: Path) -> Path:
    folder = tmp_path / "rules"
    assert (
        0
        == run(
            "rules", "new", mills, "--url", URL, "--block", "3-4=flash", "--block", "8-10=related", "-o", folder
        ).exit_code
    )
    return folder


def labels(run: Run, *arguments: object) -> list[str]:
    return [block["label"] for block in json.loads(run("extract", *arguments).stdout)["blocks"]]


def test_new_writes_rules_by_class_and_by_phrase_and_the_page_that_proves_them(rules: Path, mills: Path) -> None:
    written = (rules / "muehlen.example.toml").read_text(encoding="utf-8")

    assert 'hosts = ["muehlen.example"]' in written
    assert '[[label]]\nselect = "p.kasten"\nas = "flash"' in written
    assert '[[start]]\nphrase = "Zum Weiterlesen"\nas = "related"' in written
    assert re.search('^"Vierhundert Jahre lang .*" = "body"$', written, re.MULTILINE)
    assert mills.read_bytes() == (rules / "muehlen.example/mills.html").read_bytes()


def test_new_rules_are_tried_at_once(run: Run, mills: Path, tmp_path: Path) -> None:
    result = run("rules", "new", mills, "--url", URL, "--label", "p.kasten=flash", "-o", tmp_path)

    assert (0, "") == (result.exit_code, result.stderr)
    assert "muehlen.example.toml: ok (rules: 1, pages: 1, labels: 4)\n" in result.stdout


def test_extract_and_explain_obey_rules(run: Run, rules: Path, mills: Path) -> None:
    plain, ruled = labels(run, mills), labels(run, mills, "--url", URL, "--rules", rules)
    shown = run("explain", mills, "--url", URL, "--rules", rules / "muehlen.example.toml", "--only", "related").stdout

    assert ("body", "flash") == (plain[3], ruled[3])
    assert "site_rule +6.0" in shown
    assert plain == labels(run, mills, "--url", "https://example.org/", "--rules", rules)


def test_a_failing_test_page_is_named_with_block_and_label(run: Run, rules: Path) -> None:
    file = rules / "muehlen.example.toml"
    file.write_text(file.read_text(encoding="utf-8") + '"Impressum" = "meta"\n"Nirgends" = "body"\n', encoding="utf-8")

    result = run("rules", "test", rules)

    assert 1 == result.exit_code
    assert "muehlen.example.toml: FAILED (rules: 2, pages: 1" in result.stdout
    assert "mills.html: block 11 is chrome, not meta: 'Impressum'" in result.stderr
    assert "mills.html: no block begins with 'Nirgends'" in result.stderr


def test_rules_that_nothing_needs_are_told_from_rules_that_match_nothing(run: Run, rules: Path) -> None:
    file = rules / "muehlen.example.toml"
    file.write_text(
        'hosts = ["*"]\n[[keep]]\ntext = "Vierhundert"\n[[keep]]\nphrase = "Vierhundert"\n'
        '[[test]]\npage = "muehlen.example/mills.html"\nlabels = {"Impressum" = "chrome"}',
        encoding="utf-8",
    )

    result = run("rules", "test", rules)

    assert (0, True) == (result.exit_code, ": ok (" in result.stdout)
    assert (
        "  [[keep]] text = 'Vierhundert' matches nothing on its test pages: "
        "fix it, or add a test page that it applies to\n"
        "  [[keep]] phrase = 'Vierhundert' changes nothing: all test pages have the right labels without it\n"
    ) == result.stderr


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("", "it has no test"),
        ('[[test]]\npage = "gone.html"\nlabels = {"a" = "body"}', "gone.html: No such file or directory"),
        (
            '[[test]]\npage = "out.html"\nlabels = {"a" = "body"}',
            "out.html: the page is outside the folder of the rules",
        ),
        ('[[test]]\npage = "pdf.html"\nlabels = {"a" = "body"}', "pdf.html: .*not HTML"),
    ],
)
def test_a_test_that_cannot_be_made_fails(run: Run, tmp_path: Path, test: str, said: str) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (tmp_path / "secret.html").write_text("<p>a", encoding="utf-8")
    (folder / "out.html").symlink_to(tmp_path / "secret.html")
    (folder / "pdf.html").write_bytes(b"%PDF-1.7")
    (folder / "a.toml").write_text(f'hosts = ["*"]\n[[keep]]\ntext = "x"\n{test}', encoding="utf-8")

    result = run("rules", "test", folder)

    assert 1 == result.exit_code
    assert re.search(said, result.stderr)


def test_a_bad_rule_is_one_line_wherever_rules_are_read(run: Run, rules: Path, mills: Path) -> None:
    file = rules / "muehlen.example.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("p.kasten", "p..kasten"), encoding="utf-8")

    for command in (("rules", "test", rules), ("extract", mills, "--rules", rules)):
        result = run(*command)
        assert (2, "") == (result.exit_code, result.stdout)
        assert "muehlen.example.toml: line 4: Expected ident" in result.stderr


def test_new_does_not_write_over_rules(run: Run, rules: Path, mills: Path) -> None:
    before = (rules / "muehlen.example.toml").read_bytes()
    result = run("rules", "new", mills, "--url", URL, "--block", "3=promo", "-o", rules)

    assert (1, before) == (result.exit_code, (rules / "muehlen.example.toml").read_bytes())
    assert "this site already has rules" in result.stderr


def test_new_takes_a_page_from_its_address_and_keeps_what_its_header_says_of_the_encoding(
    run: Run, site: Site, tmp_path: Path
) -> None:
    site.routes["/story"] = reply(MILLS.encode("cp1250"), kind="text/html; charset=windows-1250")

    result = run("rules", "new", site.url("/story"), "--allow-private", "--block", "3-4=flash", "-o", tmp_path)

    assert (0, "") == (result.exit_code, result.stderr)
    assert "Gezeitenmühlen" in (tmp_path / "127.0.0.1/story.html").read_text(encoding="utf-8-sig")


def test_new_names_phrases_in_a_text_dump(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(DUMP, encoding="utf-8")

    run(
        "rules",
        "new",
        tmp_path / "dump.txt",
        "--url",
        "https://chaoxi.example/",
        "--block",
        "4-6=related",
        "-o",
        tmp_path,
    )

    assert '[[start]]\nphrase = "本站精选"\nas = "related"' in (tmp_path / "chaoxi.example.toml").read_text(
        encoding="utf-8"
    )
    assert 0 == run("rules", "test", tmp_path).exit_code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give a correction: --block 14=flash"),
        (("--block", "3"), "expected 14=flash or 14-16=flash"),
        (("--block", "3=news"), "no such label: news; choose from title"),
        (("--block", "99=flash", "--url", URL), "the page has 12 blocks"),
        (("--label", "p..x=flash"), "Expected ident"),
        (("--label", "flash"), "expected '.newsbox=flash'"),
        (("--label", ".zz=flash", "--url", URL), "--label .zz: the selector matches no block"),
        (("--block", "3=flash", "--url", URL, "-o", "-"), "cannot be written to stdout"),
        (("--block", "3=flash"), "Give the page's URL with --url"),
    ],
)
def test_new_says_what_it_needs(run: Run, mills: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("rules", "new", mills, *arguments)

    assert (2, "", []) == (result.exit_code, result.stdout, list(mills.parent.glob("[!m]*")))
    assert said in result.stderr


def test_new_refuses_a_block_that_no_rule_tells_from_another_of_the_same_text(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        MILLS.replace("</article>", "<p>Zwei Zeilen.</p><p>Ein Satz.</p><p>Zwei Zeilen.</p></article>"),
        encoding="utf-8",
    )
    blocks = declutter.read(page).blocks
    first, second = (block.index for block in blocks if block.text == "Zwei Zeilen.")

    refused = run("rules", "new", page, "--url", URL, "--block", f"{first}=promo", "-o", tmp_path)
    both = run("rules", "new", page, "--url", URL, *(f"--block={n}=promo" for n in (first, second)), "-o", tmp_path)

    assert (1, "") == (refused.exit_code, refused.stdout)
    assert f"no rule tells block {first} from block {second}, which has the same text" in refused.stderr
    assert (0, "") == (both.exit_code, both.stderr)


def test_new_takes_the_text_beside_a_picture_but_not_the_picture(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mills.html"
    path.write_text(MILLS.replace("</h1>", "</h1><img src=mill.jpg alt='The mill'>"), encoding="utf-8")
    blocks = declutter.extract(path.read_bytes()).blocks
    (picture,) = (block.index for block in blocks if block.kind is declutter.Kind.IMAGE)

    alone = run("rules", "new", path, "--url", URL, "--block", f"{picture}=promo", "-o", tmp_path / "a")
    beside = run("rules", "new", path, "--url", URL, "--block", f"{picture}-{picture + 1}=promo", "-o", tmp_path / "b")

    assert 2 == alone.exit_code
    assert f"--block {picture}: rules label text, and this block is a picture" in alone.stderr
    assert 0 == beside.exit_code


def test_new_keeps_the_page_of_a_file_that_a_browser_saved_as_html(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "faehre.mhtml"
    path.write_bytes((Path(__file__).parents[1] / "saved/chrome.mhtml").read_bytes())

    result = run("rules", "new", path, "--label", "footer=promo", "-o", tmp_path / "rules")

    assert (0, "") == (result.exit_code, result.stderr)
    kept = (tmp_path / "rules/uferblatt.example/faehre.html").read_text(encoding="utf-8-sig")
    assert kept.startswith("<!DOCTYPE html>")
    assert "Die Fähre" in kept


def test_new_refuses_a_page_whose_essay_scripts_would_show(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "app.html"
    story = MILLS.replace("<article class=post>", "<noscript><article class=post>").replace(
        "</article>", "</article></noscript>"
    )
    page.write_text(story, encoding="utf-8")

    result = run("rules", "new", page, "--url", URL, "--block", "1=flash", "-o", tmp_path)

    assert (1, "") == (result.exit_code, result.stdout)
    assert "app.html: the page does not show its essay, which was read from noscript" in result.stderr


def test_new_asks_for_the_address_of_a_page_whose_own_is_malformed(run: Run, mills: Path) -> None:
    mills.write_text(MILLS.replace("<title>", '<link rel=canonical href="http://[mills"><title>'), encoding="utf-8")

    result = run("rules", "new", mills, "--block", "3=flash")

    assert (2, "") == (result.exit_code, result.stdout)
    assert "Give the page's URL with --url" in result.stderr
