"""Essays and briefs for the tests of flashes: text dumps whose every line is taken for the essay."""

from __future__ import annotations

from declutter.classify.cues import CueReader
from declutter.classify.flash import find_flashes
from declutter.classify.verdict import FoundFlash
from declutter.model import Label
from declutter.segment import segment_text
from declutter.vocabulary import vocabulary

ESSAY = (
    "A kiln is a room built around a fire, and everything a potter knows is knowledge about that room.",
    "The wood goes in at the mouth, the flame climbs over the bag wall, and pots near the wall take the most ash.",
    "Stack the shelves too tightly and the flame looks for another way; leave a gap and it runs nowhere else.",
    "My teacher fired twice a year. Between firings she repaired the arch with clay and straw and old kiln shelves.",
    "She read the fire by its colour through a hole in the brick, and trusted the colour before any cone or meter.",
    "When the glaze ran, she said the kiln had been impatient. When it stayed dull, she said the wood had been wet.",
    "A firing lasts three days, and on the second night the potters stop talking and only listen to the chimney.",
    "After the last stoke the kiln is closed with clay, and nobody may open a brick until the pots can be touched.",
)

KILN_TITLE = "How the kiln taught the potters of our valley to wait"
KILN = (
    "A kiln is a room built around a fire, and everything a potter knows is knowledge about that room and its fire.",
    "Stack the shelves of the kiln too tightly and the flame finds another way; leave a gap and it runs nowhere else.",
    "My teacher fired the kiln twice a year, and between two firings she repaired the arch with clay and old shelves.",
    "She read the fire by its colour through a hole in the brick, and potters trust that colour before any meter.",
    "When the glaze ran, she said the kiln had been impatient; when the glaze stayed dull, the wood had been wet.",
    "A firing lasts three days, and on the second night the potters stop talking and listen to the flame and the wood.",
    "After the firing the kiln is closed with clay, and no potter may open a brick until the shelves can be touched.",
    "Potters who wait get the glaze they wanted, my teacher said, and the others get what the fire wanted.",
)
"""Another on the same subject, whose paragraphs share more of their words."""

ESSAY_ZH = (
    "窑是围着一团火盖起来的房间，陶工知道的一切，都是关于这个房间的知识。",
    "木柴从窑口进去，火焰翻过挡火墙，离墙最近的坯子落灰最多，颜色也最深。",
    "坯子码得太密，火焰就另找出路；留出一道缝，火焰就只往那道缝里跑。",
    "老师一年只烧两窑，两窑之间，她用泥和稻草修补窑顶，也修补旧的棚板。",
    "她从砖上的小孔看火的颜色，相信颜色胜过任何测温锥，也胜过任何仪表。",
    "釉流下来的时候，她说窑太急了；釉发暗的时候，她说木柴是湿的。",
    "一窑要烧三天，到了第二夜，陶工们不再说话，只听烟囱里的声音。",
    "最后一次添柴之后，窑口用泥封住，坯子能用手摸之前，谁也不能拆一块砖。",
)

BRIEF = "Harbour ferry orders two electric boats"
BRIEF_TEXT = (
    "The harbour ferry company ordered two electric boats from a Norwegian shipyard for delivery next spring. "
    "Each boat carries 180 passengers."
)
BRIEF_MORE = "The shipyard said batteries for the boats would be assembled in Bergen under a separate contract."
BRIEF_ZH = "港口轮渡公司订购两艘电动船"
BRIEF_TEXT_ZH = "港口轮渡公司宣布，已向一家造船厂订购两艘电动船，每艘可载客180人，预计明年春天交付使用。"
BRIEF_MORE_ZH = "造船厂表示，电动船的电池将另行招标，港口方面会同时改建充电码头。"


def essay_with(*lines: str, at: int = 4, essay: tuple[str, ...] = ESSAY) -> list[str]:
    """The essay's lines with others in between."""
    return [*essay[:at], *lines, *essay[at:]]


def flashes_in(lines: list[str]) -> list[FoundFlash]:
    """The flashes found when every line is taken for the essay."""
    outline = segment_text("\n".join(lines))
    cues = CueReader(outline, vocabulary())
    return find_flashes(outline, [Label.BODY] * len(outline.texts), cues=cues)


def told(lines: list[str]) -> list[tuple[str | None, str, str | None]]:
    """Headline, text and time of every flash found."""
    result = []
    for flash in flashes_in(lines):
        blocks = [lines[number] for number in flash.blocks]
        headline = blocks[flash.head][slice(*flash.headline)] if flash.headline else None
        pieces = [block[start:end].strip() for block, (start, end) in zip(blocks, flash.text, strict=True)]
        result.append((headline, "\n".join(piece for piece in pieces if piece), flash.published))
    return result
