"""An essay keeps its shape from page to Markdown, HTML and its list of pictures."""

from __future__ import annotations

import pytest

import declutter
from declutter.assemble.images import make_images, own_images
from declutter.model import Block, Document, Frame, Image, Kind, Label, Span, SpanKind
from declutter.parse import parse
from declutter.segment import segment

PROSE = (
    "The harbour froze over in the first week of January, and the ferries stayed at their moorings until the ice was "
    "cut by hand. Old sailors said that they had seen it twice before, and that it had ended well both times."
)


def essay(*parts: str) -> Document:
    """A page whose article holds the parts between paragraphs, in a frame of navigation and footer."""
    inside = "".join(f"<p>{PROSE}</p>{part}" for part in parts)
    return declutter.extract(
        "<!DOCTYPE html><html><head><title>The frozen harbour</title></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
        f"<article class='post'><h1>The frozen harbour</h1><div class='entry-content'>{inside}<p>{PROSE}</p></div>"
        "</article>"
        "<aside><img src='/banner.jpg' width=300 height=250><a href='/x'>Buy boots</a></aside>"
        "<footer><img src='/logo.png' width=200 height=80><p>© 2020 The Harbour Post</p></footer></body></html>",
        url="https://post.example/2020/ice.html",
    )


def shape(document: Document) -> str:
    """The Markdown between the paragraphs."""
    return "\n\n".join(part for part in document.markdown.split("\n\n") if part != PROSE)


def test_headings_lists_quotes_and_code_are_written_as_they_stand_on_the_page() -> None:
    document = essay(
        "<h2>Ice</h2>", "<ul><li>one<ol><li>two</li></ol></li></ul>", "<blockquote><p>Cold.</p></blockquote>",
        "<pre><code class='language-python'>a = 1\n\nb = 2</code></pre>",
    )  # fmt: skip

    assert shape(document) == "## Ice\n\n- one\n  1. two\n\n> Cold.\n\n```python\na = 1\n\nb = 2\n```"


def test_a_table_with_merged_cells_keeps_its_columns_and_its_caption() -> None:
    document = essay(
        "<table><caption>Ice by month</caption><tr><th rowspan=2>Month</th><th colspan=2>Ice</th></tr>"
        "<tr><th>Bay</th><th>Sound</th></tr><tr><td>January</td><td>30 cm</td><td>12 cm</td></tr></table>"
    )

    assert shape(document) == (
        "Ice by month\n\n| Month | Ice |  |\n| --- | --- | --- |\n|  | Bay | Sound |\n| January | 30 cm | 12 cm |"
    )
    assert '<th rowspan="2">Month</th><th colspan="2">Ice</th>' in document.html


def test_pictures_come_with_address_caption_size_and_place() -> None:
    document = essay(
        "<figure><a href='/full.jpg'><img src='data:image/gif;base64,x' data-src='/ice.jpg' width=800 height='600px' "
        "alt='Ice on the bay'></a><figcaption>The bay in January</figcaption></figure>",
        "<p><img src='/boat.jpg'></p>",
    )

    numbers = [block.index for block in document.blocks if block.kind is Kind.IMAGE]
    assert (
        Image(
            url="https://post.example/ice.jpg", block=numbers[0], alt="Ice on the bay", caption="The bay in January",
            width=800, height=600,
        ),
        Image(url="https://post.example/boat.jpg", block=numbers[1]),
    ) == document.images  # fmt: skip
    assert shape(document) == (
        "[![Ice on the bay](https://post.example/ice.jpg)](https://post.example/full.jpg)\n\nThe bay in January\n\n"
        "![](https://post.example/boat.jpg)"
    )
    assert "<figure>" in document.html
    assert "<figcaption>The bay in January</figcaption>" in document.html


def test_what_a_figure_says_is_its_caption_in_whatever_element() -> None:
    document = essay(
        "<figure><img src='/a.jpg'><p>The bay</p></figure>",
        "<div class='wp-caption'><a href='/b'><img src='/b.jpg'></a><p class='wp-caption-text'>The sound</p></div>",
    )

    assert ["The bay", "The sound"] == [picture.caption for picture in document.images]
    assert 2 == document.html.count("<figcaption>")


@pytest.mark.parametrize(
    ("around", "caption", "is_own"),
    [
        (Label.BODY, Label.META, True),
        (Label.BODY, Label.CHROME, True),
        (Label.BODY, Label.RELATED, False),
        (Label.BODY, Label.PROMO, False),
        (Label.RELATED, Label.META, False),
    ],
)
def test_a_picture_is_the_essays_if_the_texts_around_its_figure_are_whatever_its_credit(
    around: Label, caption: Label, *, is_own: bool
) -> None:
    outline = segment(
        parse("<p>Ice</p><figure><img src='/a.jpg'><figcaption>Jane Roe</figcaption></figure><p>Snow</p>")
    )

    own = own_images(outline, [around, caption, around])

    assert bool(own) is is_own


def test_a_credit_that_is_not_the_essays_captions_the_essays_picture() -> None:
    frame = (Frame("figure", 7),)
    picture = Span(0, 0, SpanKind.IMAGE, "https://post.example/a.jpg")
    blocks = [
        Block(index=0, text="", label=Label.BODY, kind=Kind.IMAGE, spans=(picture,), within=frame),
        Block(index=1, text="Photo: Jane Roe", label=Label.META, kind=Kind.CAPTION, within=frame),
    ]

    assert ["Photo: Jane Roe"] == [image.caption for image in make_images(blocks)]


def test_an_advertisements_picture_is_not_the_essays() -> None:
    document = essay("<figure><img src='/boots.jpg'><figcaption>Advertisement</figcaption></figure>")

    assert [Label.PROMO] == [block.label for block in document.blocks if block.text == "Advertisement"]
    assert document.images == ()


def test_icons_trackers_and_the_pictures_of_the_pages_frame_are_left_out() -> None:
    document = essay(
        "<p><img src='/t.gif' width=1 height=1></p>", "<p><img src='/share.svg' width=24 height=24></p>",
        "<p><img class='wp-smiley' src='/s.png'></p>", "<p><img src='data:image/gif;base64,x'></p>",
    )  # fmt: skip

    assert document.images == ()
    assert shape(document) == ""


def test_the_largest_of_a_set_of_sizes_stands_for_a_picture_without_an_address() -> None:
    document = essay(
        "<picture><source srcset='/a,320.webp 320w, /a,1280.webp 1280w'><img alt='x'></picture>",
        "<img src='/placeholder.png' data-srcset='/b.jpg 1x, /b2.jpg 2x'>",
    )

    assert ["https://post.example/a,1280.webp", "https://post.example/b2.jpg"] == [p.url for p in document.images]


def test_blocks_are_numbered_by_place_with_pictures_among_them() -> None:
    document = essay("<img src='/a.jpg' width=640 height=480>", "<h2>Ice</h2>", "<img src='/b.jpg'>")

    assert list(range(len(document.blocks))) == [block.index for block in document.blocks]
    assert 2 == sum(block.kind is Kind.IMAGE for block in document.blocks)
    assert all(block.text for block in document.blocks if block.kind is not Kind.IMAGE)


def test_the_blocks_of_flashes_and_teasers_are_found_behind_a_picture() -> None:
    flash = "<p>Quick news: Parliament passes the fishing budget after a long night. [2020-01-07 09:47:25]</p>"
    document = essay("<img src='/a.jpg' width=640 height=480>", flash, "<h2>Ice</h2>")

    labelled = [block.index for block in document.blocks if block.label is Label.FLASH]
    assert labelled
    assert labelled == [number for found in document.flashes for number in found.blocks]


def test_footnotes_stand_once_under_their_number_without_the_way_back() -> None:
    document = essay(
        "<p>It had frozen before.<sup><a href='#fn1' id='ref1'>[1]</a></sup></p>",
        "<ol><li id='fn1'>In 1947, says the log of the port. <a href='#ref1'>↩</a></li></ol>",
    )

    assert shape(document) == "It had frozen before.[^1]\n\n[^1]: In 1947, says the log of the port."
    assert '<div id="note-1"><p>In 1947, says the log of the port.' in document.html


def test_a_notes_own_number_is_not_written_twice() -> None:
    document = essay(
        "<p>It had frozen before.<a href='#n7'>7</a></p>", "<p id='n7'>7. In 1947, says the log of the port.</p>"
    )

    assert shape(document) == "It had frozen before.[^1]\n\n[^1]: In 1947, says the log of the port."


def test_notes_whose_links_hold_the_pages_own_address_are_notes() -> None:
    own = "https://post.example/2020/ice.html"
    document = essay(
        f"<p>Ice.<a id='anchor-1' href='{own}#note-1'>1</a></p>",
        f"<div><a id='note-1' href='{own}#anchor-1'>1</a><div><p>Measured at the pier in the first week of January, "
        "as the harbour office writes in its yearly report of 1921.</p></div></div>",
    )

    assert "Ice.[^1]" in document.markdown
    assert "[^1]: Measured at the pier" in document.markdown


def test_the_ways_back_that_a_wiki_writes_before_a_note_are_left_out() -> None:
    document = essay(
        "<p>Ice.<sup id=r0><a href='#n'>[1]</a></sup> Snow.<sup id=r1><a href='#n'>[1]</a></sup></p>",
        "<ol><li id=n><span>^ <a href='#r0'><sup>a</sup></a> <a href='#r1'><sup>b</sup></a></span> "
        "Mate, A. <i>On Ice</i>, 1911.</li></ol>",
    )

    assert "Ice.[^1] Snow.[^1]" in document.markdown
    assert "[^1]: Mate, A. *On Ice*, 1911." in document.markdown


def test_a_headings_permalink_stays_in_the_text_and_goes_from_markdown_and_html() -> None:
    document = essay(
        "<h2 id='ice'>Ice <a href='#ice'>#</a></h2>",
        "<h3>Snow<a class='headerlink' href='#snow'>¶</a></h3>",
        "<h3>Sleet<a class='hash-link' href='#sleet'>&#8203;</a></h3>",
    )

    assert shape(document) == "## Ice\n\n### Snow\n\n### Sleet"
    assert "<h2>Ice</h2>" in document.html
    assert "Ice #" in document.text
    assert [SpanKind.ANCHOR] * 3 == [
        span.kind for block in document.blocks if block.kind is Kind.HEADING for span in block.spans
    ]


def test_formulas_are_tex_by_their_source_or_by_their_mathml() -> None:
    document = essay(
        "<p>By <math><semantics><mrow><mi>E</mi></mrow><annotation encoding='application/x-tex'>E=mc^2</annotation>"
        "</semantics></math> it melts.</p>",
        "<p>By <math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac><mo>≤</mo>"
        "<msqrt><msup><mi>x</mi><mn>2</mn></msup><mo>−</mo><mi>π</mi></msqrt></math> it freezes.</p>",
    )

    assert shape(document) == (r"By $E=mc^2$ it melts." "\n\n" r"By $\frac{a}{b+1}\le \sqrt{x^{2}-\pi }$ it freezes.")


@pytest.mark.parametrize(
    ("mathml", "tex"),
    [
        ("<msub><mi>x</mi><mn>1</mn></msub>", "x_{1}"),
        ("<msub><mi>rad</mi><mn>1</mn></msub>", r"\mathrm{rad}_{1}"),
        ("<msup><mn>10</mn><mn>3</mn></msup>", "{10}^{3}"),
        ("<msup><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow><mn>2</mn></msup>", "(x)^{2}"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
        ("<munder><mi>lim</mi><mi>n</mi></munder>", r"\mathrm{lim}_{n}"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>", r"\sum _{i}^{n}"),
        ("<mover><mi>x</mi><mo>→</mo></mover>", r"\vec{x}"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", r"\bar{x}"),
        ("<mover><mi>x</mi><mi>n</mi></mover>", "x^{n}"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", r"\sqrt[3]{x}"),
        ("<mi>x</mi><mspace/><mtext>if dry</mtext>", r"x\,\text{if dry}"),
        (
            "<mtable><mtr><mtd>a</mtd><mtd>b</mtd></mtr><mtr><mtd>c</mtd><mtd>d</mtd></mtr></mtable>",
            r"\begin{matrix}a & b \\ c & d\end{matrix}",
        ),
        ("<mfrac><mi>a</mi></mfrac>", "a"),
    ],
)
def test_mathml_is_written_as_tex(mathml: str, tex: str) -> None:
    assert shape(essay(f"<p>By <math><mrow>{mathml}</mrow></math> it melts.</p>")) == f"By ${tex}$ it melts."


def test_a_formula_drawn_twice_by_katex_is_written_once() -> None:
    document = essay(
        "<p>By <span class='katex'><span class='katex-mathml'><math><semantics><mrow><mi>E</mi></mrow>"
        "<annotation encoding='application/x-tex'>E</annotation></semantics></math></span>"
        "<span class='katex-html' aria-hidden='true'><span>E</span></span></span> it melts.</p>"
    )

    assert shape(document) == "By $E$ it melts."


def test_a_picture_of_a_formula_is_the_formula() -> None:
    document = essay(r"<p>By <img class='latex' src='/latex.php?x' alt='a_{1} &lt; b'> it melts.</p>")

    assert shape(document) == r"By $a_{1} \lt  b$ it melts."
    assert document.images == ()


def test_a_picture_that_repeats_a_formula_for_old_browsers_is_left_out() -> None:
    tex = r"{\displaystyle a^{2}}"
    document = essay(
        f"<p>By <span><span style='display:none'><math alttext='{tex}'><msup><mi>a</mi><mn>2</mn></msup></math></span>"
        f"<img class='mwe-math-fallback-image-inline' src='/a.svg' alt='{tex}'></span> and"
        " <img class='latex' src='/b' alt='b'> it melts.</p>"
    )

    assert shape(document) == "By $a^{2}$ and $b$ it melts."


def test_lines_of_verse_stay_lines() -> None:
    document = essay("<p>The ice came late,<br>the ice went soon,<br>we had the moon.</p>")

    assert shape(document) == "The ice came late,\\\nthe ice went soon,\\\nwe had the moon."


def test_the_line_breaks_of_preformatted_verse_and_of_styled_paragraphs_are_kept() -> None:
    document = essay(
        '<pre class="wp-block-verse">The ice\n  <em>is in\nthe</em> bay.\n\nThe bay is still.</pre>',
        '<p style="white-space: pre-line">Ropes\nand oars</p>',
        "<p style='color: red'>Ropes\nand oars</p>",
    )

    assert shape(document) == (
        "The ice\\\n*is in*\\\n*the* bay.\n\nThe bay is still.\n\nRopes\\\nand oars\n\nRopes and oars"
    )


def test_preformatted_text_that_no_class_calls_verse_is_code() -> None:
    assert shape(essay("<pre>a = 1\nb = 2</pre>")) == "```\na = 1\nb = 2\n```"


def test_a_formula_in_mathjax_s_script_is_written_once_whether_drawn_or_not() -> None:
    document = essay(
        r"<p>By <script type='math/tex'>\frac{1}{2}</script> it melts.</p>",
        r"<script type='math/tex; mode=display'>\sum_{i} x_i</script>",
        "<p>By <span class='MathJax_Preview'></span><span class='MathJax'><span>a</span><span>2</span>"
        "</span><script type='math/tex'>a^2</script> it freezes.</p>",
    )

    assert shape(document) == r"By $\frac{1}{2}$ it melts." "\n\n" r"$$\sum_{i} x_i$$" "\n\n" "By $a^2$ it freezes."
    assert document.images == ()
    assert r"\(\sum_{i} x_i\)" in document.html


def test_formulas_that_the_text_marks_itself_are_formulas_and_money_is_none() -> None:
    document = essay(
        r"<p>By \(a^2\) it melts, \[c\] too.</p>",
        r"<p>It freezes by $$b_1$$ for $5 and $6.</p>",
        r"<p>Write <code>\(x\)</code> for x.</p>",
    )

    assert shape(document).split("\n\n") == [
        r"By $a^2$ it melts, $c$ too.",
        r"It freezes by $b_1$ for \$5 and \$6.",
        r"Write `\(x\)` for x.",
    ]


def test_a_page_s_base_makes_links_and_pictures_absolute() -> None:
    document = declutter.extract(
        f"<head><base href='https://files.example/dir/'></head><h1>Ice</h1><p>{PROSE} <a href='map'>map</a></p>"
        f"<p><img src='ice.jpg' width=600 height=400></p><p>{PROSE}</p>"
    )

    assert "[map](https://files.example/dir/map)" in document.markdown
    assert [image.url for image in document.images] == ["https://files.example/dir/ice.jpg"]
    assert document.metadata.image == "https://files.example/dir/ice.jpg"


def test_a_picture_at_an_address_that_could_run_is_none() -> None:
    document = essay("<p><img src='javascript:alert(1)' alt='Ice' width=600 height=400></p>")

    assert document.images == ()


def test_the_keywords_are_those_of_the_head_and_the_tag_cloud_each_once() -> None:
    page = (
        "<head><meta property='article:tag' content='Ice'><meta property='article:tag' content='Ferries'></head>"
        "<h1>Ice</h1>"
        f"<p>{PROSE}</p><p>{PROSE}</p><p>Tags: <a href='/t/1'>ice</a> <a href='/t/2'>winter</a></p>"
    )

    document = declutter.extract(page)

    assert document.tags == ("ice", "winter")
    assert document.metadata.keywords == ("Ice", "Ferries", "winter")


def test_lists_in_quotes_in_lists_and_merged_cells_keep_their_places() -> None:
    document = essay(
        "<ul><li>The first rule of the ice is to wait for the second night.<blockquote><p>Nobody has ever drowned by "
        "waiting, the old pilot used to say.</p><ol start=3><li>The third is to keep the dogs out of the boats.</li>"
        "<li>The fourth is to write down what the lamp said.</li></ol></blockquote></li><li>The second rule is to "
        "listen to those who have seen it twice before.</li></ul>",
        "<table><caption>Lamps</caption><tr><th rowspan=2>Year</th><th colspan=2>Oil</th></tr><tr><th>seal</th>"
        "<th>whale</th></tr><tr><td>1886</td><td><ul><li>a</li><li>b</li></ul></td><td>c | d</td></tr></table>",
    )

    assert shape(document) == (
        "- The first rule of the ice is to wait for the second night.\n\n"
        "  > Nobody has ever drowned by waiting, the old pilot used to say.\n  >\n"
        "  > 3. The third is to keep the dogs out of the boats.\n"
        "  > 4. The fourth is to write down what the lamp said.\n\n"
        "- The second rule is to listen to those who have seen it twice before.\n\n"
        "Lamps\n\n"
        "| Year | Oil |  |\n| --- | --- | --- |\n|  | seal | whale |\n| 1886 | a<br>b | c \\| d |"
    )
    assert '<th rowspan="2">Year</th><th colspan="2">Oil</th>' in document.html


def test_tasks_are_written_as_tasks() -> None:
    document = essay(
        "<ul><li><input type=checkbox disabled checked> Cut the ice</li>"
        "<li><input type=checkbox disabled> Clear the quay</li></ul>"
    )

    assert shape(document) == "- [x] Cut the ice\n- [ ] Clear the quay"
    assert "☑ Cut the ice" in document.text


def test_a_picture_between_words_keeps_its_distance() -> None:
    document = essay(
        "<p>The men <img src='/men.png' alt='men'> went <b>home</b> <img src='/bell.gif' alt='bell'>at six.</p>"
    )

    men, bell = "https://post.example/men.png", "https://post.example/bell.gif"
    assert shape(document) == f"The men ![men]({men}) went **home** ![bell]({bell}) at six."
    assert f'The men <img src="{men}" alt="men"> went' in document.html


def test_a_raised_reference_is_raised_once() -> None:
    document = essay(
        "<p>It had frozen before<sup><a href='#f1'>1</a></sup>.</p>", "<ol><li id='f1'>In 1947, says the log.</li></ol>"
    )

    assert 'frozen before<sup><a href="#note-1" rel="noopener noreferrer nofollow">1</a></sup>.' in document.html


def test_a_list_right_inside_a_list_is_of_the_item_before_it() -> None:
    document = essay("<ul><li>Ice</li><ul><li>black</li><li>white</li></ul><li>Snow</li></ul>")

    assert shape(document) == "- Ice\n  - black\n  - white\n- Snow"


def test_headings_of_a_wiki_are_of_the_essay_and_its_links_to_edit_are_not() -> None:
    link = "<span class='mw-editsection'><span>[</span><a href='/w?action=edit'>edit</a><span>]</span></span>"
    inside = essay(f"<h2><span id='Ice'>Ice</span>{link}</h2>", f"<h3>Snow{link}</h3>")
    beside = essay(
        f"<div class='mw-heading'><h2 id='Ice'>Ice</h2>{link}</div>",
        f"<div class='mw-heading'><h3 id='Snow'>Snow</h3>{link}</div>",
    )

    assert ["## Ice\n\n### Snow"] * 2 == [shape(inside), shape(beside)]
    assert [["[edit]"] * 2] * 2 == [
        [block.text for block in document.blocks if block.label is Label.CHROME and "edit" in block.text]
        for document in (inside, beside)
    ]


def test_a_rule_between_two_parts_of_the_essay_stays() -> None:
    document = essay("<hr class='wp-block-separator'>", "<blockquote><p>Cold.</p><hr><p>Very cold.</p></blockquote>")

    assert shape(document) == "---\n\n> Cold.\n>\n> ---\n>\n> Very cold."
    assert document.html.count("<hr>") == 2
    ruled = [block.text for block in document.blocks if block.ruled]
    assert ruled == [PROSE, "Very cold."]


def test_a_rule_above_a_picture_is_written_above_it_and_one_below_it_below() -> None:
    document = essay("<hr><p><img src='/ice.jpg'></p>", "<p><img src='/boat.jpg'></p><hr>")

    ice, boat = "![](https://post.example/ice.jpg)", "![](https://post.example/boat.jpg)"
    assert shape(document) == f"---\n\n{ice}\n\n{boat}\n\n---"


def test_a_rule_below_a_heading_or_in_a_table_or_list_or_beside_what_is_left_out_is_none() -> None:
    document = essay(
        "<h2>Ice</h2><hr>",
        "<ul><li>one</li><hr><li>two</li></ul>",
        "<table><tr><td>a<hr>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></table>",
        "<hr><p>Read also: <a href='/boots'>Which boots keep the cold away</a></p><hr>",
    )

    assert "---" not in shape(document).replace("| --- |", "").replace("--- |", "")


def test_line_breaks_shown_by_a_div_or_by_a_class_are_kept() -> None:
    parts = (
        "<div style='white-space: pre-wrap'>Ropes <b>and\noars</b></div>",
        "<p class='text-lg whitespace-pre-line'>\n  Ice\n  and snow\n</p>",
        "<div>Wind\nand rain</div>",
    )

    assert shape(essay(*parts)) == "Ropes **and**\\\n**oars**\n\nIce\\\nand snow\n\nWind and rain"


def test_the_numbers_of_a_listing_s_lines_are_not_of_its_code() -> None:
    def listing(numbers: str) -> str:
        return (
            f"<figure class='highlight js'><table><tr><td class='gutter'><pre>{numbers}</pre></td>"
            "<td class='code'><pre><span>let a = 1;</span><br><span>a;</span></pre></td></tr></table></figure>"
        )

    assert shape(essay(listing("1<br>2"))) == "```js\nlet a = 1;\na;\n```"
    assert "1\n3" in shape(essay(listing("1<br>3")))


LINED = "<div class='{0}'>{1}</div><div class='{0}'>{2}</div>"
DRAWN = {
    "SyntaxHighlighter": (
        "<div class='syntaxhighlighter  java'><table><tr><td class='gutter'>"
        + LINED.format("line", 1, 2)
        + "</td><td class='code'><div class='container'>"
        + LINED.format("line", "<code>let</code> a {", "<code>&nbsp;&nbsp;</code><code>a;</code> }")
        + "</div></td></tr></table></div>"
    ),
    "Crayon": (
        "<table class='crayon-table'><tr><td class='crayon-nums' data-settings='show'>"
        + LINED.format("crayon-num", 1, 2)
        + "</td><td class='crayon-code'><div class='crayon-pre'>"
        + LINED.format("crayon-line", "<span>let</span><span> </span>a {", "<span>  </span><span>a; }</span>")
        + "</div></td></tr></table>"
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_listing_that_a_highlighter_draws_as_a_table_is_code_without_line_numbers(name: str) -> None:
    language = "java" if name == "SyntaxHighlighter" else ""
    assert shape(essay(DRAWN[name])) == f"```{language}\nlet a {{\n  a; }}\n```"


def test_a_small_table_in_a_cell_is_the_cell_s_text() -> None:
    levels = "<table><tr><td>upper</td><td>41 cm</td></tr><tr><td>lower</td><td>18 cm</td></tr></table>"
    rows = f"<tr><td>March</td><td>{levels}</td></tr><tr><td>April</td><td>no gauge</td></tr>"
    head = "<tr><th>Month</th><th>Level</th></tr>"
    document = essay(f"<table>{head}{rows}</table>")

    assert shape(document).split("\n") == [
        "| Month | Level |",
        "| --- | --- |",
        "| March | upper<br>41 cm<br>lower<br>18 cm |",
        "| April | no gauge |",
    ]
    assert document.html.count("<table>") == 1
    between_rows = shape(essay(f"<table>{head}{levels}<tr><td>May</td><td>none</td></tr></table>"))
    assert "| upper | 41 cm |" in between_rows
    assert "| Month |" not in between_rows
    laid_out = shape(essay(f"<table>{rows}</table>"))
    assert "| upper | 41 cm |" in laid_out
    assert "| March |" not in laid_out


def test_a_column_of_codes_is_a_column_of_a_table() -> None:
    rows = "<tr><td class='code'>A-1</td><td>Rope</td></tr><tr><td class='code'>A-2</td><td>Oar</td></tr>"

    assert shape(essay(f"<table>{rows}</table>")).endswith("| A-1 | Rope |\n| A-2 | Oar |")


def test_footnotes_below_the_page_s_buttons_are_of_the_essay() -> None:
    """Substack writes them with a number in a block of its own, behind a box for subscribers."""
    document = essay(
        "<p>The ice was thick.<a class='footnote-anchor' id='footnote-anchor-1' href='#footnote-1'>1</a></p>",
        "<div class='subscription-widget'><p>Nine thousand people read us.</p><button>Subscribe</button></div>"
        "</div></article><div class='footer-notes'><div class='footnote'>"
        "<a id='footnote-1' href='#footnote-anchor-1' class='footnote-number'>1</a>"
        "<div class='footnote-content'><p>Two feet.</p></div></div></div><article><div>",
    )

    assert document.markdown.endswith("[^1]: Two feet.")


def test_a_line_that_only_names_the_language_of_the_code_below_it_is_left_out() -> None:
    code = "<pre><code>a = 1</code></pre></div>"
    document = essay(
        f"<div class='language-ts'><span class='lang'>ts</span>{code}",
        f"<div class='language-python'><p>Ropes</p>{code}",
    )

    assert shape(document) == "```ts\na = 1\n```\n\nRopes\n\n```python\na = 1\n```"


def test_notes_at_named_anchors_are_notes_and_an_anchor_without_text_is_none() -> None:
    document = essay(
        "<p>The ice was thick <a href='#n1'>(1)</a> and blue.<a href='#n2'>2</a></p>",
        "<p><a name='n1'></a>(1) Two feet.</p><p><a name='n2'></a></p>",
    )

    assert "thick [^1] and blue.[2](https://post.example/2020/ice.html#n2)" in document.markdown
    assert "\n\n[^1]: Two feet.\n\n" in document.markdown
