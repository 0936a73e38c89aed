"""Lines that are bylines by their form alone, in Chinese and Korean."""

from __future__ import annotations

import pytest

import declutter
from declutter.model import Label
from declutter.signed import signed_by


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("记者 张三", "张三"),
        ("本报记者 高远 李小山", "高远 李小山"),
        ("記者陳美玲／台北報導", "陳美玲"),
        ("【記者陳美玲／台北報導】", "陳美玲"),
        ("（运河报记者林小雨）", "林小雨"),
        ("홍길동 기자", "홍길동"),
        ("[서울=운하일보] 김하늘 기자 =", "김하늘"),
        ("记者调查", None),
        ("记者招待会", None),
        ("记者从市政府获悉，老皮革厂将改建为住宅。", None),
        ("Jane Roe", None),
        ("", None),
    ],
)
def test_a_post_beside_a_name_is_a_byline_and_what_reporters_do_is_none(line: str, names: str | None) -> None:
    assert names == signed_by(line)


def test_such_a_line_above_or_below_the_essay_s_paragraphs_is_meta_and_its_name_the_author() -> None:
    texts = (
        "运河边的老皮革厂已经空置了十一年，这么多年来，没有人就它的去留达成一致。市议会想盖住宅，邻居们想要一座花园。",
        "去年冬天屋顶塌了一角，这个问题再也拖不下去了。市里请来一位工程师，她的报告写了四十页，市长只读了最后一页。",
        "于是一群木匠开始在星期六聚到一起，他们大多已经退休。到了春天，整个北翼都换上了新的落叶松木瓦。",
    )
    essay = "".join(f"<p>{text}</p>" for text in texts)
    page = "<body class=a><h1>不肯倒下的皮革厂</h1><div class=b>{}</div>"
    above = declutter.extract(page.format(f"<p>記者陳美玲／台北報導</p>{essay}"))
    below = declutter.extract(page.format(f"{essay}<p>（记者 陈美玲）</p>"))

    assert [Label.META] * 2 == [above.blocks[1].label, below.blocks[-1].label]
    assert ("陳美玲",) == above.authors
