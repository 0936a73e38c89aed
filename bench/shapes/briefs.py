"""What may be a brief, in all the ways portals write one, with words that the essay has and words that it has not."""

from __future__ import annotations

from itertools import islice, permutations
from typing import Final

from shapes.forms import ESSAY, HEAD, PARAGRAPHS, SENTENCE, Shape, numbered, repeated, word

_LEAD: Final = "the maker of {0} and {1} said it would lay off three hundred in {2} before the year is out."
_KNOWN: Final = "keeper climbed stairs night lamp nobody thought light harbour storm".split()


def _own(number: int) -> str:
    """A sentence in words that no other of the page has."""
    return _LEAD.format(word(3 * number), word(3 * number + 1), word(3 * number + 2).capitalize())


def _headline(number: int) -> str:
    return f"{word(7 * number).capitalize()} {word(7 * number + 1).capitalize()} to cut a tenth of its jobs"


def _han(number: int) -> str:
    """A letter for the number: pairs of letters hardly ever repeat, on a page of any size."""
    return chr(0x4E00 + (number * 2_654_435_761 >> 11 ^ number) % 20_000)


def _shuffled(number: int) -> str:
    """The same ten words in an order of their own."""
    return " ".join(next(islice(permutations(_KNOWN), number % 100_000, None)))


SHAPES: Final[dict[str, Shape]] = {
    "headlines and words of their own": numbered(lambda n: f"<p>{_headline(n)}: {_own(n)}", each=160),
    "stamps and words of their own": numbered(lambda n: f"<p>{_headline(n)}: {_own(n)} [2023/5/28 9:47:25]", each=180),
    "datelines and words of their own": numbered(
        lambda n: f"<p>{word(n).upper()}, May 5 (Agency) - {_own(n)}", each=150
    ),
    "names of their own": numbered(
        lambda n: f"<p>{' '.join(word(20 * n + k).capitalize() for k in range(20))} said so. [2023/5/28 9:47]", each=220
    ),
    "kickers over headlines": numbered(lambda n: f"<p>BREAKING<p>{_headline(n)}<p>{_own(n)}", each=170),
    "times under headlines": numbered(lambda n: f"<p>{_headline(n)}<p>2023/5/28 9:47<p>{_own(n)}", each=180),
    "times behind headlines": numbered(lambda n: f"<p>{_headline(n)} 10:12<p>{_own(n)}", each=170),
    "times before texts": numbered(lambda n: f"<p>10:12 | {_own(n)}", each=130),
    "how long ago": repeated(f"<p>5 minutes ago | {SENTENCE}"),
    "sources behind texts": numbered(lambda n: f"<p>{_own(n)} [Reuters]", each=130),
    "sources on their lines": numbered(lambda n: f"<p>{_own(n)}<p>— Reuters", each=130),
    "signs before texts": numbered(lambda n: f"<p>▶ {_own(n)}", each=120),
    "boxes between paragraphs": numbered(
        lambda n: f"{PARAGRAPHS}<div class=box><h4>{_headline(n)}</h4><p>{_own(n)}</p></div>", each=460
    ),
    "boxes of names of their own": numbered(
        lambda n: f"{PARAGRAPHS}<div class=b{n}><p>{_headline(n)}</p><p>{_own(n)}</p></div>", each=460
    ),
    "boxes in boxes": repeated(
        f"<div><b>A headline of some words</b><p>{SENTENCE}</p><div>", before=ESSAY, after=PARAGRAPHS
    ),
    "a deep essay, each paragraph in a box": repeated(
        f"<div><div><p>{SENTENCE}</p></div></div>", before=ESSAY + "<div>" * 1900
    ),
    "bold lines over texts": numbered(lambda n: f"<p><b>{_headline(n)}</b><p>{_own(n)}", each=160),
    "the same words in all": numbered(lambda n: f"<p>{_shuffled(n)}.", each=80),
    "words of their own": numbered(lambda n: f"<p>{' '.join(word(12 * n + k) for k in range(12))}.", each=130),
    "lines that the text takes up": numbered(lambda n: f"<p>{_headline(n)}. {_headline(n)}, {_own(n)}", each=210),
    "each text twice": numbered(lambda n: f"<p>{_own(n // 2)}", each=120),
    "questions and answers": repeated(f"<p>Q: Why is it so?<p>A: {SENTENCE}"),
    "minutes of a meeting": numbered(lambda n: f"<p>{word(n).capitalize()}: {SENTENCE}", each=110),
    "Han of their own": numbered(lambda n: f"<p>{''.join(_han(40 * n + k) for k in range(40))}。", each=126),
    "Han briefs of their own": numbered(
        lambda n: (
            f"<p>{''.join(chr(0x4E00 + (n * 41 + k * 7 * n) % 20_000) for k in range(12))}：金色財經報道，"
            f"{''.join(chr(0x4E00 + (n * 37 + k * n) % 20_000) for k in range(30))}。[2023/5/28 9:47:25]"
        ),
        each=190,
    ),
    "authors and what is said of them": lambda size: (
        "<html><head>"
        + "".join(f"<meta name=author content='{word(n).capitalize()} Miller'>" for n in range(size // 120))
        + f"</head><body>{PARAGRAPHS * 5}"
        + "".join(f"<p>{word(n).capitalize()} Miller is a writer who lives by the sea." for n in range(size // 120))
    ).encode(),
    "keywords and tags": lambda size: (
        f"<html><head><meta name=keywords content='{','.join(map(word, range(size // 60)))}'></head><body>"
        + PARAGRAPHS * 5
        + "".join(f"<a href=/tag/{word(n)}>{word(n)}</a><br>" for n in range(size // 60))
    ).encode(),
    "a title in parts, and headings of each": lambda size: (
        f"<html><head><title>{' | '.join(map(word, range(size // 30)))}</title></head><body>"
        + "".join(f"<h1>{word(n)}</h1>" for n in range(size // 30))
    ).encode(),
    "headings that are the title": repeated(f"<h2>A title of some words</h2><p>{SENTENCE}"),
    "writers of themselves": repeated("<p>Mary Miller is a writer at The Paper. Follow her at @mary.", before=ESSAY),
    "calls to sign up": repeated("<p>Sign up for our newsletter<form><input name=email></form>", before=ESSAY),
    "replies within replies": repeated("<div class=reply><b>Ann</b> 5 May 2023 10:12<p>Good", before=ESSAY),
    "names and times": repeated("<p>Mary Miller<p>5 May 2023 10:12<p>I think so, too.", before=HEAD),
}
