"""Briefs that nothing marks: told by their words alone, in short essays only."""

from __future__ import annotations

import declutter
from declutter.classify.flash.bare import MAX_ESSAY
from tests.classify.flash.pages import KILN, KILN_TITLE

FERRY = (
    "The harbour company Nordvik ordered two electric boats from a Norwegian shipyard, the mayor of Bergen announced.",
    "Each of the electric boats carries 180 passengers, and the shipyard will build them under a contract of March.",
)
BANK = (
    "The central bank of Ostania left interest rates unchanged and lowered its forecast for growth to two per cent.",
    "Governor Lena Marsh told reporters that inflation in Ostania was falling while exports recovered.",
)
ESSAY_ZH = (
    "窑是围着一团火盖起来的房间，陶工知道的一切，都是关于这座窑和这团火的知识。",
    "坯子在窑里码得太密，火焰就另找出路；留出一道缝，火焰就只往那道缝里跑。",
    "老师一年只烧两窑，两窑之间，她用泥和稻草修补窑顶，也修补窑里的棚板。",
    "她从窑砖上的小孔看火的颜色，陶工相信火的颜色胜过任何测温锥。",
    "釉流下来的时候，老师说窑太急了；釉发暗的时候，老师说木柴是湿的。",
    "一窑要烧三天，到了第二夜，陶工们不再说话，只听火焰和木柴的声音。",
    "烧完之后，窑口用泥封住，坯子能用手摸之前，陶工谁也不能拆一块窑砖。",
    "肯等的陶工得到想要的釉，老师说，不肯等的陶工得到火想要的釉。",
)
FERRY_ZH = (
    "港口轮渡公司北湾宣布，已向挪威一家造船厂订购两艘电动船，每艘电动船可载客180人，预计明年春天交付使用。",
    "造船厂表示，电动船的电池将另行招标采购，北湾公司会同时改建港口的充电码头，合同金额没有公布。",
)
ESSAY_RU = (
    "Пасека начинается не с ульев, а с места: пчёлам нужен склон, защищённый от ветра, и вода неподалёку.",
    "Мой дед ставил ульи у ручья, под липами, и говорил, что пчёлы сами выберут, где им жить.",
    "Весной он открывал ульи осторожно, слушал гул и по гулу узнавал, как пчёлы перенесли зиму.",
    "Мёд — это только часть дела: дед больше ценил воск и говорил о воске, как столяр говорит о дереве.",
    "Липа цветёт две недели, и в эти две недели пчёлы приносят половину всего мёда, что пасека даёт за год.",
    "Когда липа отцветала, дед качал мёд в сарае, а пчёлы бились в окна и требовали своё обратно.",
    "Осенью он утеплял ульи мхом и соломой, считал рамки и оставлял пчёлам столько мёда, сколько брал сам.",
    "Теперь пасека моя, липы постарели, но гул весной тот же, и ульи стоят у того же ручья.",
)
RATES_RU = (
    "Центробанк Остании сохранил ключевую ставку на уровне 7% — решение совпало с прогнозом аналитиков агентства Норд.",
    "Председатель правления Лена Марш сообщила журналистам, что инфляция в Остании замедлилась, а экспорт вырос.",
)


def page(paragraphs: list[str], title: str = KILN_TITLE) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def flashes(paragraphs: list[str], title: str = KILN_TITLE) -> list[str]:
    return [flash.text for flash in declutter.extract(page(paragraphs, title)).flashes]


def test_a_brief_without_any_mark_is_told_by_its_words() -> None:
    assert ["\n".join(FERRY)] == flashes([*KILN[:4], *FERRY, *KILN[4:]])


def test_a_brief_without_any_mark_is_told_where_words_are_not_parted() -> None:
    assert ["\n".join(FERRY_ZH)] == flashes([*ESSAY_ZH[:4], *FERRY_ZH, *ESSAY_ZH[4:]], "窑教会陶工的事")


def test_a_dash_in_a_brief_hides_it_as_little_as_it_makes_one_of_a_paragraph() -> None:
    title = "Пасека моего деда"

    assert ["\n".join(RATES_RU)] == flashes([*ESSAY_RU[:5], *RATES_RU, *ESSAY_RU[5:]], title)
    assert [] == flashes(list(ESSAY_RU), title)


def test_what_any_text_may_say_makes_no_brief_of_a_digression() -> None:
    digression = (
        "People have always thought about these things, and most of them would say that there is nothing more to it.",
        "Every year someone comes and asks the same question, and every year the answer seems a little different.",
    )

    assert [] == flashes([*KILN[:4], *digression, *KILN[4:]])


def test_briefs_speak_for_each_other() -> None:
    assert ["\n".join(FERRY), "\n".join(BANK)] == flashes([*KILN[:3], *FERRY, *KILN[3:6], *BANK, *KILN[6:]])


def test_an_essay_alone_has_no_flash() -> None:
    assert [] == flashes(list(KILN))
    assert [] == flashes(list(ESSAY_ZH), "窑教会陶工的事")


def test_the_evidence_says_what_of_the_words_it_was() -> None:
    document = declutter.explain(page([*KILN[:4], *FERRY, *KILN[4:]]))

    (flash,) = document.flashes
    names = {reason.name for reason in document.blocks[flash.blocks[0]].evidence if reason.label == "flash"}
    assert {"foreign_words", "names_of_its_own", "rare_words_of_other_blocks", "words_that_tie_its_blocks"} <= names


def test_a_paragraph_that_the_one_before_it_announces_is_the_essays_own() -> None:
    announced = [*KILN[:3], f"{KILN[3][:-1]}, and this is what she read to us:", *FERRY, *KILN[4:]]

    assert [] == flashes(announced)


def test_in_a_long_essay_words_alone_decide_nothing() -> None:
    long = [f"{line} {line}" for line in KILN for _ in range(MAX_ESSAY // sum(map(len, KILN)))]

    assert [] == flashes([*long[:9], *FERRY, *long[9:]])


def test_beside_briefs_that_are_marked_none_is_taken_for_its_words_alone() -> None:
    marked = "Council buys a bridge:The council of Harlow bought the old toll bridge for one pound.[2023/5/28 9:47:25]"

    assert 1 == len(flashes([*KILN[:2], marked, *KILN[2:4], *FERRY, *KILN[4:]]))


def test_a_brief_without_any_mark_is_told_beside_one_that_has_a_colon() -> None:
    headed = (
        "Harlow council buys an old toll bridge: The council of Harlow bought the toll bridge for one pound on Monday "
        "and will let lorries across it from 2027, Councillor Edith Parr announced."
    )

    assert [headed[headed.index("The") :], "\n".join(FERRY)] == flashes(
        [*KILN[:2], headed, *KILN[2:5], *FERRY, *KILN[5:]]
    )


def test_a_colon_behind_a_word_ends_no_brief() -> None:
    said = f"The shipyard: {FERRY[1]}"

    assert ["\n".join((FERRY[0], said))] == flashes([*KILN[:4], FERRY[0], said, *KILN[4:]])


def test_what_opens_as_a_report_is_told_beside_marked_briefs_too() -> None:
    marked = "Council buys a bridge:The council of Harlow bought the old toll bridge for one pound.[2023/5/28 9:47:25]"
    wired = (
        "LISBON, May 27 (AFP) - Budget carrier Azulmar cancelled forty flights on Saturday after a strike by baggage "
        "handlers at both airports entered its third day, leaving thousands of passengers without luggage."
    )

    assert wired in flashes([*KILN[:2], marked, *KILN[2:5], wired, *KILN[5:]])


def test_a_digression_that_alone_parts_two_briefs_is_the_essays() -> None:
    digression = (
        "Aunt Philippa crossed the Bosporus in a rowing boat once, with two goats, a samovar and a Turkish grammar.",
        "The goats ate the grammar before Üsküdar, and Aunt Philippa spoke Turkish with her hands ever after.",
    )
    council = (
        "HARLOW (Reuters) - The council of Harlow bought the old toll bridge for one pound on Monday.",
        "LISBON (Reuters) - Budget carrier Azulmar cancelled forty flights after a strike by baggage handlers.",
    )

    assert ["\n".join(digression)] == flashes([*KILN[:4], *digression, *KILN[4:]])
    assert list(council) == flashes([*KILN[:4], council[0], *digression, council[1], *KILN[4:]])
