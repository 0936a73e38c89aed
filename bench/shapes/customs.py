"""What portals and readers put around, between and into texts, as of late: polls, verse, comments, lines of signs."""

from __future__ import annotations

from typing import Final

from shapes.forms import ESSAY, HEAD, PARAGRAPHS, SENTENCE, Shape, numbered, repeated, within, word

_STATED: Final = "<html><head><title>{0}</title><meta property=og:title content='{0}'></head><body><h1>{0}</h1>"


def _words(number: int, count: int) -> str:
    return " ".join(word(count * number + k) for k in range(count))


def _line(number: int) -> str:
    return f"{word(2 * number).capitalize()} and {word(2 * number + 1)} of it"


def _titled(size: int) -> bytes:
    """A headline of as many words as the texts below it, each text with some of them."""
    count = size // 200
    title = " ".join(map(word, range(count)))
    texts = "".join(f"<p>{word(n)} {word(n * 7 % count)} {SENTENCE}" for n in range(count))
    return f"{_STATED.format(title)}{texts}".encode()


def _learned_twice(size: int) -> bytes:
    """An essay, and all of it again."""
    half = "".join(f"<p>{_words(n, 20)}." for n in range(size // 400))
    return f"{HEAD}<div class=a>{half}</div><div class=b>{half}</div>".encode()


def _contents(size: int) -> bytes:
    """A list of contents, and the headings that it points at."""
    count = size // 180
    listed = "".join(f"<li><a href=#h{n}>{_line(n)}</a>" for n in range(count))
    return (
        f"{HEAD}<ul>{listed}</ul>{''.join(f'<h2 id=h{n}>{_line(n)}</h2><p>{SENTENCE}' for n in range(count))}".encode()
    )


def _pointed(size: int) -> bytes:
    """Pointers to other pages, and headings and teasers of the same words."""
    count = size // 150
    pointers = "".join(f"<p>Read also: {_line(n)}" for n in range(count))
    return f"{ESSAY}{pointers}{''.join(f'<h3><a href=/{n}>{_line(n)}</a></h3>' for n in range(count))}".encode()


def _listing(size: int) -> bytes:
    """A list as JSON-LD states it, and as it is shown."""
    count = size // 160
    stated = ",".join(f'{{"@type":"ListItem","name":"{_line(n)}","url":"/{n}"}}' for n in range(count))
    shown = "".join(f"<li><a href=/{n}>{_line(n)}</a>" for n in range(count))
    return (
        f"<html><head><script type=application/ld+json>"
        f'{{"@type":"ItemList","itemListElement":[{stated}]}}</script></head><body><ul>{shown}</ul>'
    ).encode()


def _writers(size: int) -> bytes:
    """Authors by links, and a byline of each."""
    count = size // 82
    links = "".join(f"<a rel=author href=/author/{word(n)}>{word(n).capitalize()} Miller</a> " for n in range(count))
    return f"{HEAD}<p>{links}</p>{''.join(f'<p>By {word(n).capitalize()} Miller' for n in range(count))}".encode()


SHAPES: Final[dict[str, Shape]] = {
    "polls, one below another": repeated(
        "<form><p>Which is it, then?<label><input type=radio>Yes</label><label><input type=radio>No</label></form>",
        before=ESSAY,
    ),
    "choices of one poll, a line each": repeated(
        "<li><input type=radio>A choice {n}</li>", before=f"{ESSAY}<form><ul>"
    ),
    "choices of one poll, nested": within("<fieldset><input type=radio>x", "</fieldset>", before=f"{ESSAY}<form>"),
    "results of a poll": repeated("<li>A choice {n} <b>45 %</b></li>", before=f"{ESSAY}<p>Which is it?<ul>"),
    "ticks": repeated("<label><input type=checkbox>words of it</label><br>", before=ESSAY),
    "verse, a line each": numbered(lambda n: f"{_line(n)},<br>", each=24, before=f"{HEAD}<h1>A poem</h1><p>"),
    "verse, a stanza each": repeated("<p>The sea comes,<br>the sea goes,<br>and so do I,<br>and so do I.</p>"),
    "verse with a refrain": numbered(lambda n: f"<p>{_line(n)}<br>{_line(n + 1)}<br>and so do I", each=70),
    "verse below headings": repeated("<h3>IV</h3><p>The sea comes<p>and goes<p>and comes"),
    "comments without classes": repeated(
        f"<div><div><img src=/a.png><a href=/u/{{n}}>Ann</a> <span>2 hours ago</span></div><p>{SENTENCE}</p>"
        "<a href=#>Reply</a></div>",
        before=ESSAY,
    ),
    "comments without classes, in answer": within(
        "<ul><li><b>Ann</b> 5 May 2023 10:12<p>Good, I say.</p>", "</li></ul>", before=ESSAY
    ),
    "comments by their count": repeated("<h3>{n} comments</h3><p>Ann: Good, I say.", before=ESSAY),
    "comments of a name and a colon": numbered(
        lambda n: f"<p>{word(n).capitalize()}: Good, I say", each=30, before=ESSAY
    ),
    "comments in tables": repeated("<table><tr><td>Ann<br>Posts: {n}<td>5 May 2023<p>Good, I say</table>"),
    "a headline of many words": _titled,
    "a word of the headline in each text": numbered(
        lambda n: f"<p>{word(n)} title {word(n + 1)} words {SENTENCE}", each=130
    ),
    "items of links and texts": numbered(
        lambda n: f"<div><a href=/{n}>{_line(n)}</a><p>{_words(n, 12)}</p></div>", each=170
    ),
    "items of links and texts, by turns": numbered(
        lambda n: f"<li><a href=/{n}>{_line(n)}</a><li>{_words(n, 12)}", each=160, before=f"{ESSAY}<ul>"
    ),
    "headlines between signs": numbered(lambda n: f"<p>+++ {_line(n)} +++<p>{SENTENCE}", each=130),
    "headlines behind a sign": numbered(lambda n: f"<p>⚡ {_line(n)}: {SENTENCE}", each=130),
    "headlines of stars": numbered(lambda n: f"<p>**{_line(n)}** {SENTENCE}", each=125),
    "headlines in brackets of Han": repeated("<p>【渡轮公司订购两艘电动船】据官方消息，渡轮公司已订购两艘电动船。"),
    "brackets of Han never closed": repeated("<p>【渡轮公司订购两艘电动船，据官方消息，渡轮公司已订购。"),
    "signs before one line": repeated("+++ ", before=f"{ESSAY}<p>", after=f"{SENTENCE}"),
    "stars before one line": repeated("*", before=f"{ESSAY}<p>", after=f"{SENTENCE}"),
    "bold lines over texts, parted by rules": numbered(lambda n: f"<hr><b>{_line(n)}</b><p>{SENTENCE}", each=130),
    "news in brief": numbered(
        lambda n: f"<li><b>{_line(n)}.</b> {SENTENCE}", each=130, before=f"{HEAD}<h1>In brief</h1><ul>"
    ),
    "news in brief, parted by stars": numbered(lambda n: f"<p>* * *<p>{_line(n)}<p>{SENTENCE}", each=140),
    "datelines of Russian": repeated(f"<p>МОСКВА, 28 мая — РИА Новости. {SENTENCE}"),
    "datelines of Korean": repeated(f"<p>[서울=연합뉴스] {SENTENCE}"),
    "datelines of Japanese": repeated("<p>【ロンドン共同】灯台守は毎晩階段を上り、灯をともした。"),
    "datelines of many places": repeated("BERLIN/PARIS/", before=f"{ESSAY}<p>", after=f", May 5 (Agency) - {SENTENCE}"),
    "datelines of towns of their own": numbered(
        lambda n: f"<p>{word(n).upper()} ({word(n + 1)}), May {n % 28 + 1} – {SENTENCE}", each=130
    ),
    "stamps, headlines and texts": numbered(
        lambda n: f"<p>28.05.2023, 09:47 Uhr | dpa<p>{_line(n)}<p>{SENTENCE}", each=155, before=ESSAY
    ),
    "times on their lines": numbered(
        lambda n: f"09:47<br>{_line(n)}<br>{SENTENCE}<br>", each=130, before=f"{ESSAY}<p>"
    ),
    "numbers behind lines": numbered(lambda n: f"<p>{_line(n)} {n}", each=32),
    "sentences and numbers behind them": repeated(f"{SENTENCE}{{n}} ", before=f"{HEAD}<p>"),
    "hashtags": numbered(lambda n: f"#{word(n)} ", each=15, before=f"{ESSAY}<p>"),
    "hashtags, a line each": numbered(lambda n: f"<p>#{word(n)} #{word(n + 1)}", each=30, before=ESSAY),
    "quotes that the text takes up": numbered(
        lambda n: f"<p>{_words(n, 9)}. So it is.<blockquote>{_words(n, 9)}</blockquote>", each=200
    ),
    "contacts": repeated("<p>Phone: +49 30 1234{n}, mail: a{n}@example.org", before=ESSAY),
    "writers, each of a name": numbered(
        lambda n: f"<p>{word(n).capitalize()} Miller is a writer at The Paper.", each=50, before=ESSAY
    ),
    "writers in one byline": numbered(
        lambda n: f"{word(n).capitalize()} Miller, ", each=17, before=f"{HEAD}<p class=byline>By "
    ),
    "writers by links and bylines": _writers,
    "prices of a ticker": numbered(
        lambda n: f"<span>{word(n).upper()[:4]} 30,000.00 +2.1 %</span> ", each=42, before=ESSAY
    ),
    "a list, stated and shown": _listing,
    "links to the next page": repeated("<a href=/a?page={n}>Next page</a> ", before=ESSAY),
    "sections and their headings": numbered(lambda n: f"<section><h2>{_line(n)}</h2><p>{SENTENCE}</section>", each=140),
    "sections, nested": within(f"<section><h2>A heading</h2><p>{SENTENCE}", "</section>"),
    "contents, and headings": _contents,
    "headings that say what follows": numbered(
        lambda n: f"<h3>{_words(n, 6)}</h3><p>{_words(n, 6)} {SENTENCE}", each=200
    ),
    "all of it twice": _learned_twice,
    "one paragraph over and over": repeated(PARAGRAPHS),
    "two paragraphs by turns": repeated(f"<p>{SENTENCE}<p>{SENTENCE.upper()}"),
    "cards without classes": numbered(
        lambda n: f"<a href=/{n}><img src=/{n}.png><h3>{_line(n)}</h3><p>{SENTENCE}</p></a>", each=160
    ),
    "pointers and what they point at": _pointed,
    "crumbs, a line each": repeated("<p>Home > News > Sea", before=HEAD),
    "crumbs in one line": numbered(lambda n: f"{word(n)} > ", each=17, before=f"{HEAD}<p>"),
    "names and posts": numbered(lambda n: f"<p>{word(n).capitalize()} Miller, editor", each=32, before=ESSAY),
    "rights reserved": repeated("<p>© {n} The Paper. All rights reserved.", before=ESSAY),
    "notices of editors": repeated("<p>Editor's note: this was changed on 5 May {n}.", before=ESSAY),
    "corrections in one text": repeated("Correction: it was {n}. ", before=f"{ESSAY}<p>"),
    "hidden within hidden": within("<div hidden style='display:none'>x", "</div>", before=ESSAY),
    "details within details": within("<details><summary>more</summary>x", "</details>", before=ESSAY),
    "languages of their own": repeated(f"<p lang=x-{{n}}>{SENTENCE}"),
    "microdata, nested": within("<div itemscope itemprop=author><b itemprop=name>Ann</b>", "</div>", before=ESSAY),
    "times of elements": repeated("<time datetime=2023-05-28T09:47:{n}>x</time> ", before=f"{ESSAY}<p>"),
    "sources, Han, in one text": repeated("（来源：新华社）", before=f"{ESSAY}<p>"),
    "questions in one text": repeated("Q: Why is it so? A: So it is. ", before=f"{ESSAY}<p>"),
    "captions that are the same": repeated(
        "<figure><img src=/{n}.png alt='The keeper'><figcaption>The keeper</figcaption></figure>", before=ESSAY
    ),
    "shares and signs": repeated("<p>Share Tweet Pin<p>Follow us on X<p>Subscribe", before=ESSAY),
    "tables of times and headlines": numbered(
        lambda n: f"<tr><td>10:12<td>{_line(n)}", each=32, before=f"{ESSAY}<table>"
    ),
    "dump: Markdown": numbered(
        lambda n: f"## {_line(n)}\n\n- [{_line(n)}](/a{n})\n\n| a | b |\n|---|---|\n\n```\ncode\n```\n",
        each=110,
        before="",
    ),
    "dump: talk": numbered(lambda n: f"{word(n).capitalize()}: {SENTENCE}\n", each=100, before=""),
    "dump: commas at the end": numbered(lambda n: f"{_line(n)},\n", each=25, before=""),
    "dump: numbers at the end": numbered(lambda n: f"{_line(n)} {n}\n", each=28, before=""),
    "dump: menus over and over": repeated(f"Home News Sport Weather\n{SENTENCE}\n", before=""),
    "dump: stamps on their lines": numbered(
        lambda n: f"[2023/5/28 9:47:25]\n{_line(n)}\n{SENTENCE}\n", each=130, before=""
    ),
    "dump: headlines between signs": numbered(lambda n: f"+++ {_line(n)} +++\n{SENTENCE}\n", each=120, before=""),
}
