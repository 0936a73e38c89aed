"""Fuzzing: bytes of any kind into declutter, all that is promised of documents held to (tests/promises.py).

    pip install atheris
    python fuzz/targets.py extract fuzz/corpus/extract -max_total_time=60
    python fuzz/targets.py decode  fuzz/corpus/decode  -max_total_time=60
    python fuzz/targets.py dump    fuzz/corpus/dump    -max_total_time=60
    python fuzz/targets.py briefs  fuzz/corpus/briefs  -max_total_time=60

What makes a target fail is written to ./crash-…; reproduce it with `python fuzz/targets.py extract crash-…`. New inputs
that reach new code go into the first folder named. Options are libFuzzer's.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

with atheris.instrument_imports(include=["declutter"], enable_loader_override=False):
    import declutter
    import declutter.inspect
    from declutter.decode import decode
    from declutter.decode.charsets import NAMES
    from declutter.saved import mhtml, webarchive  # noqa: F401 - imported late otherwise, and not instrumented
    from declutter.stored import find_stored  # noqa: F401 - as above

from pieces import PIECES

import promises

_ENCODINGS = sorted(set(NAMES.values()))
_REPAIRED = declutter.ExtractOptions(repair=True)
_DUMP = declutter.ExtractOptions(form="text")


def extract(data: bytes) -> None:
    """A page: the first byte chooses how it is read."""
    how = data[0] if data else 0
    try:
        document = declutter.extract(
            data[1:],
            url="https://example.org/a/b" if how & 1 else None,
            options=_REPAIRED if how & 2 else declutter.DEFAULT_OPTIONS,
        )
    except declutter.DeclutterError:
        return
    promises.hold(document)
    if how & 4:
        assert declutter.extract(document.html).to_json()
    if how & 8:
        explained = declutter.explain(data[1:])
        assert declutter.inspect.report(explained).encode()


def bytes_as_text(data: bytes) -> None:
    """Bytes as text: the first byte names the encoding, or whether a header does."""
    how = data[0] if data else 0
    encoding = _ENCODINGS[how % len(_ENCODINGS)]
    body = data[1:]
    if how < len(_ENCODINGS):
        read = decode(body, given=encoding)
    else:
        read = decode(body, header=f"text/html; charset={encoding}" if how % 2 else None)
    assert "\0" not in read.text
    assert read.text.encode().decode() == read.text


def dump(data: bytes) -> None:
    """A text dump, whose every visible character stands in a block."""
    text = data.decode("utf-8", "replace")
    try:
        document = declutter.extract(text, options=_DUMP)
    except declutter.DeclutterError:
        return
    promises.hold(document)
    shown = "".join("".join(block.text.split()) for block in document.blocks)
    whole = "".join(text.removeprefix("\ufeff").replace("\0", "").split())
    assert shown == whole, "text was lost"


def briefs(data: bytes) -> None:
    """A portal's page, a piece for each byte: what letters alone hardly ever come to."""
    how = data[0] if data else 0
    parts = [PIECES[byte % len(PIECES)] for byte in data[1:200]]
    page = "\n".join(parts) if how & 1 else "<!doctype html><body>" + "".join(f"<p>{part}" for part in parts)
    options = _REPAIRED if how & 2 else declutter.DEFAULT_OPTIONS
    memory = _MEMORY if how & 4 else None
    document = declutter.extract(page, url="https://example.org/a/b", memory=memory, options=options)
    promises.hold(document)
    if how & 8:
        explained = declutter.explain(page, url="https://example.org/a/b", memory=memory, options=options)
        assert [block.label for block in explained.blocks] == [block.label for block in document.blocks]
        promises.hold(explained)


def _learned() -> declutter.SiteMemory:
    """What a site repeats, of whose pages each holds a few of the pieces."""
    memory = declutter.SiteMemory()
    for number in range(12):
        page = "".join(f"<p>{part}" for part in [*PIECES[number::12], f"What page {number} has of its own. " * 20])
        memory.observe(f"<!doctype html>{page}", url=f"https://example.org/{number}")
    return memory


_MEMORY = _learned()

TARGETS = {"extract": extract, "decode": bytes_as_text, "dump": dump, "briefs": briefs}


def main() -> None:
    """Fuzz the target that is named."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:  # noqa: PLR2004 - a name must be given
        sys.exit(f"usage: python fuzz/targets.py {'|'.join(TARGETS)} [CORPUS…] [-max_total_time=SECONDS]")
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
