"""The entries of a live blog: what was said when, in every form that pages write their stamps in."""

from __future__ import annotations

import json

import pytest

import declutter
from declutter import Document, Entry, Label

TEXTS = (
    "The tide turned at the north quay and the cranes took up their slack, slowly, without a sound from the crowd.",
    "A pin that had rusted into its collar was warmed by two welders, lowered in a basket from the crane above.",
    "Daylight could be seen under the eastern bearing, and four thousand people on the quay began to applaud.",
    "Both cranes report the load as stable, and everybody waits for the tugs to come round the end of the mole.",
)
NORTH = "北方的碼頭上潮水開始轉向,兩台起重機慢慢地收緊了鋼索,人群裡沒有一點聲音,第{}次。"


def read(entries: str, *, title: str = "Bridge lift: live updates", head: str = "", url: str | None = None) -> Document:
    intro = "<p>Two floating cranes are trying to raise the old span in a single tide. Follow the work here.</p>"
    return declutter.extract(
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{intro}{entries}"
        "</article>",
        url=url,
    )


def each(template: str, texts: tuple[str, ...] = TEXTS) -> str:
    return "".join(template.format(hour=13 - place, text=text) for place, text in enumerate(texts))


@pytest.mark.parametrize(
    ("template", "time", "headline"),
    [
        (
            '<div><time datetime="2024-03-05T{hour}:15:00Z">{hour}.15</time><h2>At {hour}</h2><p>{text}</p></div>',
            "2024-03-05T13:15:00Z",
            "At 13",
        ),
        ("<div><h2>At {hour}</h2><p>5 March 2024, {hour}:15</p><p>{text}</p></div>", "2024-03-05T13:15", "At 13"),
        ("<h3>At {hour}</h3><p>{hour}:15</p><p>{text}</p>", "13:15", "At 13"),
        ("<p><b>{hour}.15 Uhr</b></p><p><b>Um {hour}</b></p><p>{text}</p>", "13:15", "Um 13"),
        ("<p>{hour}:15 — {text}</p>", "13:15", None),
        ("<p>{hour}h15 : {text}</p>", "13:15", None),
        ("<p>{text} [5/3/2024 {hour}:15]</p>", "2024-03-05T13:15", None),
        ("<li>{hour}:15 <b>News</b><p>{text}</p></li>", "13:15", "News"),
        ("<li>{hour}:15 CET <b>NATO</b><p>{text}</p></li>", "13:15", "NATO"),
        ("<li>{hour}:15 <b>UN</b><p>{text}</p></li>", "13:15", "UN"),
    ],
)  # fmt: skip
def test_an_entry_has_its_time_its_headline_and_its_text(template: str, time: str, headline: str | None) -> None:
    entries = read(each(template)).entries

    assert [entry.text for entry in entries] == list(TEXTS)
    assert (entries[0].time, entries[0].headline) == (time, headline)
    assert [entry.time for entry in entries] == sorted((entry.time or "" for entry in entries), reverse=True)


def test_times_of_twelve_hours_are_read_by_their_half_of_the_day() -> None:
    times = ("1:15 p.m.", "12:15 p.m.", "11:15 a.m.", "12:15 a.m.")

    entries = read("".join(f"<p>{time} — {text}</p>" for time, text in zip(times, TEXTS, strict=True))).entries

    assert [entry.time for entry in entries] == ["13:15", "12:15", "11:15", "00:15"]


@pytest.mark.parametrize(
    ("title", "template", "time"),
    [
        ("直播:老橋被吊起", "<p>【{hour}:15】{text}</p>", "13:15"),
        ("實時:老橋被吊起", "<p>{hour}時15分</p><p>{text}</p>", "13:15"),
        ("Онлайн: мост поднимают", "<p>{hour}:15. {text}</p>", "13:15"),
        ("Relacja na żywo z portu", "<p>godz. {hour}.15</p><p>{text}</p>", "13:15"),
        ("El puente, minuto a minuto", "<p>{hour}:15 h. {text}</p>", "13:15"),
    ],
)
def test_pages_of_other_languages_say_that_they_are_live_too(title: str, template: str, time: str) -> None:
    entries = read(each(template, tuple(NORTH.format(place) for place in range(4))), title=title).entries

    assert [entry.time for entry in entries][:1] == [time]


def test_entries_name_their_blocks_and_stay_in_the_essay() -> None:
    document = read(
        each('<div><time datetime="2024-03-05T{hour}:15">{hour}:15</time><h2>At {hour}</h2><p>{text}</p></div>')
    )

    for entry, text in zip(document.entries, TEXTS, strict=True):
        blocks = [document.blocks[index] for index in entry.blocks]
        assert [block.text for block in blocks][-1] == text
        assert blocks[-1].label is Label.BODY
        assert text in document.text


def test_several_paragraphs_make_one_entry() -> None:
    entries = read(
        each("<p>{hour}:15</p><p>{text}</p><p>More of it at {hour} from our man on the mole, who is wet.</p>")
    ).entries

    assert [entry.text.split("\n") for entry in entries] == [
        [text, f"More of it at {13 - place} from our man on the mole, who is wet."] for place, text in enumerate(TEXTS)
    ]


SENTENCES = "".join(f"<p>{text} We left at {place}:15 and were home by noon.</p>" for place, text in enumerate(TEXTS))
OTHERS = {
    "a chronicle": ("A day in the harbour", each("<p>{hour}:15 — {text}</p>")),
    "no stamps": ("Live from the harbour", "".join(f"<p>{text}</p>" for text in TEXTS)),
    "times in sentences": ("How to live by the harbour", SENTENCES),
    "numbers": ("Live scores", each("<p>{hour}:10,5 {text}</p>")),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_pages_have_no_entries(name: str) -> None:
    title, body = OTHERS[name]

    assert read(body, title=title).entries == ()


def live_blog(*updates: dict[str, str]) -> str:
    return (
        '<script type="application/ld+json">'
        + json.dumps({"@type": "LiveBlogPosting", "headline": "Bridge lift", "liveBlogUpdate": updates})
        + "</script>"
    )


UPDATES = tuple(
    {
        "@type": "BlogPosting",
        "headline": f"At {13 - place}",
        "datePublished": f"2024-03-05T{13 - place}:15:00+01:00",
        "articleBody": f"<p>{text}</p>",
    }
    for place, text in enumerate(TEXTS)
)


def test_json_ld_gives_the_day_of_a_shown_time() -> None:
    document = read(each("<p>{hour}:15 — {text}</p>"), title="The bridge", head=live_blog(*UPDATES))

    assert [entry.time for entry in document.entries] == [update["datePublished"] for update in UPDATES]
    assert all(entry.blocks for entry in document.entries)


def test_entries_that_the_page_only_describes_are_given_without_blocks() -> None:
    document = read("", title="The bridge", head=live_blog(*UPDATES))

    assert document.entries == tuple(
        Entry(update["datePublished"], update["headline"], text) for update, text in zip(UPDATES, TEXTS, strict=True)
    )
    assert json.loads(document.to_json())["entries"][0]["time"] == "2024-03-05T13:15:00+01:00"
