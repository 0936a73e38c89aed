"""One thing for each of many others."""

from __future__ import annotations

from typing import Final

from shapes.forms import ESSAY, HEAD, LIVE, PARAGRAPHS, SENTENCE, TIMES, Shape, repeated

SHAPES: Final[dict[str, Shape]] = {
    "headings of one cue": repeated("<h2>Related</h2>", before=ESSAY + "<div class=x>"),
    "linked headings of one cue": repeated("<h2><a href=/{n}>Related</a></h2>", before=ESSAY + "<div class=x>"),
    "headings of cues, nested": repeated("<div class=x><h3>Related</h3>", before=ESSAY),
    "runs of times": repeated(f"<p>{TIMES}" + f"<p>{SENTENCE}" * 5),
    "runs of times, of a class": repeated(f"<p class=a>{TIMES}" + f"<p class=b>{SENTENCE}" * 5),
    "code and formulas in one text": repeated("<code>a</code> \\(x\\) ", before=HEAD + "<p>"),
    "deep, then wide": repeated("<p class=b>some words", before=HEAD + "<div class=a>" * 1900),
    "deep poll, then its choices": repeated("<input type=radio>x<br>", before=HEAD + "<div>" * 1900 + PARAGRAPHS),
    "deep comments, then wide": repeated("<p><a href=/a>some words</a>", before=ESSAY + "<div class=comment>" * 1900),
    "deep code, then wide": repeated("<p>some words", before=ESSAY + "<code>" * 1900),
    "deep formula, then wide": repeated("<p>some words", before=ESSAY + "<math>" * 1900),
    "pictures of no source": repeated("<source><img>", before=HEAD + "<picture>"),
    "pictures in one link": repeated("<img src=/a{n}.png>", before=ESSAY + "<a href=/x>", after=f"</a>{PARAGRAPHS}"),
    "drawings of MathJax": repeated("<script type=math/tex class=MathJax>x</script>", before=HEAD + "<p>"),
    "drawings of KaTeX": lambda size: (
        f"{HEAD}<p><span class=katex-mathml>{'<math><mi>x</mi></math>' * (size // 46)}</span>"
        f"<span class=katex-html>{'<b>x</b>' * (size // 16)}"
    ).encode(),
    "drawings of KaTeX, each in one": repeated(
        "<b><span class=katex-mathml><math><mi>x</mi></math></span><span class=katex-html>y", before=HEAD + "<p>"
    ),
    "a live blog, stated and shown": lambda size: (
        f'{LIVE}<script type=application/ld+json>{{"@type":"LiveBlogPosting","liveBlogUpdate":['
        + ",".join(f'{{"datePublished":"2023-05-01T10:05Z","articleBody":"words {n}"}}' for n in range(size // 300))
        + "]}</script><div class=live-blog>"
        + "".join(f"<div><h3>10:05</h3><p>other {n} {SENTENCE}</div>" for n in range(size // 300))
    ).encode(),
    "a live blog, an element each": repeated(
        f"<div><h3>10:05</h3><p>{SENTENCE}</div><div><h3>10:06</h3><p>{SENTENCE}</div>",
        before=LIVE + "<div class=live-blog>",
    ),
    "cards": repeated("<div class=card><b>News</b><a href=/{n}>A headline of words</a><p>1 May 2023</p></div>"),
    "comments of readers": repeated("<div class=comment><b>Ann</b><p>Good, I say</p><a href=#>Reply</a></div>"),
    "bylines": repeated("<div class=byline><a href=/author/a{n}>Mary Miller</a> 5 May 2023</div>"),
    "forms of one field": repeated("<form class=x><input type=email name=mail><button>Sign up</button></form>"),
    "fields of one form": repeated("<input type=email>", before=HEAD + "<form>", after="<p>x"),
    "kickers": repeated(f"<p class=a>BRIEF | Boats to be added: {SENTENCE}", before=ESSAY),
    "figures": repeated("<figure><img src=/{n}.png><figcaption>A caption</figcaption></figure>"),
}
