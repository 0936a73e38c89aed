"""Text dumps, line by line."""

from __future__ import annotations

from typing import Final

from shapes.forms import SENTENCE, TIMES, Shape, numbered, repeated, word

SHAPES: Final[dict[str, Shape]] = {
    "dump: runs of times": repeated(f"{TIMES}\n".replace("<p class=a>", "\n") + f"{SENTENCE}\n" * 5, before=""),
    "dump: lines": repeated("A line of some words\n", before=""),
    "dump: one line": repeated(SENTENCE, before=""),
    "dump: one word": repeated("a", before=""),
    "dump: short lines": repeated("a\n", before=""),
    "dump: stamps": repeated("[2023/5/28 9:47:25] Word: word\n", before=""),
    "dump: flashes": repeated(f"{SENTENCE}\nHollis Robotics to cut jobs\n5 May 10:12, agency says so. \n", before=""),
    "dump: cue words": repeated("Read more: Tags: Advertisement\n", before=""),
    "dump: quoted": repeated("> > > words of it\n", before=""),
    "dump: tabs": repeated("a\tb\t\tc\n", before=""),
    "dump: bars": repeated("| a | b |\n|---|---|\n", before=""),
    "dump: bullets": repeated("• a thing: of it\n", before=""),
    "dump: returns": repeated("words of it\r", before=""),
    "dump: feeds and next lines": repeated("words\x0c\x85\u2028", before=""),
    "dump: rules": repeated("----------\nwords of it\n==========\n", before=""),
    "dump: headlines of their own": numbered(
        lambda n: f"{word(n).capitalize()} to cut its jobs: {SENTENCE}{word(n + 1)} {word(n + 2)}.\n",
        each=140,
        before="",
    ),
    "dump: words of their own": numbered(
        lambda n: f"{' '.join(word(12 * n + k) for k in range(12))}.\n", each=120, before=""
    ),
    "dump: markup that is none": repeated("a < b and c > d & e\n", before=""),
}
