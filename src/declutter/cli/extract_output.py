"""The output of `declutter extract`: documents in one format, and rows for pages without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from declutter.batch.rows import Doubt, DoubtfulRow, Row, failed
from declutter.cli.output import harmless_json
from declutter.write import flashes, front_matter, json, text
from declutter.write.safety import encodable

if TYPE_CHECKING:
    from declutter.cli.inputs import Failure
    from declutter.cli.output import Write
    from declutter.model import Document


class Form(NamedTuple):
    """How documents are written.

    format: one of the command's formats. fields: keys of the JSON; None for all. is_single: there is only one page,
    whose JSON does not name it. has_front_matter: whether Markdown essays start with YAML.
    """

    format: str
    fields: tuple[str, ...] | None
    is_single: bool
    has_front_matter: bool


class Writer:
    """Writes to `write`, line by line. count: of the documents written."""

    def __init__(self, form: Form, write: Write) -> None:
        self._form = form
        self._write = write
        self.count = 0

    def add(self, name: str, document: Document) -> None:
        """Write one more document. name: of the input."""
        for line in self._lines(name, document):
            self._write(line)
        self.count += 1

    def fail(self, failure: Failure) -> None:
        """Write the row of a page without a document; only JSON has one."""
        if self._form.format == "json":
            self._write(_line(failed(failure.name, failure.error).to_json()))

    def set_aside(self, name: str, confidence: float, reason: str) -> None:
        """Write the row of a doubtful page; only JSON has one."""
        if self._form.format == "json":
            self._write(_line(msgspec.json.encode(DoubtfulRow(encodable(name), Doubt(confidence, reason)))))

    def _lines(self, name: str, document: Document) -> list[str]:
        form = self._form
        match form.format:
            case "json":
                written = json.dump(document, fields=form.fields).encode()
                return [_line(written if form.is_single else Row(input=encodable(name), json=written).to_json())]
            case "flashes-jsonl":
                return [harmless_json(line) for line in flashes.to_jsonl([(name, document)])]
            case "flashes-csv":
                return list(flashes.to_csv([(name, document)], header=not self.count))
            case "md":
                essay = document.markdown
            case "html":
                essay = document.html
            case _:
                essay = text.render(document.blocks)
        parts = [""] if self.count else []  # an empty line between the essays of several pages
        if form.has_front_matter:
            parts += [front_matter.render(document, name=None if form.is_single else name), ""]
        return [*parts, essay] if essay else parts


def _line(written: bytes) -> str:
    return harmless_json(written.decode())
