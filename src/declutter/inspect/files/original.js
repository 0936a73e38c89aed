// The page itself in a frame that runs nothing and loads nothing. Its markup was cleaned when the report was made.

const trusted = window.trustedTypes?.createPolicy("original", { createHTML: (html) => html });

/** Show a page's original with the blocks of some labels outlined; of all, where the set is empty. */
function showOriginal(html, only) {
  const frame = make("iframe", { sandbox: "", title: "The original page, its blocks outlined", referrerpolicy: "no-referrer" });
  const filtered = html.replace('data-only=""', `data-only="${[...only].join(" ")}"`);
  frame.srcdoc = trusted ? trusted.createHTML(filtered) : filtered;
  byId("frame").replaceChildren(frame);
}
