"""The names of all evidence for flashes, and what each means: what `explain` documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from declutter.model import Evidence, Label

Reason: TypeAlias = tuple[str, float]
"""A name of REASONS, and its weight in log-odds."""

REASONS: Final = {
    "few blocks are flashes": "what any span must outweigh",
    "closing stamp": "a time stamp in brackets closes the span",
    "closing time": "a date without brackets closes the span, after the end of a sentence",
    "stamp on its own line": "the span's last block is a time stamp and nothing else",
    "time before the text": "a time of day opens the block",
    "time behind the headline": "a time of day stands behind the headline, on its line",
    "source on its own line": "a line that names its source and nothing else closes the span, or stands in it",
    "source behind the text": "the source, in brackets, closes the span",
    "sign before the text": "a sign that draws the eye opens the block: `⚡`, `🔥`",
    "goes on without a mark": "nothing but words says that another paragraph is of the span",
    "stamp without a date": "the stamp cannot be read as a full date",
    "stamp inside a sentence": "no full stop stands before the stamp",
    "stamp glued to the text": "no space parts the stamp from the sentence, in a script that has spaces",
    "date of a quotation": "the stamp follows a closing quotation mark",
    "date of something named": "words stand beside the date in its brackets, as in a citation",
    "dated reference": "a day closes a numbered line, as the day on which a source was looked at",
    "date closes a sentence": "a full stop follows the bracket",
    "headline by kicker": "a kicker stands before the headline: `BRIEF | …`",
    "headline by bracket": "the headline stands in brackets: `【…】`",
    "headline by colon": "a colon parts the headline from the text",
    "headline by bar": "a bar parts the headline from the text",
    "headline by dash": "a dash parts the headline from the text",
    "headline by line": "the headline is a line of its own, without a closing mark",
    "no headline": "no headline by form stands above a stamp on its own line, as in comments and bylines",
    "headline taken up again": "the text repeats the headline's words (or, negative, none of them)",
    "dateline": "place, date and agency open the text: `LONDON, May 28 (Reuters) -`",
    "wire": "an agency in brackets opens the text: `LISSE (ANP) -`",
    "dated opening": "a day without a year opens the text: `5月28日消息,`",
    "report": "the words of a report open the text: `according to …`",
    "agency": "a news agency is named where the text opens",
    "foreign words": "the span's vocabulary is not the page's, nor its neighbours'",
    "words to judge by": "how many words the span has: of few, little can be said",
    "rare words of other blocks": "many blocks share one of its rare words (or, for a flash, few)",
    "words that its neighbours share": "the block before it and the one behind it speak of the same",
    "words that most blocks have": "the span has the essay's commonest words (or, for a flash, none)",
    "words of the blocks beside it": "the span takes up words of its neighbours (or, for a flash, none)",
    "words that tie its blocks": "the span's blocks share words that no other block has",
    "names of its own": "the span names what the rest of the essay does not (or, against a flash, what it does)",
    "style of its own": "marks and spaces are written otherwise than on the rest of the page",
    "others like it": "other spans of the page have the same stamp or headline",
    "sentence goes on": "the text after the headline begins in lower case, and no stamp closes it",
    "announced": "the paragraph before it ends with a colon, as what leads on to a quotation or an example does",
    "headline in bold": "the headline is set in bold type and the text is not, as headings of paragraphs are",
    "labels like it": "the paragraphs beside it begin with a label and a colon too",
    "page of labels": "most of the page's paragraphs begin with a label and a colon",
    "said twice": "the page says the same elsewhere: it is a page of teasers, or shows an article more than once",
    "headed section": "the headline is marked up as a heading, as those of the page's own sections are",
    "time of the page": "the only time that is said to be that of publication: the page's",
    "page of times": "most of the page's paragraphs open with a time of day",
    "one of a list": "spans stand one after the other: a round-up, a live blog or a log, which is the page's own",
    "too little text": "no sentence is left beside headline and stamp",
    "box of its own": "a small element amid the essay's paragraphs holds a line and a text",
    "boxes like it": "other boxes of the same name say what the essay says",
    "item of a list": "the span stands in a list or a table",
    "quotation": "the span stands in a quotation",
    "begins the essay": "nothing of the essay stands before it",
    "ends the essay": "nothing of the essay stands after it",
    "unlike the essay": "a block of it was taken for something else than the essay",
    "on other pages": "the site's other pages hold it, in other essays",
}
"""By name, what was seen."""


def evidence(reasons: Iterable[Reason]) -> tuple[Evidence, ...]:
    """The reasons that weigh anything, as evidence for a flash."""
    return tuple(Evidence(name, weight, Label.FLASH) for name, weight in reasons if weight)
