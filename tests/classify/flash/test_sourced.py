"""Briefs that name their source first, without headline or stamp. An essay's own paragraphs open so, too."""

from __future__ import annotations

import pytest

from tests.classify.flash.pages import ESSAY, essay_with, told

FIRST = "the lender Norvik has frozen withdrawals of 310 million crowns after a faulty update"
OTHER = "an unknown buyer paid 4.2 million dollars for nine tankers that lay idle off Piraeus"
THIRD = "the customs office has added two brokers to its list of 84 suspicious firms"


@pytest.mark.parametrize(
    "opening",
    ["Harbour Wire reported on May 21 that {}.", "According to Skylens monitoring, {}.", "According to Reuters, {}."],
)
def test_several_paragraphs_with_their_source_first_are_a_portal_s(opening: str) -> None:
    briefs = [opening.format(text) for text in (FIRST, OTHER, THIRD)]

    found = told(essay_with(*briefs[:2], essay=tuple(essay_with(briefs[2], at=6))))

    assert [record[1] for record in found] == briefs


@pytest.mark.parametrize(
    ("essay", "briefs"),
    [
        (
            (
                "外婆的院子里有一口老井，井沿被绳子磨出了深深的沟。",
                "夏天她把西瓜放进水桶，慢慢吊到井底，傍晚再拉上来。",
                "孩子们趴在井沿上喊自己的名字，井底就有人答应。",
                "后来村里通了自来水，井上盖了一块石板，再没有人打开。",
            ),
            (
                "据链上数据监测，某地址三小时前向交易所转入2,300枚代币，价值约410万美元。",
                "据路透社报道，北欧两家银行计划在2026年合并支付业务，员工将减少900人。",
            ),
        ),
        (
            (
                "Бабушка держала на подоконнике герань и разговаривала с ней по утрам.",
                "Зимой окно замерзало, и сквозь лёд цветок казался красным фонарём.",
                "Мы дышали на стекло и делали в нём круглые дырки, чтобы видеть двор.",
                "Теперь герань стоит у меня, и я тоже иногда говорю ей доброе слово.",
            ),
            (
                "Согласно данным аналитиков, приток капитала в фонды за неделю составил 640 млн долларов.",
                "Согласно отчёту регулятора, число жалоб на брокеров выросло на 18% по сравнению с 2023 годом.",
            ),
        ),
        (
            (
                "El faro se apagó el día en que murió el farero, y nadie supo encenderlo.",
                "Su hija subió la escalera con una vela y estuvo arriba toda la noche.",
                "Los pescadores dijeron que nunca habían visto una luz tan pequeña ni tan firme.",
                "Desde entonces la llaman la vela, y ella responde como si fuera su nombre.",
            ),
            (
                "Según informó Reuters, dos bancos nórdicos fusionarán su negocio de pagos y despiden a 900 empleados.",
                "Según informó la aduana, 84 empresas figuran ya en la lista de operadores sospechosos.",
            ),
        ),
    ],
    ids=["zh", "ru", "es"],
)
def test_they_are_told_in_any_language(essay: tuple[str, ...], briefs: tuple[str, str]) -> None:
    paragraphs = [essay[0], essay[1], briefs[0], essay[2], briefs[1], essay[3]]

    assert [record[1] for record in told(paragraphs)] == list(briefs)


def test_a_single_one_stays_for_words_alone_to_judge() -> None:
    assert told(essay_with(f"According to Reuters, {FIRST}.", essay=ESSAY[:4])) == []


def test_what_an_essay_reports_on_its_own_subject_stays() -> None:
    own = [
        "According to my barber, the bridge in the north would stay closed until spring, and he had 2 reasons for it.",
        "According to the paper, the barber was wrong: the bridge would open in 14 days, before the spring fair.",
    ]
    essay = (
        "My barber reads the paper aloud while he cuts, which is a slow way to learn about the world and its bridges.",
        "He began that morning with the bridge, since his cousin drives across it and had seen the cracks himself.",
        "The paper lay on the shelf below the mirror, and the cut hair fell on the mayor, the fair and the weather.",
        "When I came back in spring, the barber said nothing of bridges, and I asked nothing, and paid for the cut.",
    )

    assert told([essay[0], essay[1], own[0], essay[2], own[1], essay[3]]) == []


def test_an_essay_full_of_figures_keeps_them() -> None:
    essay = tuple(f"{line} That was in {1960 + year}." for year, line in enumerate(ESSAY))

    reports = [f"According to Reuters, {FIRST}.", f"According to Reuters, {OTHER}."]

    assert told([*essay[:3], reports[0], *essay[3:6], reports[1], *essay[6:]]) == []
