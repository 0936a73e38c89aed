"""What a site's pages teach, and what they must not."""

from __future__ import annotations

import gc
import pickle
import random
import tracemalloc
import weakref
import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import declutter
from declutter.memory import MAX_SITE_PAGES, SiteMemory, file
from declutter.model import Kind, Label
from declutter.outline import Outline

SITE = "https://portal.example/info/{}.html"


def prose(topic: str, part: int = 0) -> str:
    """A sentence of made-up words; the parts of one topic share their vocabulary."""
    rng = random.Random(topic)
    words = ["".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(4)) for _ in range(20)]
    return " ".join(random.Random(f"{topic} {part}").choices(words, k=24)).capitalize() + "."


def essay(name: str) -> list[str]:
    return [prose(name, part) for part in range(8)]


def page(paragraphs: list[str]) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>A page</title></head><body><div class=entry>{text}</div></body></html>"


def spliced(paragraphs: list[str], *briefs: list[str]) -> str:
    """The essay with a brief after its third paragraph, the next after its fifth."""
    parts = list(paragraphs)
    for place, brief in reversed(list(zip((3, 5), briefs, strict=False))):
        parts[place:place] = brief
    return page(parts)


def learned(pages: dict[str, str]) -> SiteMemory:
    memory = SiteMemory()
    for name, source in pages.items():
        memory.observe(source, url=SITE.format(name))
    return memory


BRIEF = ["Exchange lists a coin named after a cat.", prose("cats"), prose("cats", 1)]
OTHER_BRIEF = [prose("dogs"), prose("dogs", 1)]
LINE = ["Exchange lists a coin named after a striped cat."]
"""Too few words to be told from an essay by them."""


def test_a_brief_that_stands_in_other_essays_is_a_flash_though_nothing_marks_it() -> None:
    memory = learned({name: spliced(essay(name), LINE) for name in "abcd"})

    document = declutter.extract(spliced(essay("a"), LINE), url=SITE.format("a"), memory=memory)

    assert essay("a") == document.text.splitlines()
    assert [(None, "\n".join(LINE))] == [(flash.headline, flash.text) for flash in document.flashes]
    assert not declutter.extract(spliced(essay("a"), LINE), url=SITE.format("a")).flashes


def test_a_page_that_was_never_observed_is_known_by_what_others_hold() -> None:
    memory = learned({name: spliced(essay(name), BRIEF) for name in "bcd"})

    document = declutter.extract(spliced(essay("a"), BRIEF), url=SITE.format("a"), memory=memory)

    assert essay("a") == document.text.splitlines()


def test_two_briefs_in_a_row_are_parted_where_other_pages_stand_behind_them() -> None:
    pages = {name: spliced(essay(name), BRIEF) for name in "bcd"}
    pages |= {name: spliced(essay(name), OTHER_BRIEF) for name in "efg"}
    both = spliced(essay("a"), BRIEF + OTHER_BRIEF)

    document = declutter.extract(both, url=SITE.format("a"), memory=learned(pages | {"a": both}))

    assert ["\n".join(BRIEF), "\n".join(OTHER_BRIEF)] == [flash.text for flash in document.flashes]


def test_a_page_that_quotes_one_paragraph_of_a_brief_does_not_tear_it_apart() -> None:
    pages = {name: spliced(essay(name), BRIEF) for name in "abcdef"} | {"g": spliced(essay("g"), BRIEF[2:])}

    (flash,) = declutter.extract(pages["a"], url=SITE.format("a"), memory=learned(pages)).flashes

    assert "\n".join(BRIEF) == flash.text


def test_headline_and_stamp_of_a_repeated_brief_are_told_from_its_text() -> None:
    brief = [f"Exchange lists a coin named after a cat:{prose('cats')}", f"{prose('cats', 1)}[2023/5/28 9:47:25]"]
    memory = learned({name: spliced(essay(name), brief) for name in "abcd"})

    (flash,) = declutter.extract(spliced(essay("a"), brief), url=SITE.format("a"), memory=memory).flashes

    assert flash.headline == "Exchange lists a coin named after a cat"
    assert f"{prose('cats')}\n{prose('cats', 1)}" == flash.text
    assert flash.published == "2023-05-28T09:47:25"


def test_two_addresses_of_one_essay_teach_nothing_against_it() -> None:
    pages = {
        "a": spliced(essay("a"), BRIEF),
        "a-print": spliced(essay("a"), OTHER_BRIEF),
        "a-amp": page(essay("a")),
        "b": spliced(essay("b"), BRIEF, OTHER_BRIEF),
        "c": spliced(essay("c"), OTHER_BRIEF, BRIEF),
    }
    memory = learned(pages)

    texts = [
        declutter.extract(pages[name], url=SITE.format(name), memory=memory).text for name in ("a", "a-print", "a-amp")
    ]

    assert ["\n".join(essay("a"))] * 3 == texts


def test_an_essay_that_most_pages_of_a_site_reprint_stays_in_each() -> None:
    names = "cdefghijklmn"
    pages = {name: spliced(essay("a"), [prose(name), prose(name, 1)], [prose(f"{name} again")]) for name in names}
    memory = learned(pages)

    for name in names:
        text = declutter.extract(pages[name], url=SITE.format(name), memory=memory).text
        assert set(essay("a")) <= set(text.splitlines())


def test_what_another_site_holds_counts_for_nothing() -> None:
    memory = learned({name: spliced(essay(name), LINE) for name in "abcd"})

    document = declutter.extract(spliced(essay("a"), LINE), url="https://other.example/a", memory=memory)

    assert not document.flashes


NOTICE = prose("lambs")
"""A notice of the site that no word gives away."""


def labels_of(text: str, document: declutter.Document) -> list[Label]:
    return [block.label for block in document.blocks if block.text == text]


def test_a_notice_that_closes_every_essay_of_the_site_is_no_body_and_no_flash() -> None:
    memory = learned({name: page([*essay(name), NOTICE]) for name in "abcdefgh"})
    source = page([*essay("a"), NOTICE])

    document = declutter.explain(source, url=SITE.format("a"), memory=memory)

    assert [Label.BODY] == labels_of(NOTICE, declutter.extract(source, url=SITE.format("a")))
    assert essay("a") == document.text.splitlines()
    assert not document.flashes
    assert [Label.CHROME] == labels_of(NOTICE, document)
    (block,) = (block for block in document.blocks if block.text == NOTICE)
    assert ("repeated_by_site", Label.CHROME) in [(reason.name, reason.label) for reason in block.evidence]


@pytest.mark.parametrize(
    ("place", "pages", "label"), [(0, 3, "chrome"), (8, 3, "chrome"), (4, 3, "flash"), (4, 6, "chrome")]
)
def test_what_few_pages_hold_is_the_sites_only_at_the_edge_of_the_essay(place: int, pages: int, label: str) -> None:
    def with_notice(name: str) -> str:
        return page([*essay(name)[:place], NOTICE, *essay(name)[place:]])

    names = "abcdefgh"
    memory = learned({name: with_notice(name) if name in names[:pages] else page(essay(name)) for name in names})

    document = declutter.extract(with_notice("a"), url=SITE.format("a"), memory=memory)

    assert [label] == labels_of(NOTICE, document)


def test_a_short_line_goes_only_with_the_notices_around_it() -> None:
    other, line = prose("goats"), "Zodan mire belu"
    memory = learned({name: page([*essay(name), NOTICE, line, other]) for name in "abcdefgh"})
    alone = learned({name: page([*essay(name), line, prose(name, 9)]) for name in "abcdefgh"})

    around = declutter.extract(page([*essay("a"), NOTICE, line, other]), url=SITE.format("a"), memory=memory)
    amid = declutter.extract(page([*essay("a"), line, prose("a", 9)]), url=SITE.format("a"), memory=alone)

    assert [Label.CHROME] == labels_of(line, around)
    assert [Label.BODY] == labels_of(line, amid)


def test_subheadings_that_all_essays_of_a_site_share_stay() -> None:
    def recipe(name: str) -> str:
        parts = [f"<p>{paragraph}</p>" for paragraph in essay(name)]
        parts.insert(2, "<h2>Ingredients</h2>")
        parts.insert(5, "<p><b>Preparation</b></p>")
        return f"<html><body><div class=entry>{''.join(parts)}</div></body></html>"

    memory = learned({name: recipe(name) for name in "abcdefgh"})

    lines = declutter.extract(recipe("a"), url=SITE.format("a"), memory=memory).text.splitlines()

    assert {"Ingredients", "Preparation"} <= set(lines)


def test_a_page_without_an_address_is_compared_with_others_that_have_none() -> None:
    memory = SiteMemory()
    for name in "bcd":
        memory.observe(spliced(essay(name), BRIEF))

    document = declutter.extract(spliced(essay("a"), BRIEF), memory=memory)

    assert essay("a") == document.text.splitlines()


# -- the algebra -------------------------------------------------------------------------------------------------------


def outline(*texts: str) -> Outline:
    made = Outline()
    made.tags.append("p")
    made.parents.append(0)
    made.kinds.append(Kind.PARAGRAPH)
    for text in texts:
        made.texts.append(text)
        made.owners.append(1)
        made.linked.append(0)
    return made


Observed = tuple[str, tuple[str, ...]]
OBSERVED = st.lists(
    st.tuples(
        st.sampled_from(["https://a.example/1", "https://a.example/2", "https://b.example/1", "https://b.example/2"]),
        st.lists(st.text("xyz ", min_size=1, max_size=9), min_size=1, max_size=4).map(tuple),
    ),
    max_size=8,
)


def of(observed: list[Observed]) -> SiteMemory:
    memory = SiteMemory()
    for url, texts in observed:
        memory.learn(outline(*texts), url=url)
    return memory


@given(OBSERVED, st.randoms(use_true_random=False))
def test_the_order_of_pages_makes_no_difference(observed: list[Observed], rng: random.Random) -> None:
    shuffled = observed.copy()
    rng.shuffle(shuffled)

    assert of(observed) == of(shuffled)


@given(OBSERVED)
def test_learning_twice_is_learning_once(observed: list[Observed]) -> None:
    assert of(observed) == of(observed + observed)


@given(OBSERVED, OBSERVED)
def test_parts_that_are_merged_are_the_whole(one: list[Observed], other: list[Observed]) -> None:
    merged = of(one)
    merged.merge(of(other))

    assert of(one + other) == merged


def test_past_its_bounds_a_memory_keeps_the_same_pages_in_any_order_and_however_merged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("declutter.memory.MAX_SITE_PAGES", 5)
    monkeypatch.setattr("declutter.memory.MAX_PAGES", 12)
    observed = [(f"https://{host}.example/{number}", (f"{host} {number}",)) for host in "abcde" for number in range(30)]
    whole = of(observed)

    for seed in range(5):
        random.Random(seed).shuffle(observed)
        parts = [of(observed[at : at + 40]) for at in range(0, len(observed), 40)]
        merged = SiteMemory()
        for part in parts:
            merged.merge(part)
        assert whole == of(observed) == merged
    assert len(whole) == 12


def test_a_memory_says_how_much_it_holds() -> None:
    memory = learned({name: page(essay(name)) for name in "abc"})
    memory.observe(page(essay("d")), url="https://other.example/d")

    assert "<SiteMemory: 4 pages of 2 sites>" == repr(memory)


def test_what_was_made_to_look_up_a_site_goes_with_the_next_page_that_is_learned() -> None:
    memory = learned({name: spliced(essay(name), BRIEF) for name in ("north", "south")})
    declutter.extract(spliced(essay("east"), BRIEF), url=SITE.format("east"), memory=memory)
    gc.disable()  # which would only free it later
    try:
        index = weakref.ref(memory._sites["portal.example"])
        memory.observe(page(essay("west")), url=SITE.format("west"))

        assert index() is None
    finally:
        gc.enable()


def test_of_two_states_of_a_page_the_fuller_one_stays() -> None:
    full, short = ("https://a.example/1", ("one", "two", "three")), ("https://a.example/1", ("four",))

    assert of([full]) == of([full, short]) == of([short, full])


def test_a_page_of_many_blocks_leaves_a_bounded_trace() -> None:
    memory = SiteMemory()
    memory.learn(outline(*(f"block {number}" for number in range(5000))), url="https://a.example/")

    assert len(pickle.dumps(memory)) < 3000


# -- the file ----------------------------------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(OBSERVED)
def test_what_is_saved_is_what_is_loaded(tmp_path: Path, observed: list[Observed]) -> None:
    memory = of(observed)
    memory.save(tmp_path / "site.memory")

    assert memory == SiteMemory.load(tmp_path / "site.memory")
    assert memory == SiteMemory.from_bytes(memory.to_bytes())
    assert (tmp_path / "site.memory").read_bytes() == memory.to_bytes()


def test_the_same_memory_is_the_same_file_in_whatever_order_it_was_learned(tmp_path: Path) -> None:
    observed = [
        (f"https://{host}.example/{number}", (prose(f"{host}{number}"),)) for host in "ab" for number in range(9)
    ]
    of(observed).save(tmp_path / "one")
    of(observed[::-1]).save(tmp_path / "other")

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert ["one", "other"] == sorted(entry.name for entry in tmp_path.iterdir())


def test_a_memory_crosses_processes() -> None:
    memory = learned({name: spliced(essay(name), BRIEF) for name in "bcd"})

    assert memory == pickle.loads(pickle.dumps(memory))


def written(path: Path, *columns: object) -> Path:
    path.write_bytes(file._MAGIC + zlib.compress(msgspec.msgpack.encode(columns)))
    return path


@pytest.mark.parametrize(
    "columns",
    [
        (),
        ("a.example", b"\1\0\0\0", b"", b"", b""),
        ("a.example", b"\1\0\0\0", b"8" * 8, b"\x09\0\0\0", b"8" * 9),
        ("a.example", b"\1\0\0\0", b"8" * 8, b"\xff\xff\xff\xff", b""),
        ("a\nb", b"\1\0\0\0", b"8" * 8, b"\0\0\0\0", b""),
        ("\n" * 100_000, b"", b"", b"", b""),
        ("a" * 400, b"\1\0\0\0", b"8" * 8, b"\0\0\0\0", b""),
        (1, 2, 3, 4, 5),
    ],
)
def test_a_file_whose_parts_do_not_fit_is_refused_by_name(tmp_path: Path, columns: tuple[object, ...]) -> None:
    path = written(tmp_path / "strange", *columns)

    with pytest.raises(declutter.RulesError, match="strange"):
        SiteMemory.load(path)


@given(content=st.binary(max_size=200), whole=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_other_file_is_refused(tmp_path: Path, content: bytes, *, whole: bool) -> None:
    path = tmp_path / "other"
    path.write_bytes((file._MAGIC if whole else b"") + content)

    with pytest.raises(declutter.RulesError, match="other.*damaged" if whole else "other.*not a site memory"):
        SiteMemory.load(path)


def test_a_file_that_goes_on_after_its_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "longer"
    SiteMemory().save(path)
    with path.open("ab") as stream:
        stream.write(b"x")

    with pytest.raises(declutter.RulesError, match="longer.*damaged"):
        SiteMemory.load(path)


def test_a_large_file_that_is_no_memory_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "film"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)

    tracemalloc.start()
    with pytest.raises(declutter.RulesError, match="not a site memory"):
        SiteMemory.load(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 1_000_000


def test_a_file_that_unfolds_without_end_is_refused_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "_MAX_BYTES", 1000)
    path = written(tmp_path / "bomb", "a", b"", b"", b"", b"0" * 10_000_000)

    with pytest.raises(declutter.RulesError, match="longer than any memory"):
        SiteMemory.load(path)


def test_a_cap_of_pages_holds_for_a_host() -> None:
    memory = SiteMemory()
    for number in range(2 * MAX_SITE_PAGES + 2):
        memory._add("a.example", number, b"")

    assert len(memory) == MAX_SITE_PAGES
