"""Scores for the labels that boilerplate can have, and what class names and tags add to them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final, TypeAlias

from declutter.model import Evidence, Label
from declutter.vocabulary import class_tokens

ORDER: Final = (
    Label.META,
    Label.TAGS,
    Label.RELATED,
    Label.PROMO,
    Label.COMMENT,
    Label.CHROME,
)
META, TAGS, RELATED, PROMO, COMMENT, CHROME, CRUMB = range(7)
PLACE: Final = {label: place for place, label in enumerate(ORDER)}

Scores: TypeAlias = tuple[float, float, float, float, float, float, float]
"""Log-odds of the labels in ORDER; the last is for meta too, that of breadcrumbs and kickers, wherever they stand."""

NONE: Final[Scores] = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
CERTAIN: Final = 3.0
"""From this sum on, a region of comments is one whatever its lines say."""

DECAY: Final = 0.7
"""What is left of an element's evidence in an element inside it that has evidence of its own."""

_SECOND: Final = 0.3

Vote: TypeAlias = tuple[str, int, float]
"""Name of the evidence, place of its label in ORDER, weight."""

_TOKEN_WEIGHT: Final = {
    Label.COMMENT: 3.0,
    Label.RELATED: 2.5,
    Label.PROMO: 2.8,
    Label.TAGS: 2.5,
    Label.CHROME: 2.2,
    Label.META: 2.0,
}
_TAG_VOTES: Final[dict[str, tuple[Vote, ...]]] = {
    "nav": (("tag_nav", CHROME, 1.5),),
    "footer": (("tag_footer", CHROME, 1.2),),
    "aside": (("tag_aside", RELATED, 0.6),),
    "form": (("tag_form", CHROME, 0.7),),
    "button": (("tag_button", CHROME, 1.0),),
    "menu": (("tag_menu", CHROME, 1.5),),
    "header": (("tag_header", CHROME, 0.4),),
    "address": (("tag_address", META, 0.5),),
}
_CRUMBS: Final = frozenset("breadcrumb breadcrumbs crumb crumbs crumbtrail pathway mianbaoxie".split())
_CRUMB_WEIGHT: Final = 7.0

# Words that stand for several things.
_VAGUE: Final = frozenset(
    "teaser teasers teaserlist tease headlines cta promo promos promobox offer demo buy price prices pricing "
    "thread threads banner banners partner partners shop deals offers subscribe rate like likes settings tools "
    "options actions controls player date time source location views category categories cat cats latest recent "
    "slider carousel ticker popular feedback opinie reply rank language languages calendar top10 update updated".split()
)
_VAGUE_FACTOR: Final = 0.55
# Parts of unlisted words, for names that are run together (`bigtags`, `zbreadcrumb`).
_PARTS: Final = (
    (re.compile("breadcrumb"), "breadcrumbs"),
    (re.compile("comment(?!ary)|kommentar|komentar|disqus"), "comments"),
    (
        re.compile(
            "newsletter|^enews$|^mc4wp|mailchimp|mailpoet|convertkit|^advert|reklam|sponsor|outbrain|taboola|adblock"
            "|marketgid|adnews|nimblebuy|^disclos|^paywall"
        ),
        "sponsor",
    ),
    (re.compile("^relate[ds]?|^relacion|related$|recommend|^recirc"), "related"),
    (re.compile("^auth(?!en|ent)"), "author"),
    (re.compile("tags$|^tagcloud|^tagi"), "tags"),
    (
        re.compile("footer|^nav(?!y|igated)|menu$|navigation|^social|^shar(?:e|ing)|^accessib|^cookie"),
        "nav",
    ),
)
# What every word with one of the parts holds, so that the parts are hardly ever looked for one by one. Few
# alternatives begin with the same letter: most places are passed by at one look.
_HINT: Final = re.compile(
    "breadcrumb|co(?:mment|nvertkit|okie)|komm?entar|disqus|disclos|n(?:ewsletter|av|imblebuy)|enews"
    "|m(?:c4wp|ail|arketgid|enu)|a(?:d(?:vert|block|news)|uth|ccessib)|re(?:klam|la(?:te|cion))|recommend|recirc"
    "|s(?:ponsor|ocial|har)|outbrain|ta(?:boola|g)|paywall|footer"
)
_MIN_PART: Final = 5
# An article's own footer or header holds its tags and author, not the site's menu.
_OF_ARTICLE: Final = re.compile(r"\b(?:entry|post|article|story|content)[-_]*(?:foot|head)er\b", re.IGNORECASE)

_PIECE: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+\d?\d?|\d+", re.ASCII)
_MARK: Final = "0"
_SPACED: Final = bytes(
    [
        byte if chr(byte) in ascii_lowercase else ord(_MARK if chr(byte) in ascii_uppercase + digits else " ")
        for byte in range(256)
    ]
)
"""Small letters as they are, figures and capitals as a mark, and all else as spaces."""
_NUMBER: Final = re.compile(r"[-_]\d{3,}(?!\S)", re.ASCII)
# `ads3`; what has more figures is a hash or a size, and `ad` in it is chance.
_NUMBERED: Final = re.compile(r"\D+\d+")
# WordPress writes a post's own tags and categories on its container: `tag-paris category-travel author-anna`.
_OF_POST: Final = frozenset("tag category cat author format type status has is no js wp".split())
# Beside the word for an advertisement they tell how another part of the page goes with one: `clear-ad`, `ad-free`.
_BESIDE_ADS: Final = frozenset("no non not has with without clear user free".split())
_NEUTRAL: Final = frozenset(
    "post posts entry article articles list links link item items cloud box wrap wrapper container content block area "
    "section ul li inner single widget page news story name info line row group bar title header heading label labels "
    "text body bottom top left right main side new v2 wrapper module part holder meta photo avatar image img details "
    "description desc data value field date url profile card archive".split()
)


def as_evidence(votes: Iterable[Vote]) -> list[Evidence]:
    """Votes as values of the contract, for explaining."""
    return [Evidence(name, round(weight, 2), ORDER[0 if place == CRUMB else place]) for name, place, weight in votes]


@lru_cache(maxsize=4096)
def combine(outer: Scores, own: Scores) -> Scores:
    """The evidence of an element inside another: the stronger of the two counts, the weaker adds a little.

    Nested elements repeat their name in parts (`nav`, `nav-inner`, `nav-list`): adding them up would count one word
    many times.
    """
    return tuple(  # type: ignore[return-value]
        [
            near + faded * _SECOND if near > (faded := far * DECAY) else faded + near * _SECOND
            for far, near in zip(outer, own, strict=True)
        ]
    )


@lru_cache(maxsize=8192)
def scores_of(tag: str, name: str) -> Scores:
    """What a tag and a class name say of the blocks inside, NONE for most."""
    # What only the number of a post or item tells apart is known from the first one on.
    return _scores_of(tag, _NUMBER.sub("-000", name))


@lru_cache(maxsize=8192)
def _scores_of(tag: str, name: str) -> Scores:
    votes = votes_of(tag, name)
    if not votes:
        return NONE
    scores = [0.0] * len(NONE)
    for _, place, weight in votes:
        # Two tokens for one label are hardly more than one.
        known = scores[place]
        scores[place] = weight + 0.2 * known if weight > known else known + 0.2 * weight
    return tuple(scores)  # type: ignore[return-value]


def votes_of(tag: str, name: str) -> tuple[Vote, ...]:
    """The named evidence of a tag and a class name."""
    if not name:
        return _TAG_VOTES.get(tag, ())
    said: dict[str, Vote] = {}
    for written in name.split():
        if found := _said_by(written):
            said |= found
    votes = (*_TAG_VOTES.get(tag, ()), *said.values())
    return () if votes and _OF_ARTICLE.search(name) else votes


@lru_cache(maxsize=16384)  # sites write few words, in many combinations
def _said_by(written: str) -> dict[str, Vote]:
    """By word that says something, what it says, of the words of one class or id and of its neighbours run together."""
    pieces = _pieces_of(written)
    if len(pieces) > 1:
        if pieces[0] in _OF_POST and not _NEUTRAL.issuperset(pieces[1:]):
            return {}
        pieces += [first + second for first, second in itertools.pairwise(pieces)]
    if pieces and written[-1].isdecimal() and _NUMBERED.fullmatch(written):
        word = pieces[-1].rstrip("0123456789")
        numbered = _token_votes().get(word)
        if numbered is not None and numbered[1] == PROMO:
            pieces.append(word)
    said = {piece: vote for piece in pieces if (vote := _vote_of(piece)) is not None}
    if said and not _BESIDE_ADS.isdisjoint(pieces):
        return {piece: vote for piece, vote in said.items() if not piece.startswith("ad")}
    return said


def _pieces_of(written: str) -> list[str]:
    """The words that a class or id is put together from."""
    spaced = written.encode().translate(_SPACED).decode()
    if _MARK not in spaced:  # most are in small letters and without figures, and need no expression
        return spaced.split()
    return [piece.lower() for piece in _PIECE.findall(written)]


@lru_cache(maxsize=16384)
def _vote_of(piece: str) -> Vote | None:
    """What a word says; an unlisted one says what the listed word does that it holds a part of."""
    known = _token_votes()
    if piece in known:
        return known[piece]
    if len(piece) < _MIN_PART or _HINT.search(piece) is None:
        return None
    return known.get(next((token for part, token in _PARTS if part.search(piece)), ""))


@cache
def _token_votes() -> dict[str, Vote | None]:
    """What each listed word says; None for those of the essay."""
    votes: dict[str, Vote | None] = {}
    for token, label in class_tokens().items():
        if label == "body":
            votes[token] = None
        elif token in _CRUMBS:
            votes[token] = f"class_{token}", CRUMB, _CRUMB_WEIGHT
        else:
            weight = _TOKEN_WEIGHT[Label(label)] * (_VAGUE_FACTOR if token in _VAGUE else 1.0)
            votes[token] = f"class_{token}", PLACE[Label(label)], weight
    return votes
