"""The essay as plain text."""

from __future__ import annotations

from declutter.model import Block, Frame, Kind, Label
from declutter.write.text import render


def test_blocks_are_lines_and_cells_of_a_row_share_one() -> None:
    table = Frame("table", 0)
    blocks = [
        Block(index=0, text="Title", label=Label.TITLE, kind=Kind.HEADING),
        Block(index=1, text="Before\x1b[31m", label=Label.BODY, kind=Kind.PARAGRAPH),
        *(
            Block(
                index=2 + place,
                text=text,
                label=Label.BODY,
                kind=Kind.CELL,
                within=(table, Frame("cell", 1 + place)),
                row=place // 2,
                column=place % 2,
            )
            for place, text in enumerate("abcd")
        ),
        Block(index=6, text="x = 1\n  y", label=Label.BODY, kind=Kind.CODE),
    ]

    assert "Before\ufffd[31m\na\tb\nc\td\nx = 1\n  y" == render(blocks)
