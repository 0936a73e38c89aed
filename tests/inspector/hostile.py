"""A page that tries what pages try. `HOST` stands for a server that must not be asked for anything."""

from __future__ import annotations

HOSTILE = """<!doctype html><html lang=en onload="window.__ran=1"><head>
<meta http-equiv=refresh content="0;url=HOST/refresh"><base href="HOST/base/">
<title>&lt;script&gt;window.__ran=2&lt;/script&gt; </title>
<link rel=stylesheet href="HOST/sheet.css"><link rel=prefetch href="HOST/prefetch">
<link rel=dns-prefetch href="HOST"><link rel=preconnect href="HOST">
<script>window.__ran=3; fetch('HOST/fetch'); alert('script')</script>
<style>@import "HOST/import.css"; @font-face{font-family:f;src:url(HOST/font)} body{background:url("HOST/background")}
p{background:u\\72l(HOST/escaped); font-family:f} li{list-style-image:image-set("HOST/set" 1x)}
</style></head>
<body onload="alert('load')" style="background-image:url('HOST/attribute')" data-declutter-label="flash">
<nav><a href="HOST/a" ping="HOST/ping">Home</a><a href="javascript:window.__ran=4">All</a></nav>
<article><h1 onclick="window.__ran=5">A day at <b onmouseover="alert('over')">sea</b></h1>
<p>The first paragraph of an essay about the sea, &lt;/script&gt;&lt;script&gt;window.__ran=6&lt;/script&gt; which goes
on for long enough to be taken for what it is, a paragraph of the essay. &lt;!-- &lt;script&gt; ]]&gt;</p>
<p>The second paragraph \u202eread backwards\u2066 &#0; \x01\x08 and on for long enough to be taken for what it is, with
<a href="javascript:window.__ran=7">a link that runs</a>, <a href="data:text/html,<script>window.__ran=8</script>">one
that holds a page</a>, <a href=" java&#10;script:window.__ran=9">one in two lines</a> and
<a href="HOST/\u202egnp.exe">one that deceives</a>, as pages have them.</p>
<p>The third paragraph
<img src="HOST/picture.png" srcset="HOST/large.png 2x" onerror="window.__ran=10" alt="'onerror=alert(1)">
<svg onload="window.__ran=11"><script>window.__ran=12</script><image href="HOST/svg"/></svg>
<math><mtext></form><form><mglyph><style></math><img src=x onerror=alert('mxss')></style></mglyph></mtext></math>
has pictures in it, and goes on for long enough to be taken for what it is, a paragraph of the essay.</p>
<iframe src="HOST/frame" srcdoc="<script>parent.__ran=13</script>"></iframe><object data="HOST/object"></object>
<embed src="HOST/embed"><video src="HOST/video" poster="HOST/poster" autoplay></video>
<audio src="HOST/audio" autoplay></audio><form action="HOST/form"><input autofocus onfocus="window.__ran=14">
<button formaction="HOST/button">Send</button></form><template><img src=x onerror="window.__ran=15"></template>
<details open ontoggle="window.__ran=16"><summary>More</summary></details>
<x-card onclick="window.__ran=17">A custom element</x-card><noscript><img src="HOST/noscript"></noscript>
<p>The last paragraph is never closed <i>and <b>neither </i>are</b> <div>its elements</p></article>
</body></html><p>A paragraph behind the page's end<script>window.__ran=18</script>"""
