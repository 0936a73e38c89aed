"""A rules file that cannot be used says where and why; one that can runs nothing."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import declutter
from declutter.rules.file import MAX_BYTES, MAX_RULES

GOOD = """\
hosts = ["example.org", "*.example.net"]

[[label]]
select = ".newsbox"
as = "flash"

[[start]]
phrase = "Read next"
as = "related"
until = "Comments"

[[keep]]
text = "Sidebar of the essay"

[[test]]
page = "example.org/story.html"
labels = { "BRIEF | Harbour" = "flash" }

[[test]]
page = "example.org/other.html"
[test.labels]
"The keeper" = "body"
"""


def test_a_file_says_hosts_rules_and_tests() -> None:
    (file,) = declutter.SiteRules.parse(GOOD).files

    assert ("example.org", "*.example.net") == file.hosts
    assert [("start", "related"), ("label", "flash"), ("keep", "body")] == [(one.verb, one.label) for one in file.rules]
    assert {"BRIEF | Harbour": "flash"} == file.trials[0].labels


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('"flash"\n', '"flash\n', "line 5: Illegal character"),
        ('as = "flash"', 'as = "flsh"', r"line 5: no such label: flsh \(did you mean flash\?\)"),
        ('select = ".newsbox"', 'selekt = "x"', r"line 4: no such key: selekt \(did you mean select\?\)"),
        ('Harbour" = "flash"', 'Harbour" = "brief"', "line 17: no such label: brief"),
        ('as = "flash"', "", "line 3: no label: add as = one of title, meta"),
        ('select = ".newsbox"', "", "line 3: it says of no block what it is for: one of select, phrase, text"),
        (".newsbox", "p..x", "line 4: Expected ident"),
        ('"Read next"', "3", "line 8: phrase must be a string"),
        ('phrase = "Read next"', 'phrase = "a"\ntext = "b"', "line 9: phrase and text in one rule; write two"),
        ("[[keep]]", "[[kep]]", r"line 12: no such key: kep \(did you mean keep\?\)"),
        ("[[keep]]", "[keep]", r"line 12: write \[\[keep\]\], with two brackets"),
        ('"example.org",', '"https://example.org",', "line 1: 'https://example.org' is not a host"),
        ("example.org/other", "../other", "line 20: page must be the path of a saved page inside this folder"),
        ('"The keeper" = "body"', '"The keeper" = "essay"', "line 22: no such label: essay"),
        ("hosts =", "host =", r"line 1: no such key: host \(did you mean hosts\?\)"),
        ('hosts = ["example.org", "*.example.net"]', "", "no hosts: add a line"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    path = tmp_path / "site.toml"
    path.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(declutter.RulesError, match=f"site.toml: {message}"):
        declutter.SiteRules.load(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"# \xff", "line 1: not UTF-8"),
        (b"#" * (MAX_BYTES + 1), "at most"),
        (b"a = " + b"[" * 50_000, "nested too deep"),
        (b'hosts = ["*"]\n' + b'[[keep]]\ntext = "x"\n' * (MAX_RULES + 1), "at most 200 rules"),
        (
            b'hosts = ["*"]\n' + b'[[keep]]\nselect = "a ~ b > c ~ d:not(.e)"\n' * 100,
            "at most 400 parts in all; these have 1000",
        ),
        (b'hosts = ["*"]', "no rules: a"),
    ],
)
def test_a_file_from_a_stranger_is_bounded(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "a.toml").write_bytes(content)

    with pytest.raises(declutter.RulesError, match=message):
        declutter.SiteRules.load(tmp_path)


def test_a_folder_is_read_in_the_order_of_names_and_an_empty_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(declutter.RulesError, match="no \\*.toml in this folder"):
        declutter.SiteRules.load(tmp_path)
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(GOOD, encoding="utf-8")

    assert ["a.toml", "b.toml"] == [Path(file.name).name for file in declutter.SiteRules.load(tmp_path).files]


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("https://example.org/a", 3), ("http://WWW.example.org:8080/", 3), ("https://news.example.net/", 3),
        ("https://example.net/", 0), ("https://badexample.org/", 0), ("https://example.org.evil.test/", 0), (None, 0),
        ("https://[bad/", 0),
    ],
)  # fmt: skip
def test_rules_hold_for_their_hosts(url: str | None, count: int) -> None:
    assert count == len(declutter.SiteRules.parse(GOOD).rules_for(url))


def test_rules_can_be_pickled_and_so_can_options_with_them() -> None:
    options = declutter.ExtractOptions(rules=declutter.SiteRules.parse(GOOD))

    assert options == pickle.loads(pickle.dumps(options))
