"""The names of all evidence for flashes, and what each means: what `explain` documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from declutter.model import Evidence, Label

Reason: TypeAlias = tuple[str, float]
"""A name of REASONS, and its weight in log-odds."""

REASONS: Final = {
    "few_blocks_are_flashes": "what any span must outweigh",
    "closing_stamp": "a time stamp in brackets closes the span",
    "closing_time": "a date without brackets closes the span, after the end of a sentence",
    "stamp_on_its_own_line": "the span's last block is a time stamp and nothing else",
    "time_before_the_text": "a time of day opens the block",
    "time_behind_the_headline": "a time of day stands behind the headline, on its line",
    "source_on_its_own_line": "a line that names its source and nothing else closes the span, or stands in it",
    "source_behind_the_text": "the source, in brackets, closes the span",
    "sign_before_the_text": "a sign that draws the eye opens the block: `⚡`, `🔥`",
    "goes_on_without_a_mark": "nothing but words says that another paragraph is of the span",
    "stamp_without_a_date": "the stamp cannot be read as a full date",
    "stamp_inside_a_sentence": "no full stop stands before the stamp",
    "stamp_glued_to_the_text": "no space parts the stamp from the sentence, in a script that has spaces",
    "date_of_a_quotation": "the stamp follows a closing quotation mark",
    "date_of_something_named": "words stand beside the date in its brackets, as in a citation",
    "dated_reference": "a day closes a numbered line, as the day on which a source was looked at",
    "date_closes_a_sentence": "a full stop follows the bracket",
    "headline_by_kicker": "a kicker stands before the headline: `BRIEF | …`",
    "headline_by_bracket": "the headline stands in brackets: `【…】`",
    "headline_by_colon": "a colon parts the headline from the text",
    "headline_by_bar": "a bar parts the headline from the text",
    "headline_by_dash": "a dash parts the headline from the text",
    "headline_by_line": "the headline is a line of its own, without a closing mark",
    "no_headline": "no headline by form stands above a stamp on its own line, as in comments and bylines",
    "headline_taken_up_again": "the text repeats the headline's words (or, negative, none of them)",
    "dateline": "place, date and agency open the text: `LONDON, May 28 (Reuters) -`",
    "wire": "an agency in brackets opens the text: `LISSE (ANP) -`",
    "dated_opening": "a day without a year opens the text: `5月28日消息,`",
    "report": "the words of a report open the text: `according to …`",
    "agency": "a news agency is named where the text opens",
    "foreign_words": "the span's vocabulary is not the page's, nor its neighbours'",
    "words_to_judge_by": "how many words the span has: of few, little can be said",
    "rare_words_of_other_blocks": "many blocks share one of its rare words (or, for a flash, few)",
    "words_that_its_neighbours_share": "the block before it and the one behind it speak of the same",
    "words_that_most_blocks_have": "the span has the essay's commonest words (or, for a flash, none)",
    "words_of_the_blocks_beside_it": "the span takes up words of its neighbours (or, for a flash, none)",
    "words_that_tie_its_blocks": "the span's blocks share words that no other block has",
    "names_of_its_own": "the span names what the rest of the essay does not (or, against a flash, what it does)",
    "style_of_its_own": "marks and spaces are written otherwise than on the rest of the page",
    "others_like_it": "other spans of the page have the same stamp or headline",
    "sentence_goes_on": "the text after the headline begins in lower case, and no stamp closes it",
    "announced": "the paragraph before it ends with a colon, as what leads on to a quotation or an example does",
    "headline_in_bold": "the headline is set in bold type and the text is not, as headings of paragraphs are",
    "labels_like_it": "the paragraphs beside it begin with a label and a colon too",
    "page_of_labels": "most of the page's paragraphs begin with a label and a colon",
    "said_twice": "the page says the same elsewhere: it is a page of teasers, or shows an article more than once",
    "headed_section": "the headline is marked up as a heading, as those of the page's own sections are",
    "time_of_the_page": "the only time that is said to be that of publication: the page's",
    "page_of_times": "most of the page's paragraphs open with a time of day",
    "one_of_a_list": "spans stand one after the other: a round-up, a live blog or a log, which is the page's own",
    "too_little_text": "no sentence is left beside headline and stamp",
    "box_of_its_own": "a small element amid the essay's paragraphs holds a line and a text",
    "boxes_like_it": "other boxes of the same name say what the essay says",
    "item_of_a_list": "the span stands in a list or a table",
    "quotation": "the span stands in a quotation",
    "begins_the_essay": "nothing of the essay stands before it",
    "ends_the_essay": "nothing of the essay stands after it",
    "unlike_the_essay": "a block of it was taken for something else than the essay",
    "on_other_pages": "the site's other pages hold it, in other essays",
}
"""By name, what was seen."""


def evidence(reasons: Iterable[Reason]) -> tuple[Evidence, ...]:
    """The reasons that weigh anything, as evidence for a flash."""
    return tuple(Evidence(name, weight, Label.FLASH) for name, weight in reasons if weight)
