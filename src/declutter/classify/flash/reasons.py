"""The names of all evidence for flashes, and what each means, as `explain` documents it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from declutter.model import Evidence, Label

Reason: TypeAlias = tuple[str, float]
"""A name from REASONS, and its weight in log-odds."""

REASONS: Final = {
    "few_blocks_are_flashes": "flashes are rare: what the other evidence must outweigh",
    "closing_stamp": "a time stamp in brackets ends the text",
    "closing_time": "a date without brackets ends the text, after the end of a sentence",
    "stamp_on_its_own_line": "the last block is a time stamp and nothing else",
    "time_before_the_text": "the text opens with a time of day",
    "time_after_the_headline": "a time of day follows the headline, on its line",
    "source_on_its_own_line": "a line only names the source, at the end or inside",
    "source_after_the_text": "the source ends the text, in brackets or after the last sentence: `via CoinDesk`",
    "pointer_after_the_text": "words for a link end the text, after the last sentence or on a line below: `Read more`",
    "subjects_after_the_text": "hashtags end the text, after the last sentence: `#BTC #Crypto`",
    "subjects_on_their_own_line": "hashtags are on a line of their own below the text: `#BTC #Crypto`",
    "sign_before_the_text": "the text opens with an eye-catching sign: `⚡`, `🔥`",
    "goes_on_without_a_mark": "only its words say that a further paragraph belongs to the flash",
    "stamp_without_a_date": "the time stamp is not a full date",
    "stamp_inside_a_sentence": "no full stop precedes the time stamp",
    "stamp_behind_a_label": "a day follows a few letters, as in the headings of a changelog: `4.1.0 [2023-03-19]`",
    "stamp_glued_to_the_text": "no space separates the time stamp from the sentence, in a script with spaces",
    "date_of_a_quotation": "the time stamp follows a closing quotation mark",
    "date_of_something_named": "the brackets hold words beside the date, as in a citation",
    "dated_reference": "a day ends a numbered line, like the access date of a reference",
    "date_closes_a_sentence": "a full stop follows the bracket",
    "headline_by_kicker": "a kicker precedes the headline: `BRIEF | …`",
    "headline_by_bracket": "the headline is in brackets: `【…】`",
    "headline_by_fence": "signs stand before and behind the headline: `+++ … +++`",
    "headline_by_colon": "a colon separates headline and text",
    "headline_by_bar": "a bar separates headline and text",
    "headline_by_dash": "a dash separates headline and text",
    "headline_by_line": "the headline is on a line of its own, without a full stop",
    "no_headline": "no headline precedes a time stamp on its own line, as in comments and bylines",
    "headline_taken_up_again": "the text repeats words of the headline (negative: none of them)",
    "dateline": "the text opens with place, date and agency: `LONDON, May 28 (Reuters) -`",
    "wire": "the text opens with an agency in brackets: `LISSE (ANP) -`",
    "dated_opening": "the text opens with a day without a year: `5月28日消息,`",
    "placed_opening": "the text opens with a place alone: `Szeged – …`",
    "report": "the text opens like a report: `according to …`",
    "agency": "the opening names a news agency",
    "foreign_words": "its vocabulary differs from that of the page and of its neighbours",
    "words_to_judge_by": "number of words: a few say little",
    "rare_words_of_other_blocks": "many blocks share one of its rare words (for a flash: few do)",
    "words_that_its_neighbours_share": "the blocks before and after it share words",
    "words_that_most_blocks_have": "it has the commonest words of the essay (for a flash: none)",
    "words_of_the_blocks_beside_it": "it repeats words of its neighbours (for a flash: none)",
    "words_that_tie_its_blocks": "its blocks share words that no other block has",
    "names_of_its_own": "it has names that the rest of the essay lacks (against a flash: names that the essay has)",
    "figures_of_its_own": "it has figures, and hardly any other paragraph has",
    "style_of_its_own": "its punctuation and spacing differ from the rest of the page",
    "mark_before_the_headline": "a number, a sign or bold type opens several paragraphs, each with a headline",
    "others_like_it": "others on the page have the same form of time stamp or headline",
    "a_flash_like_it": "it has the form of another that is surely a flash",
    "sentence_goes_on": "the text after the headline begins in lower case, and no time stamp ends it",
    "announced": "the paragraph before it ends with a colon, as before a quotation or example",
    "headline_in_bold": "the headline is bold and the text is not, like a heading of a paragraph",
    "labels_like_it": "the neighbouring paragraphs begin with a label and a colon, too",
    "page_of_labels": "most paragraphs of the page begin with a label and a colon",
    "said_twice": "the page repeats it elsewhere: a page of teasers, or one that shows an article twice",
    "headed_section": "the headline is marked up as a heading, like those of the page's own sections",
    "time_of_the_page": "its time is the only publication time, so it is the page's",
    "page_of_times": "most paragraphs of the page open with a time of day",
    "one_of_a_list": "several follow each other directly: a round-up, live blog or log of the page's own",
    "too_little_text": "no sentence remains besides headline and time stamp",
    "box_of_its_own": "a small element between the essay's paragraphs holds a line and a text",
    "boxes_like_it": "other boxes with the same class repeat what the essay says",
    "item_of_a_list": "it is in a list or table",
    "quotation": "it is in a quotation",
    "begins_the_essay": "nothing of the essay precedes it",
    "ends_the_essay": "nothing of the essay follows it",
    "unlike_the_essay": "one of its blocks was taken for something other than the essay",
    "on_other_pages": "other pages of the site have it, in other essays",
}
"""Name to meaning."""

RARE: Final[Reason] = ("few_blocks_are_flashes", -3.05)
"""Where a flash has no time stamp, this is what all else that speaks for it must outweigh."""


def evidence(reasons: Iterable[Reason]) -> tuple[Evidence, ...]:
    """The reasons with a weight other than 0, as evidence for a flash."""
    return tuple(Evidence(name, weight, Label.FLASH) for name, weight in reasons if weight)
