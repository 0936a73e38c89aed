"""What rules say of blocks counts, and is named as evidence."""

from __future__ import annotations

import pytest

import declutter
from declutter.model import Label
from declutter.rulings import Rulings
from tests.counting import steps_of

MILLS = """\
<html><head><title>Die Gezeitenmühlen der Bucht</title></head><body><nav class=menu><a href=/>Start</a></nav>
<article class=post><h1>Die Gezeitenmühlen der Bucht</h1>
<p>Vierhundert Jahre lang drehten sich die Mühlen der Bucht zweimal am Tag, wenn das Wasser unter dem Rad ablief.</p>
<p class=kasten>Der Hafenrat hat einen Vorsitzenden gewählt; er tritt sein Amt an der Bucht an.</p>
<p class=kasten>Bis dahin führt sie die Frau am Wasser, teilte der Rat am Abend mit.</p>
<p>Die letzte stand still, als die Bahn kam, denn das Mehl aus der Ebene war am Bahnhof billiger als das vom Ufer.</p>
<div class=randspalte><p>Ein Stein wog so viel wie zwei Kühe, und getauscht wurde er alle zwanzig Jahre.</p></div>
<p>Geblieben sind eine Mauer, zwei Steine und ein Schütz, über das die Kinder bei Niedrigwasser springen.</p>
<p>Zum Weiterlesen</p><p>Eine kurze Geschichte der Schleusen und Tore</p><p>Warum die Fähre sich verspätete</p>
</article><footer>Impressum</footer></body></html>"""

DUMP = """\
潮汐磨坊的四百年
四百年来,河口的磨坊每天转动两次,每当潮水从水轮下退去,磨坊主无论几点都要起床。
港务局经过长时间投票选出了新主席,他将在春季上任。
最后一座磨坊在铁路通车那年停了下来,因为车站的面粉比对岸的更便宜。
本站精选
水闸的简史
渡轮为何晚点"""


def ruled(rules: str, page: str = MILLS, url: str | None = "https://muehlen.example/a") -> declutter.Document:
    options = declutter.ExtractOptions(rules=declutter.SiteRules.parse(f'hosts = ["muehlen.example"]\n{rules}'))
    return declutter.explain(page, url=url, options=options)


def labels(document: declutter.Document) -> dict[str, str]:
    return {block.text[:12]: block.label.value for block in document.blocks}


def test_the_page_alone_does_not_tell() -> None:
    assert {"body"} == {
        labels(declutter.extract(MILLS))[text] for text in ("Der Hafenrat", "Zum Weiterle", "Warum die Fä")
    }


def test_a_selector_names_flashes_which_become_records() -> None:
    document = ruled('[[label]]\nselect = "p.kasten"\nas = "flash"')

    (flash,) = document.flashes
    assert (3, 4) == flash.blocks
    assert flash.text.startswith("Der Hafenrat")
    assert "Hafenrat" not in document.text
    assert ["site_rule"] == [
        reason.name for reason in document.blocks[3].evidence if reason.label is declutter.Label.FLASH
    ]


def test_neighbours_with_headlines_of_their_own_are_flashes_of_their_own() -> None:
    page = MILLS.replace("Bis dahin", "BRIEF | Fähre nach Norden fällt im Winter aus: Bis dahin")

    assert [(3,), (4,)] == [
        flash.blocks for flash in ruled('[[label]]\nselect = ".kasten"\nas = "flash"', page).flashes
    ]


def test_a_brief_of_a_few_words_is_a_flash_where_a_rule_says_so() -> None:
    page = MILLS.replace("Der Hafenrat hat einen Vorsitzenden gewählt; er tritt sein Amt an der Bucht an.", "Neu.")

    assert "Neu." in [flash.text for flash in ruled('[[label]]\ntext = "Neu."\nas = "flash"', page).flashes]


def test_a_phrase_starts_a_list_that_ends_with_its_section() -> None:
    found = labels(ruled('[[start]]\nphrase = "zum  weiter"\nas = "related"'))

    assert {"related"} == {found[text] for text in ("Zum Weiterle", "Eine kurze G", "Warum die Fä")}
    assert ("body", "chrome") == (found["Geblieben si"], found["Impressum"])


def test_a_phrase_starts_a_list_that_ends_before_another() -> None:
    found = labels(ruled('[[start]]\nphrase = "Zum Weiterlesen"\nas = "related"\nuntil = "Warum"'))

    assert ("related", "body") == (found["Eine kurze G"], found["Warum die Fä"])


def test_what_a_heading_alone_in_its_box_starts_is_the_rest_of_the_box_around() -> None:
    page = MILLS.replace("<p>Zum Weiterlesen</p>", "<section><header><h4>Zum Weiterlesen</h4></header>").replace(
        "</article>", "</section><p>Der Text ist der Anfang eines Buches über das Wasser.</p></article>"
    )

    found = labels(ruled('[[start]]\ntext = "Zum Weiterlesen"\nas = "promo"', page))

    assert ("promo", "promo", "body") == (found["Eine kurze G"], found["Warum die Fä"], found["Der Text ist"])


def test_the_essay_goes_on_below_a_box_that_a_rule_takes_out_of_it() -> None:
    paragraph = "Das Rad der alten Mühle am Fluss stand viele Jahre still, und niemand wusste, warum man sie verließ. "
    essay = "".join(f"<p>Im Jahr {year}: {paragraph * 3}</p>" for year in (1911, 1924, 1947))
    box = f"<div class=x><h3>Werbung</h3><p>{'Der Verein sucht Müller und Zimmerleute. ' * 4}</p></div>"
    last = "Heute mahlt die Mühle am Fluss wieder, und im Hof steht ein Ofen für das Brot der Müller."
    page = f"<body><div class=story><h1>Die Mühle am Fluss</h1>{essay}</div>{box}<p>{last}</p>"

    found = labels(ruled('[[label]]\nselect = ".x"\nas = "promo"', page))

    assert ("promo", "body") == (found["Werbung"], found[last[:12]])


def test_keep_is_stronger_than_label_and_label_than_start() -> None:
    found = labels(
        ruled(
            '[[keep]]\nselect = ".randspalte"\n[[label]]\nselect = "article div"\nas = "promo"\n'
            '[[start]]\nphrase = "Die letzte"\nas = "comment"\n[[label]]\ntext = "Zum Weiterlesen"\nas = "related"'
        )
    )

    assert ("body", "related", "comment") == (found["Ein Stein wo"], found["Zum Weiterle"], found["Geblieben si"])


def test_what_a_rule_keeps_is_never_a_flash() -> None:
    page = MILLS.replace("Der Hafenrat", "BRIEF | Rat wählt neuen Vorsitz: Der Hafenrat").replace(
        "mit.</p>", "mit.[2023/5/28 9:47:25]</p>"
    )
    kept = ruled('[[keep]]\nselect = "p.kasten"', page)

    assert ruled('[[keep]]\ntext = "nirgends"', page).flashes
    assert ((), "body") == (kept.flashes, kept.blocks[3].label)


def test_a_selector_may_name_an_inline_element_that_holds_all_that_a_block_says() -> None:
    page = MILLS.replace("<p class=kasten>Der", "<p><b class=k>Der").replace("Frühjahr an.</p>", "Frühjahr an.</b></p>")
    page = page.replace("zwei Steine", "<b class=k>zwei Steine</b>")

    found = labels(ruled('[[label]]\nselect = "b.k"\nas = "promo"', page))

    assert ("promo", "body") == (found["Der Hafenrat"], found["Geblieben si"])


def test_in_a_text_dump_phrases_count_and_selectors_find_nothing() -> None:
    document = ruled(
        '[[start]]\ntext = "本站精选"\nas = "related"\n'
        '[[label]]\nphrase = "港务局"\nas = "flash"\n[[keep]]\nselect = "*"',
        DUMP,
    )

    assert ["related"] * 3 == [block.label.value for block in document.blocks[-3:]]
    assert ["港务局经过长时间投票选出了新主席,他将在春季上任。"] == [flash.text for flash in document.flashes]


def test_rules_of_other_hosts_change_nothing() -> None:
    other = ruled('[[label]]\nselect = "p"\nas = "promo"', url="https://example.org/")

    assert labels(declutter.extract(MILLS)) == labels(other)


def test_a_page_without_an_address_is_known_by_the_one_it_calls_its_own() -> None:
    page = MILLS.replace("<head>", '<head><link rel=canonical href="https://www.muehlen.example/m">')

    assert "promo" == labels(ruled('[[label]]\nselect = ".kasten"\nas = "promo"', page, None))["Der Hafenrat"]


@pytest.mark.parametrize("label", [label for label in declutter.Label if label is not declutter.Label.FLASH])
def test_a_rule_may_give_any_label_and_is_its_evidence(label: declutter.Label) -> None:
    block = ruled(f'[[label]]\nphrase = "Die letzte"\nas = "{label}"').blocks[5]

    assert label is block.label
    assert ("site_rule", label) in [(reason.name, reason.label) for reason in block.evidence]
    assert block.runner_up is not None
    assert label is not block.runner_up.label


def test_of_a_page_cut_short_what_rules_say_of_the_rest_goes_with_it() -> None:
    whole = Rulings({0: Label.META, 3: Label.FLASH, 4: Label.FLASH, 7: Label.FLASH}, (range(3, 5), range(7, 8)))

    assert Rulings({0: Label.META, 3: Label.FLASH}, (range(3, 4),)) == whole.cut(4)


def test_inline_elements_take_a_rule_as_many_steps_however_deep_they_are() -> None:
    def steps_for(depth: int, select: str) -> int:
        page = f"<!doctype html><div>{'<span>' * depth}{'<b>word</b> ' * 300}"
        return steps_of(lambda: ruled(f'[[label]]\nselect = "{select}"\nas = "promo"', page))

    steps_for(1, "b")  # what is made once a process is made

    shallow, deep = (steps_for(depth, "b") - steps_for(depth, "h6") for depth in (40, 400))
    assert 0 < shallow < deep < 1.5 * shallow
