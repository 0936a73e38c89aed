"""Reports in a real browser: read, clicked, typed at and searched as by a reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import declutter
from declutter.inspect import Inspected, index, outlined, report, row_of
from tests.cases import CASES, about, page
from tests.fetcher.servers import serving

from .browsing import DESKTOP, PHONE, Open, Opened
from .hostile import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Page

CASE = "en-kicker"


def inspected(case: str) -> Inspected:
    document = declutter.explain(page(case), url=about(case)["url"])
    return Inspected(
        name=f"{case}.html", document=document, original=outlined(page(case), document, url=about(case)["url"])
    )


def document() -> declutter.Document:
    return declutter.explain(page(CASE), url=about(CASE)["url"])


def shown(page: Page) -> list[int]:
    """The numbers of the blocks that are shown."""
    return page.locator("#blocks > li:visible .number").evaluate_all("all => all.map(one => Number(one.textContent))")


def selected(page: Page) -> int | None:
    found = page.locator("#blocks > [aria-selected=true] .number")
    return int(found.text_content() or "") if found.count() else None


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.getAttribute('role')")


def test_the_page_is_shown_block_by_block_in_the_colours_of_the_labels_and_their_names(look: Open) -> None:
    page = look(document()).page

    rows = page.locator("#blocks > li").evaluate_all(
        "all => all.map(one => [one.querySelector('.text').textContent, one.querySelector('.label').textContent])"
    )
    colours = page.locator("#blocks > li").evaluate_all(
        "all => all.map(one => [one.dataset.label, getComputedStyle(one).borderInlineStartColor])"
    )
    assert [(b.text, b.label) for b in document().blocks if b.text] == [
        (text, label) for text, label in rows if text != "picture "
    ]
    assert document().title == page.locator("h1:visible").inner_text()
    labels = {label for label, _ in colours}
    assert len(labels) == len(set(map(tuple, colours))) == len({colour for _, colour in colours}) > 5


def test_the_legend_counts_blocks_and_shows_those_of_the_labels_chosen(look: Open) -> None:
    page = look(document()).page
    of = {label: [b.index for b in document().blocks if b.label is label] for label in declutter.Label}

    counts = page.locator("#legend [data-label] .count").all_inner_texts()
    assert [str(len(of[label])) for label in declutter.Label] == counts

    page.click("#legend [data-label=flash]")
    assert of[declutter.Label.FLASH] == shown(page)
    page.click("#legend [data-label=related]")
    assert sorted(of[declutter.Label.FLASH] + of[declutter.Label.RELATED]) == shown(page)
    assert ["flash", "related"] == [
        button.get_attribute("data-label") for button in page.locator("#legend [aria-pressed=true]").all()
    ]
    page.click("#legend [data-label=flash]")
    assert of[declutter.Label.RELATED] == shown(page)
    page.click("#legend [data-all]")
    assert len(document().blocks) == len(shown(page))


def test_a_click_on_a_block_shows_what_decided_its_label(look: Open) -> None:
    page = look(document()).page
    block = next(block for block in document().blocks if block.label == "flash")

    page.click("#blocks > [data-label=flash] >> nth=0")

    assert f"Block {block.index}: flash" == page.inner_text("#evidence h2")
    assert 10 == page.locator("#evidence .reason").count()
    page.click("#evidence .more button")
    names = page.locator("#evidence .reason").all_inner_texts()
    weights = page.locator("#evidence tbody .weight").all_inner_texts()
    expected = sorted(block.evidence, key=lambda reason: -abs(reason.weight))
    assert [reason.name for reason in expected] == names
    assert [reason.weight for reason in expected] == pytest.approx(
        [float(weight.replace("−", "-")) for weight in weights], abs=0.051
    )
    assert block.xpath == page.inner_text("#evidence code")


def test_links_of_a_block_lead_to_the_web_and_tell_it_nothing(look: Open) -> None:
    page = look(document()).page
    block = next(block for block in document().blocks if block.links)

    page.click(f"#blocks > li >> nth={block.index}")

    link = page.locator("#evidence a").first
    assert block.links[0].target == link.get_attribute("href")
    assert ("noopener noreferrer", "_blank") == (link.get_attribute("rel"), link.get_attribute("target"))


def test_what_a_reader_says_of_blocks_is_a_command_that_writes_a_rule(look: Open) -> None:
    page = look([Inspected(name="it's.html", document=document())]).page

    for block, label in ((16, "flash"), (10, "chrome")):
        page.click(f"#blocks > li >> nth={block}")
        page.click("text=Is the label wrong?")
        page.select_option("#truth", label)

    command = "declutter rules new 'it'\\''s.html' --url URL --block 10=chrome --block 16=flash -o rules"
    assert command.replace("URL", about(CASE)["url"]) == page.inner_text("#rule")
    page.select_option("#truth", "")
    assert "--block 16=flash -o rules" in page.inner_text("#rule")
    assert "10=" not in page.inner_text("#rule")


def test_blocks_are_walked_and_read_by_keyboard(look: Open) -> None:
    page = look(document()).page

    page.keyboard.press("j")
    assert (0, "option") == (selected(page), focused(page))
    for key, number in (("ArrowDown", 1), ("j", 2), ("ArrowUp", 1), ("k", 0), ("k", 0), ("End", 65), ("j", 65)):
        page.keyboard.press(key)
        assert number == selected(page)
    page.keyboard.press("Enter")
    assert "evidence" == focused(page)
    page.keyboard.press("Escape")
    assert ("option", 65) == (focused(page), selected(page))
    page.keyboard.press("Escape")
    assert selected(page) is None
    assert "Select a block" in page.inner_text("#evidence")


def test_keys_pass_over_blocks_that_are_not_shown(look: Open) -> None:
    page = look(document()).page
    flashes = [block.index for block in document().blocks if block.label == "flash"]

    page.click("#legend [data-label=flash]")
    page.focus("#blocks > [tabindex='0']")
    walked = []
    for _ in flashes:
        page.keyboard.press("ArrowDown")
        walked.append(selected(page))

    assert flashes == walked


def test_one_press_of_tab_enters_the_list_and_one_leaves_it(look: Open) -> None:
    page = look(document()).page

    page.focus("#next")
    page.keyboard.press("Tab")
    assert "option" == focused(page)
    page.keyboard.press("j")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('#evidence button')")


def test_letters_typed_into_the_search_are_not_commands(look: Open) -> None:
    page = look(document()).page

    page.keyboard.press("j")
    page.keyboard.press("/")
    page.keyboard.type("jk/")

    assert ("jk/", 0) == (page.input_value("#query"), selected(page))


def test_search_counts_matches_and_walks_them_around_both_ends(look: Open) -> None:
    page = look(document()).page
    texts = [block.text.lower() for block in document().blocks]
    count = sum(text.count("the keeper") for text in texts)
    first = next(number for number, text in enumerate(texts) if "the keeper" in text)

    page.fill("#query", "The  KEEPER")
    assert f"{count} matches" == page.inner_text("#found")
    page.press("#query", "Enter")
    assert (f"1 of {count} matches", first) == (page.inner_text("#found"), selected(page))
    page.click("#previous")
    assert f"{count} of {count} matches" == page.inner_text("#found")
    page.click("#next")
    assert f"1 of {count} matches" == page.inner_text("#found")
    painted = page.evaluate("[...CSS.highlights.get('current')].map(range => range.toString())")
    assert ["the keeper"] == [text.lower() for text in painted]
    assert count == page.evaluate("CSS.highlights.get('found').size")


def test_search_looks_at_the_blocks_that_are_shown_and_at_words_as_they_are_typed(look: Open) -> None:
    page = look(document()).page

    page.fill("#query", "a")
    everywhere = page.inner_text("#found")
    page.click("#legend [data-label=flash]")
    assert everywhere != page.inner_text("#found")
    page.fill("#query", "[2023")
    assert "3 matches" == page.inner_text("#found")
    page.fill("#query", ".*")
    assert "0 matches" == page.inner_text("#found")


def test_essay_and_flashes_stand_side_by_side_as_they_are_written(look: Open) -> None:
    page = look(document()).page

    page.click("#tab-products")
    assert document().text.split("\n") == page.locator("#essay > p").all_text_contents()
    assert [flash.headline for flash in document().flashes] == page.locator("#flashes h3").all_inner_texts()
    essay, flashes = page.locator("#essay").bounding_box(), page.locator("#flashes").bounding_box()
    assert essay is not None
    assert flashes is not None
    assert essay["y"] == flashes["y"]
    assert essay["x"] + essay["width"] <= flashes["x"]
    for form, written in (("Markdown", document().markdown), ("HTML", document().html)):
        page.click(f"label:text-is('{form}')")
        assert written == page.locator("#essay pre").text_content()
    page.click("label:text-is('JSON Lines')")
    rows = [json.loads(line) for line in (page.locator("#flashes pre").text_content() or "").split("\n")]
    assert [flash.text for flash in document().flashes] == [row["text"] for row in rows]


def test_a_flash_leads_to_its_blocks_and_back(look: Open) -> None:
    page = look(document()).page

    page.click("#tab-products")
    page.click("#flashes article >> nth=1 >> button")
    assert document().flashes[1].blocks[0] == selected(page)
    page.click("text=Show flash 2 as a record")
    assert document().flashes[1].headline in page.evaluate("document.activeElement.textContent")


def test_a_page_without_an_essay_and_flashes_says_so(look: Open) -> None:
    page = look(declutter.explain("<html><body><nav><a href=/>Home</a></nav></body></html>")).page

    page.click("#tab-products")

    assert "No article was found on this page." == page.text_content("#essay")
    assert "This essay has no flashes." == page.text_content("#flashes")


def test_an_empty_page_says_so(look: Open) -> None:
    page = look(declutter.explain("")).page

    assert "This page has no text." == page.inner_text("#nothing")
    assert not page.locator("#blocks").is_visible()


def test_the_address_names_the_block_that_is_looked_at(look: Open) -> None:
    page = look(document(), address="#b15").page

    assert 15 == selected(page)
    page.keyboard.press("j")
    page.wait_for_url("**#b16")


def test_the_index_shows_the_least_sure_page_first_and_sorts_by_every_column(look: Open) -> None:
    made = [declutter.explain(page(case), url=about(case)["url"]) for case in CASES[:6]]
    sure = [0.9, 0.2, 0.7, 0.99, 0.5, 0.6]
    pages = [
        Inspected(name=case, document=replace(document, confidence=confidence))
        for case, document, confidence in zip(CASES, made, sure, strict=False)
    ]

    page_ = look([*pages, Inspected(name="gone.html", error="gone.html: no such file")]).page

    def column(number: int) -> list[str]:
        return page_.locator(f"#index-rows td:nth-child({number})").all_inner_texts()

    assert ["error", "20%", "50%", "60%", "70%", "90%", "99%"] == [text.strip("? ") for text in column(1)]
    assert "7 pages" == page_.inner_text("#index-title")
    assert "1 page could not be read" in page_.inner_text("#index-summary")
    page_.click("text=Confidence")
    assert ["99%", "90%"] == column(1)[:2]
    page_.click("#index-columns >> text=Flashes")
    flashes = [int(text) for text in column(4) if text != "–"]
    assert sorted(flashes, reverse=True) == flashes
    assert "descending" == page_.get_attribute("#index-columns th:nth-child(4)", "aria-sort")
    page_.click("#index-columns >> text=Page")
    titles = page_.locator("#index-rows .page > :first-child").all_inner_texts()
    assert sorted(titles, key=str.casefold) == titles or len(set(titles)) == 7
    page_.fill("#index-query", "gone")
    assert ["gone.html: no such file"] == page_.locator("#index-rows .name").all_inner_texts()


def test_pages_are_opened_from_the_index_and_left_for_it(look: Open) -> None:
    page = look([inspected("en-kicker"), inspected("zh-hant-br")]).page

    page.click("#index-rows >> text=地震預警的七秒鐘")
    _is_headed(page, "地震預警的七秒鐘：一套系統如何與時間賽跑")
    page.keyboard.press("j")
    page.wait_for_url("**#p2-b0")
    page.click("#home")
    _is_headed(page, "2 pages")
    page.click("#index-rows >> text=The Last Keepers")
    _is_headed(page, document().title)
    page.go_back()
    _is_headed(page, "2 pages")


def test_a_report_of_many_files_leads_from_file_to_file(look: Open, tmp_path: Path) -> None:
    entry = inspected(CASE)
    (tmp_path / "page-1.html").write_text(report([entry], home="index.html"), encoding="utf-8")
    (tmp_path / "index.html").write_text(index([row_of(entry, "page-1.html")]), encoding="utf-8")

    page = look(tmp_path / "index.html").page

    page.click("#index-rows a")
    _is_headed(page, document().title)
    page.click("#home")
    _is_headed(page, "1 page")


def _is_headed(page: Page, headline: str | None) -> None:
    """Wait for it: browsers tell of a new address when they come to it."""
    from playwright.sync_api import expect

    assert headline is not None
    expect(page.locator("h1:visible")).to_have_text(headline)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_is_the_systems_until_the_reader_chooses(look: Open, scheme: str) -> None:
    page = look(document(), scheme=scheme).page
    other = {"light": "dark", "dark": "light"}[scheme]

    def is_dark() -> bool:
        return page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"

    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (scheme == "dark") == is_dark()
    page.click(f"text={other.title()} theme")
    assert (other == "dark") == is_dark()
    assert ground != page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.reload()
    assert (other == "dark") == is_dark()


@pytest.mark.parametrize("case", ["en-kicker", "ar-month-names", "zh-hant-rich-table", "en-rich-guide", "en-text-dump"])
def test_nothing_is_wider_than_a_phone(look: Open, case: str) -> None:
    page_ = look([inspected(case), inspected(CASE)], size=PHONE).page
    _is_no_wider(page_)

    page_.click("#index-rows a >> nth=0")
    for tab in page_.locator("[role=tab]:visible").all():
        tab.click()
        _is_no_wider(page_)
    page_.click("#tab-blocks")
    page_.click("#blocks > li >> nth=3")
    _is_no_wider(page_)


def _is_no_wider(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_on_a_phone_the_evidence_leaves_its_block_in_sight(look: Open) -> None:
    page = look(document(), size=PHONE).page

    page.click("#blocks > [data-label=flash] >> nth=0")

    block, sheet = page.locator("[aria-selected=true].block").bounding_box(), page.locator("#evidence").bounding_box()
    assert block is not None
    assert sheet is not None
    assert 0 <= block["y"] < block["y"] + block["height"] <= sheet["y"]
    page.click("[aria-label='Close the evidence']")
    assert ("option", False) == (focused(page), page.locator("#evidence").is_visible() and selected(page) is None)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(look: Open, size: tuple[int, int], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened = look(
        [
            inspected("en-kicker"),
            Inspected(name="labels", document=_with_every_label()),
            Inspected(name="x", error="gone"),
        ],
        size=size,
        scheme=scheme,
    )
    page, broken = opened.page, []

    def check(view: str) -> None:
        found = Axe().run(page).response
        assert len(found["passes"]) > 15
        broken.extend((view, rule["id"], node["target"]) for rule in found["violations"] for node in rule["nodes"])

    check("index")
    page.click("tr:has-text('en-kicker.html') a")
    _is_headed(page, document().title)
    check("blocks")
    page.click("#blocks > [data-label=flash] >> nth=0")
    check("evidence")
    page.click("#legend [data-label=flash]")
    page.fill("#query", "the")
    page.press("#query", "Enter")
    check("search")
    page.click("#tab-products", force=True)
    check("products")
    page.click("#tab-original")
    check("original")
    page.click("#home")
    page.click("tr:has-text('labels') a")
    page.wait_for_function("blocks.children.length === 9")
    check("labels")
    for button in page.locator("#legend [data-label]").all():
        button.click()
    check("chosen labels")
    assert [] == broken
    # axe calls to frames by the page's origin, which a file has none of: the browser says so when one has loaded.
    opened.said[:] = [line for line in opened.said if "postMessage" not in line]


def _with_every_label() -> declutter.Document:
    """A document of nine short blocks, which a screen has place for: axe judges the contrast of what is on it."""
    (block,) = (block for block in document().blocks if block.index == 12)
    blocks = [
        replace(block, index=number, label=label, text="Some words", confidence=0.5)
        for number, label in enumerate(declutter.Label)
    ]
    return replace(document(), blocks=tuple(blocks), flashes=(), confidence=0.1)


def test_readers_of_the_accessibility_tree_find_landmarks_headings_and_labels(look: Open) -> None:
    page = look(document()).page

    for role, name in (
        ("banner", None), ("main", None), ("navigation", "Report"), ("search", None), ("tablist", "Views"),
        ("listbox", "Blocks of the page"), ("group", "Show only these labels"), ("searchbox", "Search the text"),
        ("region", "Evidence"),
    ):  # fmt: skip
        assert 1 == page.get_by_role(role, name=name, exact=True).count(), role
    assert ["The Last Keepers: What We Lost When the Lighthouses Went Dark", "Blocks of the page", "Evidence"] == (
        page.get_by_role("heading").all_inner_texts()
    )
    option = page.get_by_role("option").nth(15).aria_snapshot()
    assert "flash" in option
    assert "Hollis Robotics" in option


def test_focus_can_be_seen_on_all_that_takes_it(look: Open) -> None:
    page = look(document()).page

    page.keyboard.press("Tab")
    for _ in range(16):
        page.keyboard.press("Tab")
        style = page.evaluate("(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])"
                              "(getComputedStyle(document.activeElement))")  # fmt: skip
        assert ["solid", "2px"] == style, page.evaluate("document.activeElement.outerHTML")


def test_the_original_is_shown_with_its_blocks_outlined_and_named(look: Open) -> None:
    page = look([inspected("zh-hant-br")]).page
    flashes = [block for block in inspected("zh-hant-br").document.blocks if block.label == "flash"]

    page.click("#tab-original")

    frame = page.frame_locator("iframe")
    outlined = frame.locator("[data-declutter-label=flash]")
    outlined.first.wait_for()
    assert len(flashes) == outlined.count()
    assert ["solid"] * len(flashes) == outlined.evaluate_all(
        "all => all.map(one => getComputedStyle(one).outlineStyle)"
    )
    name = "one => getComputedStyle(one, '::before').content + getComputedStyle(one, '::before').display"
    assert '"flash"inline-block' == outlined.first.evaluate(name).replace("attr(data-declutter-label)", '"flash"')
    page.click("#legend [data-label=title]")
    assert "rgba(0, 0, 0, 0)" == frame.locator("[data-declutter-label=flash]").first.evaluate(
        "one => getComputedStyle(one).outlineColor"
    )
    assert "" == page.get_attribute("iframe", "sandbox")


def test_a_text_dump_has_no_original(look: Open) -> None:
    assert not look([inspected("en-text-dump")]).page.locator("#tab-original").is_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_hostile_page_does_nothing(look: Open, size: tuple[int, int]) -> None:
    with serving() as site:
        source = HOSTILE.replace("HOST", site.url().rstrip("/"))
        made = declutter.explain(source, url=site.url("/page"))
        name = "<img src=x onerror=alert(1)>.html"
        opened = look([Inspected(name=name, document=made, original=outlined(source, made, url=site.url("/page")))],
                      size=size)  # fmt: skip
        page = opened.page

        elements = page.evaluate("document.querySelectorAll('script, style, link, img, iframe, form, base').length")
        for block in made.blocks:
            page.evaluate(f"document.querySelectorAll('#blocks > li')[{block.index}].click()")
        page.click("#tab-products", force=True)
        for form in page.locator("#view-products .choice label").all():
            form.click()
        page.click("#tab-original")
        frame = page.frame_locator("iframe")
        frame.locator("text=Home").first.click(force=True)
        frame.locator("text=a link that runs").first.click(force=True)
        frame.locator("text=Send").first.click(force=True)
        page.wait_for_timeout(300)

        assert page.evaluate("window.__ran") is None
        assert 4 == elements  # the data twice, the script, the style
        assert name == page.inner_text("#name")
        assert [] == site.requests
        assert ["about:srcdoc"] == [frame.url for frame in page.frames[1:]]
        assert [] == _links(opened, site.url())


def _links(opened: Opened, host: str) -> list[str]:
    targets = opened.page.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [target for target in targets if not target.startswith((host, "#"))]


def test_directions_that_a_page_sets_end_where_its_text_does(look: Open) -> None:
    text = "\u202e\u2067 backwards" + " words that go on for long enough" * 4
    source = f"<html><body><article><p>{text}</p><p>plain {text[2:]}</p></article></body></html>"
    page = look(declutter.explain(source)).page

    box = "one => { const box = one.getBoundingClientRect(); return [box.left, box.right] }"
    first, second = page.locator("#blocks > li").all()[:2]
    for part in (".number", ".label", ".sure"):
        assert first.locator(part).evaluate(box) == second.locator(part).evaluate(box)


def test_an_original_is_harmless_without_the_report_around_it(look: Open, tmp_path: Path) -> None:
    with serving() as site:
        source = HOSTILE.replace("HOST", site.url().rstrip("/"))
        original = outlined(source, declutter.explain(source))
        assert original is not None
        (tmp_path / "original.html").write_text(original.html, encoding="utf-8")

        opened = look(tmp_path / "original.html")
        opened.page.locator("text=Home").first.click()
        opened.page.locator("text=a link that runs").first.click()
        opened.page.wait_for_timeout(300)

        assert opened.page.evaluate("window.__ran") is None
        assert [] == site.requests
        assert opened.page.url.endswith("/original.html")
        opened.said.clear()  # the policy says on the console what it kept from loading


def test_five_thousand_blocks_are_laid_out_only_where_they_are_seen(look: Open) -> None:
    made = declutter.explain("<html><body>" + "".join(f"<p>Paragraph number {n}.</p>" for n in range(5000)))
    page = look(made).page

    assert ["auto", 5000] == page.evaluate(
        "[getComputedStyle(blocks.firstElementChild).contentVisibility, blocks.children.length]"
    )
    page.keyboard.press("End")
    assert 4999 == selected(page)
    assert page.locator("[aria-selected=true].block").bounding_box()["y"] < DESKTOP[1]
    page.fill("#query", "number 77")
    assert "11 matches" == page.inner_text("#found")
