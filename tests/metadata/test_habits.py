"""Whole pages as content systems of several languages head them: author, dates, title and section are read off them."""

from __future__ import annotations

import pytest

import declutter
from declutter import Document

ESSAYS = {
    "en": """
The old tannery by the canal has stood empty for eleven years, and in all that time nobody has agreed on what
should become of it. The council wanted flats, the neighbours a garden, and the owner wanted to wait.

When the roof gave way last winter the question could be put off no longer. An engineer was sent for, and her
report ran to forty pages, of which the mayor read the last one.

So a group of carpenters, retired most of them, began to meet on Saturdays. They brought their own ladders,
and by the spring they had covered the whole north wing with larch shingles.
""",
    "fr": """
L'ancienne tannerie au bord du canal est vide depuis onze ans, et pendant tout ce temps personne ne s'est mis
d'accord sur ce qu'il fallait en faire. La mairie voulait des logements, les voisins un jardin.

Quand le toit a cédé l'hiver dernier, la question ne pouvait plus être repoussée. On fit venir une ingénieure,
dont le rapport comptait quarante pages, et le maire en lut la dernière.
""",
    "hr": """
Stara kožara uz kanal prazna je već jedanaest godina i za sve to vrijeme nitko se nije složio oko toga što bi
od nje trebalo biti. Vijeće je htjelo stanove, susjedi vrt, a vlasnik je samo htio čekati.

Kad je prošle zime krov popustio, pitanje se više nije moglo odgađati. Pozvana je inženjerka, čije je izvješće
imalo četrdeset stranica, od kojih je gradonačelnik pročitao posljednju.
""",
    "fa": """
دباغ‌خانه قدیمی کنار کانال یازده سال است که خالی مانده و در همه این مدت هیچ‌کس درباره سرنوشت آن به توافق
نرسیده است. شورای شهر آپارتمان می‌خواست، همسایه‌ها باغ می‌خواستند و مالک گویا فقط می‌خواست صبر کند.

زمستان گذشته که سقف فرو ریخت دیگر نمی‌شد موضوع را به تعویق انداخت. مهندسی را خبر کردند که گزارش او چهل صفحه
بود و شهردار تنها صفحه آخر آن را خواند.
""",
    "zh": """
运河边的老皮革厂已经空置了十一年，这么多年来，没有人就它的去留达成一致。市议会想盖住宅，邻居们想要一座花园，而业主似乎只想继续等下去，等到地价再涨一轮为止。

去年冬天屋顶塌了一角，这个问题再也拖不下去了。市里请来一位工程师，她的报告写了四十页，市长只读了最后一页。报告说，只要保持干燥，这些墙还能再站一百年。
""",
    "ja": """
運河沿いの古い皮なめし工場は十一年間空き家のままで、その間、どう使うべきか誰も合意できなかった。市議会は住宅を望み、隣人たちは庭園を望み、持ち主はただ待ちたかったようである。

昨年の冬に屋根が落ちると、問題を先送りすることはできなくなった。呼ばれた技師の報告書は四十ページに及び、市長は最後の一ページだけを読んだ。壁は乾いてさえいればあと百年は持つという。
""",
}
TITLES = {
    "en": "The tannery that would not fall",
    "fr": "La tannerie qui ne voulait pas tomber",
    "hr": "Kožara koja nije htjela pasti",
    "fa": "دباغ‌خانه‌ای که فرو نریخت",
    "zh": "不肯倒下的皮革厂",
    "ja": "倒れなかった皮なめし工場",
}


def paragraphs(language: str) -> list[str]:
    joint = "" if language in ("zh", "ja") else " "
    return [joint.join(text.split("\n")) for text in ESSAYS[language].strip().split("\n\n")]


def essay_in(language: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs(language))


def read(header: str, *, language: str = "en", head: str = "", below: str = "", url: str | None = None) -> Document:
    """The document of a page with this markup between `<body>` and the essay; `{title}` stands for its title."""
    title = TITLES[language]
    page = (
        f"<!doctype html><html lang={language}><head><title>{title}</title>{head}</head>"
        f"<body>{header}{essay_in(language)}{below}</body></html>"
    )
    return declutter.extract(page.replace("{title}", title), url=url)


@pytest.mark.parametrize(
    ("language", "header", "authors", "published"),
    [
        ("en", "<h1>{title}</h1><div>Marta Velden | 3 May 2024</div>", ("Marta Velden",), "2024-05-03"),
        ("en", "<h1>{title}</h1><p>April Stone</p><p>Published: May 2024</p>", ("April Stone",), "2024-05"),
        ("fr", "<h1>{title}</h1><p>Soumis par Élise Garnier le ven 03/05/2024</p>", ("Élise Garnier",), "2024-05-03"),
        ("hr", "<h1>{title}</h1><p>Piše: Ivana Horvat, 5. listopada 2023.</p>", ("Ivana Horvat",), "2023-10-05"),
        ("fa", "<h1>{title}</h1><p>نویسنده: مریم احمدی</p><p>۱۴ اردیبهشت ۱۴۰۳</p>", ("مریم احمدی",), "2024-05-03"),
        ("zh", "<h1>{title}</h1><p>二〇二四年五月三日 来源：运河日报 作者：林小雨</p>", ("林小雨",), "2024-05-03"),
        ("zh", "<h1>{title}</h1><p>民國113年5月3日 記者陳美玲／台北報導</p>", ("陳美玲",), "2024-05-03"),
        ("ja", "<h1>{title}</h1><p>文：山田花子</p><p>公開日：令和6年5月3日</p>", ("山田花子",), "2024-05-03"),
    ],
)  # fmt: skip
def test_a_header_of_plain_lines_gives_author_and_date(
    language: str, header: str, authors: tuple[str, ...], published: str
) -> None:
    document = read(header, language=language)

    assert (authors, published) == (document.authors, document.published)


def test_a_dash_a_name_and_a_date_below_the_essay_sign_it() -> None:
    document = read("<h1>{title}</h1>", below="<p>— Marta Velden, 3 May 2024</p>")

    assert (("Marta Velden",), "2024-05-03") == (document.authors, document.published)


def test_a_blog_s_name_in_the_only_h1_is_not_the_title_of_the_post_below_it() -> None:
    document = declutter.extract(
        f"<title>Canal Notes: {TITLES['en']}</title><h1>Canal Notes</h1><h3>{TITLES['en']}</h3>{essay_in('en')}"
    )

    assert TITLES["en"] == document.title


def test_a_declared_site_s_name_before_the_title_goes_where_a_heading_says_the_rest() -> None:
    head = (
        '<meta property="og:title" content="Canal Notes: {title}"><meta property="og:site_name" content="Canal Notes">'
    )
    markup = f"<title>Canal Notes: {TITLES['en']}</title>{head.replace('{title}', TITLES['en'])}"

    headed = declutter.extract(f"{markup}<div>Canal Notes</div><h2>{TITLES['en']}</h2>{essay_in('en')}")
    bare = declutter.extract(f"{markup}{essay_in('en')}")

    assert TITLES["en"] == headed.title
    assert f"Canal Notes: {TITLES['en']}" == bare.title


CRUMBS = (
    "<li><a href='/'>Home</a></li><li><a href='/culture/'>Culture</a></li><li><a href='/culture/old/'>Heritage</a></li>"
)


@pytest.mark.parametrize(
    "opening",
    [
        "<ol itemscope itemtype='https://schema.org/BreadcrumbList'>",
        "<ul typeof='BreadcrumbList'>",
        "<ol aria-label='Breadcrumb'>",
        "<ol class='path-7' aria-label='breadcrumbs'>",
    ],
)
def test_a_list_that_calls_itself_a_breadcrumb_for_machines_gives_the_section(opening: str) -> None:
    plain = read(f"<ol>{CRUMBS}</ol><h1>{{title}}</h1>")
    stated = read(f"{opening}{CRUMBS}</ol><h1>{{title}}</h1>")

    assert plain.section is None
    assert "Heritage" == stated.section


def test_the_last_step_of_a_breadcrumb_is_the_page_itself_where_it_alone_is_no_link() -> None:
    steps = CRUMBS + "<li>Tanneries</li>"

    assert "Heritage" == read(f"<ol class='breadcrumb'>{steps}</ol><h1>{{title}}</h1>").section


ENTRY = (
    "<h2><a href='/{n}'>{title}</a></h2><p>By Jane Roe | May {n}, 2024</p><time datetime='2024-05-0{n}'>May {n}</time>"
)


def test_a_list_of_articles_has_neither_author_nor_date_of_its_first_entry() -> None:
    texts = (*paragraphs("en"), *paragraphs("fr"))
    entries = "".join(
        f"<article>{ENTRY.format(n=n, title=f'Story number {n} from the canal')}<p>{text}</p></article>"
        for n, text in enumerate(texts, start=1)
    )
    archive = declutter.extract(f"<title>Heritage</title><body><h1>Heritage</h1>{entries}")
    story = declutter.extract(
        f"<title>Heritage</title><body><h1>Heritage</h1>{ENTRY.format(n=3, title='One')}{texts[0]}"
    )

    assert ((), None) == (archive.authors, archive.published)
    assert "2024-05-03" == story.published


def test_of_several_articles_in_json_ld_the_page_s_own_speaks() -> None:
    nodes = (
        '{"@type":"NewsArticle","headline":"Bridge closed","url":"https://canal.example/bridge",'
        '"datePublished":"2020-01-02","author":{"name":"Owen Pell"}},'
        '{"@type":"NewsArticle",%s"datePublished":"2024-05-03","author":{"name":"Marta Velden"}}'
    )
    script = f'<script type="application/ld+json">[{nodes}]</script>'

    by_address = read(
        "<h1>{title}</h1>",
        head=script % '"url":"https://www.canal.example/tannery/",',
        url="https://canal.example/tannery?x=1",
    )
    by_headline = read("<h1>{title}</h1>", head=script % '"headline":"{title}",')
    by_none = read("<h1>{title}</h1>", head=script % "")

    assert [("Marta Velden",)] * 2 == [by_address.authors, by_headline.authors]
    assert ["2024-05-03"] * 2 == [by_address.published, by_headline.published]
    assert "2020-01-02" == by_none.published


@pytest.mark.parametrize(
    ("declared", "published"), [("T22:02:58Z", "2024-05-02"), ("T02:41:00Z", "2024-05-03T02:41:00Z")]
)
def test_a_day_shown_earlier_is_a_time_zone_s_only_where_it_was_not_over_yet(declared: str, published: str) -> None:
    head = f'<meta property="article:published_time" content="2024-05-03{declared}">'

    assert published == read("<h1>{title}</h1><p>May 2, 2024</p>", head=head).published


@pytest.mark.parametrize(
    ("language", "line", "authors"),
    [
        ("en", "Marta Velden, on May 3, 2024", ("Marta Velden",)),
        ("en", "Text: Marta Velden Photos: Owen Pell", ("Marta Velden",)),
        ("en", "Marta Velden and Owen Pell", ("Marta Velden", "Owen Pell")),
        ("fr", "Élise Garnier (avec agences)", ("Élise Garnier",)),
        ("ja", "取材・文／山田花子　撮影／佐藤一郎", ("山田花子",)),
    ],
)
def test_a_byline_ends_where_another_one_s_begins(language: str, line: str, authors: tuple[str, ...]) -> None:
    document = read(f"<h1>{{title}}</h1><p>{line}</p><p>2024/05/03 09:12</p>", language=language)

    assert authors == document.authors


@pytest.mark.parametrize(
    "lines",
    [
        ("Marta Velden", "3 May 2024 09:12 2 min read"),
        ("By Marta Velden", "Staff reporter", "Posted May 3, 2024 9:12 am"),
    ],
)
def test_the_lines_of_a_byline_without_class_names_are_meta(lines: tuple[str, ...]) -> None:
    document = read("<h1 class=a>{title}</h1>" + "".join(f"<p>{line}</p>" for line in lines))

    assert ["meta"] * len(lines) == [block.label for block in document.blocks if block.text in lines]
