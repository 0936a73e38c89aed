"""What each name of evidence means: for `declutter explain --list`, and for the inspector beside each reason."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from declutter.classify.account import STEPS
from declutter.classify.features import MEANINGS as FEATURES
from declutter.classify.flash import REASONS
from declutter.rulings import SITE_RULE

MEANINGS: Final = {
    **{name: f"flash: {meaning}" for name, meaning in REASONS.items()},
    **{name: f"body: {meaning}" for name, meaning in FEATURES.items()},
    "FEATURE_with_FEATURE": "body: what two of these say together",
    "after_the_essay": "after the last running text, on a page without useful markup",
    "before_anything_is_seen": "body: prior: the share of blocks that belong to an essay",
    "kept_as_the_article": "body: doubtful text of an article that the page keeps for its scripts",
    "below_a_label_of_teasers": "body: passed narrowly, below a label for teasers, among items of links and text",
    "like_most_of_the_essay": "body: doubtful text in the same markup as most of the essay",
    "within_the_essay": "body: failed narrowly, but stands between what is in the essay",
    "beyond_the_essay": "body: passed narrowly, but stands outside and after everything on the essay's topic",
    "most_like_it_did_not_pass": "body: passed narrowly, but most text in the same markup did not pass",
    "list_in_the_essay": "body: an item of a list or table inside the essay, decided together with the others",
    "code_in_the_essay": "body: doubtful code in the element that holds the essay",
    "fills_a_gap": "body: a doubtful block between two of the essay, in the same container",
    "second_copy": "body: the second copy of a passage on the page",
    "little_on_its_topic_passed": "body: hardly any text on the topic passed, so the threshold was lowered",
    "little_else_passed": "body: hardly any text passed, so the threshold was lowered",
    "line_of_a_dump": "body: a line of a text dump belongs to the essay unless its words say otherwise",
    **STEPS,
    "above_the_headline": "above the headline, on a page without useful markup",
    "above_links": "a label above links",
    "announced_by_colon": "follows a sentence that ends with a colon",
    "at_the_edge": "among the first or last lines of the essay",
    "at_the_end": "among the last lines of the essay",
    "below_the_headline": "between headline and essay, on a page without useful markup",
    "between_header_and_trailer": "between header and trailer, on a page without useful markup",
    "before_title": "above the article's title",
    "beside_price": "in a small box with a price",
    "beside_SECTION_cue": "in a small box with a cue word of this section",
    "breadcrumb": "a path: parts separated by › or similar",
    "class_NAME": "the block, or an element around it, has this class or id",
    "copyright_sign": "begins with ©",
    "cue_SECTION_holds": "a short text that contains a cue word of this section",
    "cue_SECTION_label": "the text is exactly a cue word of this section",
    "cue_SECTION_lead": "the text begins with a cue word of this section",
    "hashtags": "a line of nothing but hashtags",
    "headline_with_arrow": "a headline with an arrow: the previous or next article",
    "headline_in_header": "the line of the header that is the headline, on a page without useful markup",
    "directly_above_the_title": "a short line directly above the headline, beside it",
    "headline_with_snippet": "a linked headline and a short text, repeatedly",
    "holds_a_date": "a date or time among other words",
    "in_article_header": "between the title and the essay",
    "is_a_sentence": "a whole sentence, like the essay's",
    "is_heading": "a heading, which may belong to the essay",
    "item_in_article_header": "an item of a list between the title and the essay",
    "keyword_line": "words separated by commas or similar",
    "label_in_brackets": "the cue word is in brackets",
    "label_and_linked_headline": "a label with a colon, then a link as long as a headline, and nothing else",
    "line_of_links": "several links on one line",
    "menu_line": "at least four short pieces, separated by bars",
    "short_links_after_the_essay": "links of a word or two, or hashtags, directly after the essay",
    "service_in_article_header": "a share button or another service in a list between the title and the essay",
    "heading_is_a_link": "a heading that is a link, outside menus and the footer",
    "label_before_a_link": "a label for related pages, then nothing but links",
    "label_before_tags": "a label for topics, then nothing but short links",
    "link_of_several_words": "a link of several words after the essay, outside menus and the footer",
    "link_names_a_price": "a link that begins with an amount of money",
    "contents_of_the_article": "an entry of the article's list of contents, or its heading",
    "link_to_tag_page": "links to the page of a tag",
    "link_within_page": "links to another place on the same page",
    "link_within_site": "links to a page of the same site",
    "linked": "all or most of it is a link",
    "language_above_code": "the name of the language of the code below",
    "line_numbers": "the numbers of the lines of code in the next cell",
    "line_of_services": "names of the site's services and nothing else: share, print",
    "list_of_headlines": "in a list of long links",
    "list_of_links": "in a list of links",
    "list_of_short_links": "in a list of short links",
    "lone_linked_headline": "a line inside the essay that is one link as long as a headline",
    "long_link": "a link as long as a headline",
    "market_quotation": "prices with their changes",
    "menu_in_a_line": "words of a menu on one line",
    "card_inside_the_essay": "a linked headline and a text that is cut off, between paragraphs",
    "section_above_the_headline": "a few words below a menu and above the headline",
    "signed_at_the_end": "a name at the end of the essay",
    "signed_by_form": "has the form of a byline, in Chinese or Korean",
    "named_by_class": "its own element is named so",
    "nothing_else_is_known": "prior: text outside the essay is chrome unless something else is known about it",
    "passed_narrowly": "a last line of the essay that passed narrowly",
    "pointer_is_a_sentence": "a whole sentence follows the cue word",
    "pointer_like_headline": "what follows the cue word is as long as a headline, without a full stop",
    "pointer_linked": "what follows the cue word is a link",
    "price": "contains a price",
    "repeated_call_to_action": "a short button or link that the page repeats",
    "asks_for_address": "its box asks for an e-mail address, but not for a password or text",
    "repeated_by_site": "most pages of the site have it, or some have it and it is at the edge of the essay",
    "right_after_the_essay": "names source, editor or tags directly after the essay",
    SITE_RULE: "a site rule says so (`--rules`)",
    "short_line": "a short line",
    "short_link": "a link of a word or two",
    "stamp_alone": "a date or time, and nothing else",
    "stamp_in_list": "a date or time in a list",
    "stands_alone": "no other line of links is next to it",
    "tag_NAME": "an element around the block has this tag",
    "under_SECTION_heading": "below a heading with a cue word of this section",
    "vague_word": "the cue word is a common word",
}
"""By name or pattern of names: NAME and SECTION stand for any word, FEATURE for a feature of main content."""

_WITH: Final = "_with_"
_SLOT: Final = re.compile("NAME|SECTION")


def meaning(name: str) -> str | None:
    """What a name of evidence means, by itself or by its pattern; None if it is not documented."""
    if known := MEANINGS.get(name):
        return known
    first, pair, second = name.partition(_WITH)
    if pair and first in FEATURES and second in FEATURES:
        return f"body: {FEATURES[first]}; and {FEATURES[second]}"
    return next((said for pattern, said in _patterns() if pattern.fullmatch(name)), None)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_SLOT.sub(r"\\w+", name)), said) for name, said in MEANINGS.items() if _SLOT.search(name))
