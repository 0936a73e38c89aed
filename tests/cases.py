"""The folders of `fixtures/` as cases, and where the program and the truth disagree.

`python tests/cases.py > tests/known_gaps.json` writes the disagreements down, after one has looked at them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any, Final

import declutter
from declutter.decode.charsets import name_of

FIXTURES: Final = Path(__file__).parent.parent / "fixtures"
CASES: Final = tuple(sorted(path.name for path in FIXTURES.iterdir() if path.is_dir()))
ASPECTS: Final = (
    "form", "encoding", "texts", "labels", "title", "authors", "published", "origin", "language", "tags", "flashes",
    "related",
)  # fmt: skip

_WHOLE_MINUTE: Final = re.compile(r"(T\d\d:\d\d):00")


@cache
def expected(case: str) -> dict[str, Any]:
    """The truth about a case."""
    return json.loads((FIXTURES / case / "expected.json").read_text(encoding="utf-8"))


@cache
def about(case: str) -> dict[str, Any]:
    """What is known of a case beside its content."""
    return json.loads((FIXTURES / case / "meta.json").read_text(encoding="utf-8"))


def page(case: str) -> bytes:
    """The page's bytes."""
    return next((FIXTURES / case).glob("page.*")).read_bytes()


@cache
def document(case: str) -> declutter.Document:
    """What the program makes of it."""
    return declutter.extract(page(case), url=about(case)["url"])


@cache
def explained(case: str) -> declutter.Document:
    """The same with the evidence."""
    return declutter.explain(page(case), url=about(case)["url"])


def differences(case: str, aspect: str) -> list[object]:  # noqa: PLR0911 - an aspect, a return
    """Where the program and the truth disagree, one entry a disagreement."""
    made, truth = document(case), expected(case)
    match aspect:
        case "form":
            made_of_lines = all(block.line for block in made.blocks)
            return _unequal(about(case)["form"], "text" if made_of_lines else "html")
        case "encoding":
            return _unequal(name_of(about(case)["encoding"]), made.encoding)
        case "texts":
            return _unlike(*_texts(case))
        case "labels":
            want, got = _texts(case)
            if want != got:
                return ["no labels can be compared before the texts are the same"]
            pairs = zip(truth["blocks"], [block for block in made.blocks if block.text], strict=True)
            return [(want["text"], want["label"], got.label) for want, got in pairs if want["label"] != got.label]
        case "authors":
            return _unequal(truth["authors"], list(made.authors))
        case "published":
            return _unequal(_precise(truth["published"]), _precise(made.published))
        case "tags":
            return [] if truth["tags"] is None else _unequal(truth["tags"], list(made.tags))
        case "flashes":
            return _unmatched(truth["flashes"], _records(made.flashes, "headline text published source url".split()))
        case "related":
            return _unmatched(truth["related"], _records(made.related, "title snippet url published".split()))
        case _:
            return _unequal(truth[aspect], getattr(made, aspect))


def _texts(case: str) -> tuple[list[str], list[str]]:
    """The texts of the blocks, as they should be and as they are, with white space folded."""
    want = [" ".join(block["text"].split()) for block in expected(case)["blocks"]]
    return want, [" ".join(block.text.split()) for block in document(case).blocks if block.text]


def _unlike(want: list[str], got: list[str]) -> list[object]:
    """The texts that only one side has at a place."""
    steps = SequenceMatcher(None, want, got, autojunk=False).get_opcodes()
    sides = [(("missing", want[a:b]), ("extra", got[c:d])) for kind, a, b, c, d in steps if kind != "equal"]
    return [(what, text) for change in sides for what, texts in change for text in texts]


def _records(values: Iterable[object], fields: list[str]) -> list[dict[str, Any]]:
    return [{field: getattr(value, field) for field in fields} for value in values]


def _precise(time: str | None) -> str | None:
    return time and _WHOLE_MINUTE.sub(r"\1", time)


def _unequal(want: object, got: object) -> list[object]:
    return [] if want == got else [(want, got)]


def _unmatched(wanted: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[object]:
    """The records of one side that the other has not; the order counts where all are there."""
    want, have = [Counter(json.dumps(_plain(record), ensure_ascii=False) for record in side) for side in (wanted, got)]
    missing = [("missing", json.loads(record)) for record in (want - have).elements()]
    extra = [("extra", json.loads(record)) for record in (have - want).elements()]
    in_order = [_plain(record) for record in wanted] == [_plain(record) for record in got]
    return [*missing, *extra] or ([] if in_order else ["order"])


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "published": _precise(record["published"])}


if __name__ == "__main__":
    gaps = {case: {aspect: len(differences(case, aspect)) for aspect in ASPECTS} for case in CASES}
    kept = {case: {aspect: count for aspect, count in found.items() if count} for case, found in gaps.items()}
    print(json.dumps({case: found for case, found in kept.items() if found}, indent=1))
