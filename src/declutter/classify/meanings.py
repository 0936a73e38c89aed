"""What each name of evidence means: for `declutter explain --list`, and for the inspector beside each reason."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from declutter.classify.account import STEPS
from declutter.classify.features import MEANINGS as FEATURES
from declutter.classify.flash.reasons import REASONS
from declutter.rulings import SITE_RULE

MEANINGS: Final = {
    **{name: f"flash: {meaning}" for name, meaning in REASONS.items()},
    **{name: f"body: {meaning}" for name, meaning in FEATURES.items()},
    "FEATURE_with_FEATURE": "body: what two of these tell together",
    "before_anything_is_seen": "body: how common the essay's blocks are",
    "kept_as_the_article": "body: a doubtful text of an article that the page keeps for its scripts to show",
    "like_most_of_the_essay": "body: a doubtful text in the markup that most of the essay has",
    "most_like_it_did_not_pass": "body: a text that barely passed, in markup whose other texts mostly did not",
    "list_in_the_essay": "body: an item of a list or table that the essay runs into, decided with the others",
    "code_in_the_essay": "body: doubtful code in the element that holds the essay",
    "fills_a_gap": "body: a doubtful block between two of the essay, in one container with them",
    "second_copy": "body: a passage that stands on the page a second time",
    "little_else_passed": "body: hardly any text passed, so that the bar was lowered",
    "line_of_a_dump": "body: a line of a text dump is the essay's unless its words say otherwise",
    **STEPS,
    "above_the_headline": "stands above the headline, on a page without markup to go by",
    "above_links": "a label that links stand below",
    "announced_by_colon": "the sentence before it ends in a colon, and announces it",
    "at_the_edge": "among the first or last lines of the essay",
    "at_the_end": "among the last lines of the essay",
    "behind_the_essay": "stands behind the last running text, on a page without markup to go by",
    "below_the_headline": "stands between headline and essay, on a page without markup to go by",
    "between_header_and_trailer": "stands between header and trailer, on a page without markup to go by",
    "before_title": "stands above the article's title",
    "beside_price": "stands in one small box with a price",
    "beside_SECTION_cue": "stands in one small box with a cue of this section",
    "breadcrumb": "a path: parts with › or the like between them",
    "class_NAME": "the block, or an element around it, has this class or id",
    "copyright_sign": "begins with ©",
    "cue_SECTION_holds": "a short text that holds a cue word of this section",
    "cue_SECTION_label": "the text is a cue word of this section, and nothing more",
    "cue_SECTION_lead": "the text begins with a cue word of this section",
    "headline_in_header": "the line of the header that is the headline, on a page without markup to go by",
    "headline_with_snippet": "a linked headline and a short text, again and again",
    "holds_a_date": "a date or time among other words",
    "in_article_header": "stands between the title and the essay",
    "is_a_sentence": "a whole sentence, as the essay is made of",
    "is_heading": "a heading, which the essay has too",
    "item_in_article_header": "an item of a list between the title and the essay",
    "keyword_line": "words with commas or the like between them",
    "label_in_brackets": "brackets stand around the cue word",
    "label_and_linked_headline": "a label with a colon, then a link as long as a headline and nothing more",
    "line_of_links": "several links in one line",
    "menu_line": "four short pieces or more, between bars",
    "link_to_tag_page": "leads to a page of a tag",
    "link_within_page": "leads to another place of the same page",
    "link_within_site": "leads to a page of the same site",
    "linked": "all or most of it is a link",
    "line_of_services": "words of the site's own between bars: share, print",
    "list_of_headlines": "stands in a list of long links",
    "list_of_links": "stands in a list of links",
    "list_of_short_links": "stands in a list of short links",
    "lone_linked_headline": "a line of the essay that is one link, as long as a headline",
    "long_link": "a link as long as a headline",
    "market_quotation": "prices, and by how much they rose or fell",
    "menu_in_a_line": "words of a menu in one line",
    "signed_by_form": "a byline by its form, in Chinese or Korean",
    "named_by_class": "its own element is named for it",
    "nothing_else_is_known": "what stands outside the essay is chrome unless something else is said of it",
    "pointer_is_a_sentence": "what follows the cue word is a whole sentence",
    "pointer_like_headline": "what follows the cue word is as long as a headline, without a full stop",
    "pointer_linked": "what follows the cue word is a link",
    "price": "holds a price",
    "repeated_call_to_action": "a short button or link that the page repeats",
    "asks_for_address": "its box asks for an e-mail address, and for no password or text",
    "repeated_by_site": "most of the site's pages hold it, or some do and it stands at the edge of the essay",
    "right_behind_the_essay": "names source, editor or tags right behind the essay, as the article's lines do",
    SITE_RULE: "a rule of the site says so (`--rules`)",
    "short_line": "a short line",
    "short_link": "a link of a word or two",
    "stamp_alone": "a date or time, and nothing more",
    "stamp_in_list": "a date or time in a list",
    "stands_alone": "no other line of links stands beside it",
    "tag_NAME": "an element around the block has this tag",
    "under_SECTION_heading": "stands below a heading that is a cue of this section",
    "vague_word": "the cue word is a word of common use",
}
"""By name, or by the frame names are made in: NAME and SECTION stand for any word, FEATURE for a feature of body."""

_WITH: Final = "_with_"
_SLOT: Final = re.compile("NAME|SECTION")


def meaning(name: str) -> str | None:
    """What a name of evidence means, names made in a frame included; None for a name that is not documented."""
    if known := MEANINGS.get(name):
        return known
    first, pair, second = name.partition(_WITH)
    if pair and first in FEATURES and second in FEATURES:
        return f"body: {FEATURES[first]}; and {FEATURES[second]}"
    return next((said for frame, said in _frames() if frame.fullmatch(name)), None)


@cache
def _frames() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_SLOT.sub(r"\\w+", name)), said) for name, said in MEANINGS.items() if _SLOT.search(name))
