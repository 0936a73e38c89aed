// The essay and the flashes side by side, as they are written.

function showProducts(view, goTo) {
  const essay = byId("essay");
  choice(byId("essay-formats"), Object.keys(view.essay), (format) => {
    const text = view.essay[format];
    if (!text) essay.replaceChildren(make("p", { class: "notice" }, "No article was found on this page."));
    else if (format === "Text") essay.replaceChildren(...paragraphs(text));
    else essay.replaceChildren(quoted("pre", {}, text));
  });
  const flashes = byId("flashes");
  byId("flashes-title").textContent = view.flashes.length ? `Flashes (${number(view.flashes.length)})` : "Flashes";
  choice(byId("flash-formats"), ["Records", ...Object.keys(view.flash_rows)], (format) => {
    if (!view.flashes.length) flashes.replaceChildren(make("p", { class: "notice" }, "This essay has no flashes."));
    else if (format === "Records") flashes.replaceChildren(...view.flashes.map((flash) => record(flash, goTo)));
    else flashes.replaceChildren(quoted("pre", {}, view.flash_rows[format]));
  });
}

const paragraphs = (text) => text.split("\n").map((line) => quoted("p", {}, line));

function record(flash, goTo) {
  const facts = [
    ["Published", flash.published],
    ["Source", flash.source],
    ["URL", flash.url && address(flash.url)],
    ["Confidence", percent(flash.confidence)],
  ].filter(([, value]) => value);
  const button = make("button", { type: "button", class: "quiet" }, "Show in the page");
  button.addEventListener("click", () => goTo(flash.blocks[0]));
  return make(
    "article",
    { class: "record", "data-label": "flash", tabindex: -1 },
    quoted("h3", {}, flash.headline ?? "Without a headline"),
    ...paragraphs(flash.text),
    make("dl", { class: "facts" }, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    button,
  );
}
