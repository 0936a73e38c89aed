"""Scores for the labels of boilerplate, and the evidence from class names and tags."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final, TypeAlias

from declutter.model import Evidence, Label
from declutter.vocabulary import Cue, class_tokens

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
"""Log-odds of the labels in ORDER. The last entry also counts for meta: breadcrumbs and kickers, in any position."""

NONE: Final[Scores] = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
CERTAIN: Final = 3.0
"""Sum from which a region is one of comments, whatever its lines say."""

DECAY: Final = 0.7
"""Factor for an element's evidence inside a descendant that has evidence of its own."""

_SECOND: Final = 0.3

Vote: TypeAlias = tuple[str, int, float]
"""Name of the evidence, its label's place in ORDER, weight in log-odds."""

Votes: TypeAlias = defaultdict[int, list[Vote]]
"""The evidence of blocks, by their numbers."""

Decision: TypeAlias = tuple[Label, str]
"""A line's label, and the name of the evidence that alone decided it."""

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

# Words with several meanings.
_VAGUE: Final = frozenset(
    "teaser teasers teaserlist tease headlines cta promo promos promobox offer demo buy price prices pricing "
    "thread threads banner banners partner partners shop deals offers subscribe rate like likes settings tools "
    "options actions controls player date time source location views category categories cat cats latest recent "
    "slider carousel ticker popular feedback opinie reply rank language languages calendar top10 update updated "
    "modal popup overlay lightbox".split()
)
_VAGUE_FACTOR: Final = 0.55
# Parts of unlisted words, for names written without separators (`bigtags`, `zbreadcrumb`).
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
# Matches every word that contains one of the parts, so that the parts are seldom searched one by one. Few alternatives
# share a first letter, so most positions are rejected after one character.
_HINT: Final = re.compile(
    "breadcrumb|co(?:mment|nvertkit|okie)|komm?entar|disqus|disclos|n(?:ewsletter|av|imblebuy)|enews"
    "|m(?:c4wp|ail|arketgid|enu)|a(?:d(?:vert|block|news)|uth|ccessib)|re(?:klam|la(?:te|cion))|recommend|recirc"
    "|s(?:ponsor|ocial|har)|outbrain|ta(?:boola|g)|paywall|footer"
)
# Beginnings of parts that are written as two words: `MarketGid`, `news-letter`, `ad_block`.
_OPENING: Final = ("ad", "bread", "convert", "market", "mc4", "news", "nimble", "out", "pay")
_MIN_PART: Final = 5
# An article's own footer or header contains its tags and author, not the site's menu.
_OF_ARTICLE: Final = re.compile(r"\b(?:entry|post|article|story|content)[-_]*(?:foot|head)(?:er)?\b", re.IGNORECASE)

_PIECE: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+\d?\d?|\d+", re.ASCII)
_CAPITAL: Final = "A"
_SPACED: Final = bytes(
    [
        byte if chr(byte) in ascii_lowercase + digits else ord(_CAPITAL if chr(byte) in ascii_uppercase else " ")
        for byte in range(256)
    ]
)
"""Keeps small letters and digits, replaces capitals by one letter and all else by spaces, so that names without
capitals (most names) are split without a regular expression."""
_NUMBER: Final = re.compile(r"[-_]\d{3,}(?!\S)", re.ASCII)
# `ads3`; a name with more digits is a hash or a size, and `ad` in it is chance.
_NUMBERED: Final = re.compile(r"\D+\d+")
# WordPress puts a post's own tags and categories on its container: `tag-paris category-travel author-anna`.
_OF_POST: Final = frozenset("tag category cat author format type status has is no js wp".split())
# The block editor's names say what a block is, but for boxes of buttons, which may hold anything, and posts of others
# shown in the text: `wp-block-comments`, `wp-block-latest-posts`, `wp-block-embed-twitter`.
_OF_BLOCK: Final = ["wp", "block"]
_UNTELLING_BLOCKS: Final = frozenset({"button", "buttons", "embed"})
# Next to a word for advertisements, these describe how another part of the page relates to them: `clear-ad`, `ad-free`.
_BESIDE_ADS: Final = frozenset("no non not has with without clear user free".split())
_NEUTRAL: Final = frozenset(
    "post posts entry article articles list links link item items cloud box wrap wrapper container content block area "
    "section ul li inner single widget page news story name info line row group bar title header heading label labels "
    "text body bottom top left right main side new v2 wrapper module part holder meta photo avatar image img details "
    "description desc data value field date url profile card archive".split()
)


def name_of(cue: Cue) -> str:
    """The name of a cue as evidence."""
    return f"cue_{cue.section}_{cue.position}"


def as_evidence(votes: Iterable[Vote]) -> list[Evidence]:
    """The votes as values of the public contract, for explaining."""
    return [Evidence(name, round(weight, 2), ORDER[0 if place == CRUMB else place]) for name, place, weight in votes]


@lru_cache(maxsize=4096)
def combine(outer: Scores, own: Scores) -> Scores:
    """The evidence of an element inside another: the stronger of the two, plus a little of the weaker.

    Nested elements repeat parts of their name (`nav`, `nav-inner`, `nav-list`), so a sum would count one word many
    times.
    """
    return tuple(  # type: ignore[return-value]
        [
            near + faded * _SECOND if near > (faded := far * DECAY) else faded + near * _SECOND
            for far, near in zip(outer, own, strict=True)
        ]
    )


@lru_cache(maxsize=8192)
def scores_of(tag: str, name: str) -> Scores:
    """What a tag and a class name say about the blocks inside; NONE for most."""
    # Names that differ only in the number of a post or item share a cache entry.
    return _scores_of(tag, _NUMBER.sub("-000", name))


@lru_cache(maxsize=8192)
def _scores_of(tag: str, name: str) -> Scores:
    votes = votes_of(tag, name)
    if not votes:
        return NONE
    scores = [0.0] * len(NONE)
    for _, place, weight in votes:
        # Two tokens for one label say hardly more than one.
        known = scores[place]
        scores[place] = weight + 0.2 * known if weight > known else known + 0.2 * weight
    return tuple(scores)  # type: ignore[return-value]


def votes_of(tag: str, name: str) -> tuple[Vote, ...]:
    """The evidence of a tag and a class name."""
    said: dict[str, Vote] = {}
    for written in name.split():
        if found := _said_by(written):
            said |= found
    votes = (*_TAG_VOTES.get(tag, ()), *said.values())
    return () if votes and _is_of_article(name) else votes


def _is_of_article(name: str) -> bool:
    lowered = name.lower()
    return ("head" in lowered or "foot" in lowered) and _OF_ARTICLE.search(lowered) is not None


@lru_cache(maxsize=16384)  # sites use few words, in many combinations
def _said_by(written: str) -> dict[str, Vote]:
    """The votes of the words of a class or id, and of pairs of neighbouring words joined, by word."""
    pieces = _pieces_of(written)
    if pieces[:2] == _OF_BLOCK and _UNTELLING_BLOCKS.isdisjoint(pieces):
        pieces = pieces[2:]
    if not pieces or (pieces[0] in _OF_POST and not _NEUTRAL.issuperset(pieces[1:])):
        return {}
    known, may_hold_part = _token_votes(), False
    said: dict[str, Vote] = {}
    for piece in pieces:
        vote, may_hold = _told_by(piece)
        may_hold_part = may_hold_part or may_hold
        if vote is not None:
            said[piece] = vote
    pairs = [first + second for first, second in itertools.pairwise(pieces)]
    for pair in pairs:
        vote = known[pair] if pair in known else _told_by(pair)[0] if may_hold_part else None
        if vote is not None:
            said[pair] = vote
    if written[-1].isdecimal() and _NUMBERED.fullmatch(written):
        word = (pairs or pieces)[-1].rstrip(digits)
        vote = known.get(word)
        if vote is not None and vote[1] == PROMO:
            said[word] = vote
    if said and not _BESIDE_ADS.isdisjoint([*pieces, *pairs]):
        return {piece: vote for piece, vote in said.items() if not piece.startswith("ad")}
    return said


def _pieces_of(written: str) -> list[str]:
    """The words that make up a class or id."""
    spaced = written.encode().translate(_SPACED).decode()
    if _CAPITAL in spaced:
        return [piece.lower() for piece in _PIECE.findall(written)]
    pieces = spaced.split()
    if "".join(pieces).isalpha():
        return pieces
    parts: list[str] = []
    for piece in pieces:
        parts += (piece,) if piece.isalpha() or piece.isdecimal() else _PIECE.findall(piece)
    return parts


@lru_cache(maxsize=16384)
def _told_by(piece: str) -> tuple[Vote | None, bool]:
    """A word's vote, and whether it, or its combination with the next word, may contain a part of a listed word."""
    known = _token_votes()
    holds_part = _HINT.search(piece) is not None
    vote = None
    if piece in known:
        vote = known[piece]
    elif holds_part and len(piece) >= _MIN_PART:
        vote = known.get(next((token for part, token in _PARTS if part.search(piece)), ""))
    return vote, holds_part or piece.endswith(_OPENING)


@cache
def _token_votes() -> dict[str, Vote | None]:
    """The vote of each listed word; None for those of the essay."""
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
