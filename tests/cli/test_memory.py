"""`declutter memory`, and what other commands make of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import declutter
from tests.cli.conftest import Run

BRIEF = "The ferry company bought two boats on Monday and will hire forty people for its northern route, it said."


def write_pages(folder: Path, names: str, *, brief: str = BRIEF) -> list[Path]:
    paths = []
    for name in names:
        topic = [f"{name}{syllable}{name}" for syllable in ("ola", "emi", "uru", "ani", "ito", "esa", "oba")]
        prose = [f"{' '.join([*topic, *topic[part:]])} {part} {name}.".capitalize() for part in range(8)]
        prose[4:4] = [brief]
        path = folder / f"{name}.html"
        paragraphs = "".join(f"<p>{text}</p>" for text in prose)
        path.write_text(f"<!doctype html><title>On {name}</title><body><article>{paragraphs}</article>")
        paths.append(path)
    return paths


def test_what_pages_share_is_learned_and_then_found(run: Run, tmp_path: Path) -> None:
    pages, learned = write_pages(tmp_path, "bdfg"), tmp_path / "site.memory"

    assert run("memory", *pages, "-o", learned).exit_code == 0
    document = json.loads(run("extract", pages[0], "--memory", learned).stdout)

    assert [BRIEF] == [flash["text"] for flash in document["flashes"]]
    assert not json.loads(run("extract", pages[0]).stdout)["flashes"]
    assert "on_other_pages" in run("explain", pages[0], "--memory", learned, "--json").stdout


def test_parts_learned_apart_and_merged_are_the_same_file(run: Run, tmp_path: Path) -> None:
    pages = write_pages(tmp_path, "bdfg")
    one, other, merged, whole = (tmp_path / name for name in ("one", "other", "merged", "whole"))

    run("memory", *pages[:2], "-o", one)
    run("memory", *pages[2:], "-o", other)
    run("memory", "--merge", other, "--merge", one, "-o", merged)
    run("memory", *pages, "-o", whole)

    assert whole.read_bytes() == merged.read_bytes()


def test_a_page_that_cannot_be_read_is_named_and_the_rest_is_learned(run: Run, tmp_path: Path) -> None:
    pages = write_pages(tmp_path, "bd")
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))

    result = run("memory", tmp_path / "picture", *pages, "-o", tmp_path / "learned")

    assert result.exit_code == 1
    assert "picture" in result.stderr
    run("memory", *pages, "-o", tmp_path / "expected")
    assert (tmp_path / "expected").read_bytes() == (tmp_path / "learned").read_bytes()


def test_a_learn_without_one_readable_page_leaves_the_memory_as_it_was(run: Run, tmp_path: Path) -> None:
    pages, good = write_pages(tmp_path, "bd"), tmp_path / "good.memory"
    run("memory", *pages, "-o", good)
    before = good.read_bytes()

    result = run("memory", tmp_path / "nothere.html", "-o", good)
    new = run("memory", tmp_path / "nothere.html", "-o", tmp_path / "new.memory")

    assert (1, before) == (result.exit_code, good.read_bytes())
    assert result.stderr.endswith(f"nothing was learned; {good} was not changed\n")
    assert (1, False) == (new.exit_code, (tmp_path / "new.memory").exists())


def test_a_merge_is_kept_though_the_page_beside_it_cannot_be_read(run: Run, tmp_path: Path) -> None:
    one, both = tmp_path / "one", tmp_path / "both"
    run("memory", *write_pages(tmp_path, "bd"), "-o", one)

    assert 1 == run("memory", tmp_path / "nothere.html", "--merge", one, "-o", both).exit_code
    assert one.read_bytes() == both.read_bytes()


def test_a_memory_that_cannot_be_written_is_an_error_that_names_it(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "gone" / "x.memory"

    result = run("memory", *write_pages(tmp_path, "b"), "-o", target)

    assert (1, f"Error: {target}: No such file or directory\n") == (result.exit_code, result.stderr)
    with pytest.raises(FileNotFoundError, match="x.memory'$"):
        declutter.SiteMemory().save(target)


def test_a_memory_is_written_to_what_is_no_file_and_to_the_target_of_a_link(run: Run, tmp_path: Path) -> None:
    pages, target, link, pipe = write_pages(tmp_path, "bd"), *(tmp_path / name for name in ("target", "link", "pipe"))
    link.symlink_to(target)
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    assert [0, 0] == [run("memory", *pages, "-o", output).exit_code for output in (link, pipe)]

    assert target.read_bytes() == os.read(reader, 1 << 20)
    assert link.is_symlink()
    assert pipe.is_fifo()
    os.close(reader)


def test_a_memory_does_not_go_to_a_file_named_by_a_dash(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (page,) = write_pages(tmp_path, "b")
    monkeypatch.chdir(tmp_path)

    result = run("memory", page, "-o", "-")

    assert (2, False) == (result.exit_code, (tmp_path / "-").exists())
    assert "cannot be written to stdout; give a file name" in result.stderr


def test_a_file_that_is_no_memory_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    (page,) = write_pages(tmp_path, "b")

    for command in (("extract", page, "--memory", page), ("memory", "--merge", page, "-o", tmp_path / "x")):
        result = run(*command)
        assert result.exit_code == 2
        assert "not a site memory" in result.stderr


def test_there_are_no_options_of_labelling_where_nothing_is_labelled(run: Run, tmp_path: Path) -> None:
    (page,) = write_pages(tmp_path, "b")

    assert "No such option" in run("memory", page, "--repair", "-o", tmp_path / "x").stderr
    assert 0 == run("memory", page, "--as", "html", "--encoding", "utf-8", "-o", tmp_path / "x").exit_code


def test_nothing_to_learn_from_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    result = run("memory", "-o", tmp_path / "x")

    assert result.exit_code == 2
    assert not (tmp_path / "x").exists()
