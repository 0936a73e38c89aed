"""The comments in which saved pages say where they are from."""

from __future__ import annotations

import pytest

import declutter

REST = (
    "<head><title>The orchard ledger</title></head><body><article><h1>The orchard ledger</h1>"
    "<p class=date>2 days ago</p>"
    "<p>My aunt wrote down every pear that fell, with the hour and the wind, for thirty-one autumns and one spring.</p>"
    "<p>See <a href='/tools'>the tools</a> she used, which were a pencil and a great deal of patience.</p></article>"
)
SINGLE_FILE = (
    "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://orchard.example/ledger \n"
    " saved date: Tue Mar 05 2024 10:00:00 GMT+0100 (Central European Standard Time)\n-->"
)


@pytest.mark.parametrize(
    "beginning",
    [
        "<!DOCTYPE html>\n<!-- saved from url=(0030)https://orchard.example/ledger -->\n<html lang=en>",
        (
            '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">\r\n'
            "<!-- saved from url=(0030)https://orchard.example/ledger -->\r\n<HTML>"
        ),
        "<!-- saved from url=(0030)https://orchard.example/ledger --><html>",
        SINGLE_FILE,
    ],
    ids=["Chrome", "Internet Explorer", "no doctype", "SingleFile"],
)
def test_the_url_of_a_saved_page_is_in_its_comment(beginning: str) -> None:
    for page in (beginning + REST, (beginning + REST).encode(), (beginning + REST).encode("utf-16")):
        document = declutter.extract(page)

        assert "https://orchard.example/ledger" == document.url
        assert "https://orchard.example/tools" in document.markdown  # links are resolved with it


def test_the_day_on_which_singlefile_saved_a_page_completes_its_dates() -> None:
    assert "2024-03-03" == declutter.extract(SINGLE_FILE + REST).published
    assert "2020-01-01" == declutter.extract(
        SINGLE_FILE + REST, options=declutter.ExtractOptions(as_of="2020-01-03")
    ).published  # fmt: skip


def test_the_callers_url_goes_before_that_in_the_comment() -> None:
    assert "https://a.example/" == declutter.extract(SINGLE_FILE + REST, url="https://a.example/").url


@pytest.mark.parametrize(
    "beginning",
    [
        "<!-- saved from url=(0014)about:internet --><html>",
        "<!-- saved from url=(0018)file:///C:/a.html --><html>",
        "<!-- written by hand, url: https://orchard.example/ledger --><html>",
        "<html><body><p>A text.<!-- saved from url=(0030)https://orchard.example/ledger -->",
        "<html><!--\n Page saved with SingleFile \n url: javascript:1\n saved date: Tue Xyz 05 2024 10:00:00 GMT\n-->",
        "<html><!--\n Page saved with SingleFile \n url: https://orchard.example/ledger",
    ],
)
def test_other_comments_say_nothing(beginning: str) -> None:
    document = declutter.extract(beginning + REST.replace("<p", "\n<p"))

    assert (None, None) == (document.url, document.published)
