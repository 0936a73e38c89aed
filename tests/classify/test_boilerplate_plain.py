"""Pages of bare lines: header, essay and trailer are told by the forms of the lines alone."""

from __future__ import annotations

from .labelling import MORE_PROSE, PROSE, labels_of, labels_of_lines

DUMP = f"""River Post River Post
Home > City > Water

The River Below the Market
By Jane Roe
Published: 3 May 2023

{PROSE}
Under the street
{MORE_PROSE}
Source: City Weekly
Tags:rivers maps water
Water
Bridges that nobody asked for_CITY
The oldest was built by mistake and the newest on purpose...
1900/1/1 0:00:00
What the maps leave out_CITY
A surveyor explains why the river is missing...
1900/1/1 0:00:00
"""

EXPECTED = {
    "River Post River Post": "chrome",
    "Home > City > Water": "meta",
    "The River Below the Market": "title",
    "By Jane Roe": "meta",
    "Published: 3 May 2023": "meta",
    PROSE: "body",
    "Under the street": "body",
    MORE_PROSE: "body",
    "Source: City Weekly": "meta",
    "Tags:rivers maps water": "tags",
    "Water": "related",
    "Bridges that nobody asked for_CITY": "related",
    "The oldest was built by mistake and the newest on purpose...": "related",
    "1900/1/1 0:00:00": "related",
    "What the maps leave out_CITY": "related",
    "A surveyor explains why the river is missing...": "related",
}


def test_a_text_dump_is_parted_into_header_essay_and_trailer() -> None:
    labels = labels_of_lines(DUMP)

    assert labels == EXPECTED


def test_the_same_lines_in_nameless_paragraphs_get_the_same_labels() -> None:
    page = "<body>" + "".join(f"<p>{line.replace('>', '&gt;')}</p>" for line in DUMP.splitlines() if line) + "</body>"

    labels = labels_of(page)

    assert labels == EXPECTED


def test_a_round_up_of_stamped_briefs_is_the_essay() -> None:
    briefs = "".join(f"Item {n} of the week\n{PROSE} Number {n}.\n2023-05-0{n}\n" for n in range(1, 6))

    labels = labels_of_lines(f"The week in water\nBy Jane Roe\n{briefs}")

    assert set(list(labels.values())[2:]) == {"body"}


def test_a_poem_and_references_at_the_end_stay_in_the_essay() -> None:
    tail = "The water goes\nthe stone remains\nReference\n1. A. Roe\nhttps://example.org/roe"

    labels = labels_of_lines(f"The River Below the Market\n{PROSE}\n{MORE_PROSE}\n{tail}")

    assert set(list(labels.values())[1:]) == {"body"}


def test_a_pointer_amid_an_essay_ends_it_not_even_at_a_briefs_end() -> None:
    for pointer in ("Leia também: A padeira que venceu o supermercado", "Read more", "阅读全文"):
        labels = labels_of_lines(
            f"The River Below the Market\n{PROSE}\n{MORE_PROSE}\n{pointer}\n{PROSE} Indeed.\nTags: a, b"
        )

        assert labels[f"{PROSE} Indeed."] == "body"


def test_everything_below_a_comments_heading_is_comment() -> None:
    labels = labels_of_lines(f"The River Below the Market\n{PROSE}\n{MORE_PROSE}\nComments\nAnn\n{PROSE} Really.")

    assert list(labels.values()) == ["title", "body", "body", "comment", "comment", "comment"]


def test_an_essay_without_header_or_trailer_is_all_body() -> None:
    labels = labels_of_lines(f"{PROSE}\n{MORE_PROSE}")

    assert list(labels.values()) == ["body", "body"]


KOREAN = """마을 신문
2023년 5월 3일
골목 끝의 수선집

우리 동네 골목 끝에는 간판도 없는 수선집이 하나 있고, 주인 할머니는 늘 라디오를 낮게 틀어 놓는다.
겨울 외투의 안감이 찢어졌을 때 할머니는 천을 한참 만져 보더니 이틀 뒤에 다시 오라고만 말했다.
무단 전재 및 재배포 금지
이틀 뒤 외투는 안감 전체가 바뀌어 있었고, 원래 색보다 조금 짙은 푸른색이었지만 나는 더 좋았다.
물건을 고쳐 쓴다는 것은 시간을 다시 계산하는 일이라서, 고친 옷에서는 시간이 끊기지 않고 이어진다.
"""


def test_a_notice_between_paragraphs_ends_no_essay_nor_does_the_full_stop_of_korean() -> None:
    labels = labels_of_lines(KOREAN)

    assert [label for text, label in labels.items() if text.endswith("다.")] == ["body"] * 4


def test_entries_of_a_menu_that_run_together_are_no_headline() -> None:
    labels = labels_of_lines(f"Home News Sport Log in\n3 May 2023\nThe River Below the Market\n{PROSE}\n{MORE_PROSE}")

    assert labels["Home News Sport Log in"] == "chrome"
    assert labels["The River Below the Market"] == "title"


HEADER = "Home News Sport Weather Log in\nRivers\nThe River Below the Market\nJane Roe\n3 May 2023"


def test_the_section_below_a_menu_and_above_the_headline_is_meta() -> None:
    labels = labels_of_lines(f"{HEADER}\n{PROSE}\n{MORE_PROSE}")

    assert [*labels.values()][:5] == ["chrome", "meta", "title", "meta", "meta"]


def test_the_name_of_the_site_and_the_entries_of_a_menu_are_no_section() -> None:
    for above in ("River Post", "Home\nNews\nSport"):
        labels = labels_of_lines(f"{above}\nThe River Below the Market\n3 May 2023\n{PROSE}\n{MORE_PROSE}")

        assert {labels[line] for line in above.splitlines()} == {"chrome"}


def test_the_headline_is_told_from_a_longer_menu_above_and_a_name_below() -> None:
    menu = "Home News Sport Weather Rivers and bridges"
    labels = labels_of_lines(f"{menu}\nRivers\nThe River Below It\nJane Roe\n3 May 2023\n{PROSE}\n{MORE_PROSE}")

    assert [labels[menu], labels["The River Below It"], labels["Jane Roe"]] == ["chrome", "title", "meta"]


def test_the_author_as_in_a_form_is_meta_below_the_headline() -> None:
    labels = labels_of_lines(KOREAN.replace("골목 끝의 수선집\n", "골목 끝의 오래된 수선집\n작성자:\n"))

    assert labels["작성자:"] == "meta"


def test_buttons_that_stand_in_one_line_end_a_list_of_teasers() -> None:
    teasers = "Read also\nA bridge that nobody asked for\nPrint and share your map of the river"
    labels = labels_of_lines(f"{HEADER}\n{PROSE}\n{MORE_PROSE}\n{teasers}\nShare Facebook Print")

    assert [*labels.values()][-4:] == ["related", "related", "related", "chrome"]


def test_a_menu_below_the_comments_is_none_of_them() -> None:
    comments = "Comments\nAnn\nA fine river, and a finer market.\nReply\nTerms | Privacy | Contact"
    labels = labels_of_lines(f"{HEADER}\n{PROSE}\n{MORE_PROSE}\n{comments}")

    assert [*labels.values()][-5:] == ["comment"] * 4 + ["chrome"]


def test_a_short_last_sentence_below_a_pointer_is_the_essays() -> None:
    last = "It flows, she said, and that is enough."
    pointers = "Read also: The last ferry\nRead also: The last miller"

    amid = labels_of_lines(f"{HEADER}\n{PROSE}\n{MORE_PROSE}\n{pointers}\n{last}\nMost read\nThe oldest bridge of all")
    behind = labels_of_lines(f"{HEADER}\n{PROSE}\n{MORE_PROSE}\n{last}\n{pointers}\nShare Facebook Print")

    assert (amid[last], amid["Most read"], amid["Read also: The last ferry"]) == ("body", "related", "related")
    assert (behind[last], behind["Read also: The last ferry"]) == ("body", "related")


def test_a_brief_below_a_kicker_that_also_heads_lists_ends_no_essay() -> None:
    for kicked in ("ÚLTIMA HORA | Suben los precios del pan en toda la región", "ÚLTIMA HORA: Sube el precio del pan"):
        brief = "El precio medio de la barra subió este martes un tres por ciento, según el gremio de panaderos (EFE)"

        labels = labels_of_lines(f"{HEADER}\n{PROSE}\n{kicked}\n{brief}\nNobody noticed.\nTags: a, b")

        assert labels["Nobody noticed."] == "body"


def test_the_same_kicker_above_headlines_heads_a_list() -> None:
    labels = labels_of_lines(f"{HEADER}\n{PROSE}\n{MORE_PROSE}\nÚltima hora\nSuben los precios del pan\nCae el Ibex")

    assert [*labels.values()][-3:] == ["related"] * 3
