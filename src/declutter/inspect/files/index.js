// The index of several pages, lowest confidence first.

const COLUMNS = [
  { name: "Confidence", value: (row) => row.confidence ?? -1, order: 1 },
  { name: "Page", value: (row) => row.title ?? row.name, order: 1 },
  { name: "Doubtful blocks", value: (row) => row.doubtful ?? 0, order: -1, class: "count" },
  { name: "Flashes", value: (row) => row.flashes ?? 0, order: -1, class: "count" },
  { name: "Essay", value: (row) => row.essay ?? 0, order: -1, class: "count" },
  { name: "Published", value: (row) => row.published ?? "", order: -1 },
];

class Index {
  constructor(rows, labels) {
    this.rows = rows;
    this.labels = labels.map(({ name }) => name);
    this.sorted = { column: COLUMNS[0], order: 1 };
    this.nodes = new Map(rows.map((row) => [row, this.node(row)]));
    byId("index-query").addEventListener("input", () => this.show());
    byId("index-columns").append(
      ...COLUMNS.map((column) => {
        const button = make("button", { type: "button" }, column.name);
        button.addEventListener("click", () => this.sort(column));
        return make("th", { role: "columnheader", scope: "col", class: column.class }, button);
      }),
    );
    byId("index-title").textContent = counted(rows.length, "page");
    byId("index-summary").textContent = this.summary();
    this.show();
  }

  summary() {
    const failed = this.rows.filter((row) => row.error).length;
    const bare = this.rows.filter((row) => !row.error && !row.essay).length;
    const flashes = this.rows.reduce((sum, row) => sum + (row.flashes ?? 0), 0);
    const parts = [counted(flashes, "flash", "flashes")];
    if (bare) parts.push(`${counted(bare, "page")} without an essay`);
    if (failed) parts.push(`${counted(failed, "page")} could not be read`);
    return parts.join(" · ");
  }

  sort(column) {
    const order = this.sorted.column === column ? -this.sorted.order : column.order;
    this.sorted = { column, order };
    this.show();
  }

  show() {
    const query = byId("index-query").value.trim().toLowerCase();
    const { column, order } = this.sorted;
    const shown = this.rows.filter((row) => `${row.title ?? ""} ${row.name} ${row.url ?? ""}`.toLowerCase().includes(query));
    const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b) : a - b);
    // Where pages are equally sure, the one with more doubtful blocks comes first.
    shown.sort((a, b) => order * compare(column.value(a), column.value(b)) || (b.doubtful ?? 0) - (a.doubtful ?? 0));
    byId("index-rows").replaceChildren(...shown.map((row) => this.nodes.get(row)));
    [...byId("index-columns").children].forEach((head, place) => {
      if (COLUMNS[place] === column) head.setAttribute("aria-sort", order > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    byId("index-count").textContent = query ? counted(shown.length, "page") : "";
  }

  node(row) {
    const cell = (name, ...children) => {
      const { class: kind } = COLUMNS.find((column) => column.name === name);
      return make("td", { role: "cell", "data-name": name, class: kind }, ...children);
    };
    const title = row.title ?? (row.error ? "Not read" : "Without a title");
    const first = make(
      "td",
      { role: "cell", class: "page" },
      row.href ? quoted("a", { href: row.href }, title) : quoted("span", { class: "title" }, title),
      quoted("span", { class: "name" }, row.error ?? row.name),
    );
    if (row.error) return make("tr", { role: "row", class: "failed" }, cell("Confidence", "error"), first, ...COLUMNS.slice(2).map(({ name }) => cell(name, "–")));
    first.append(this.shares(row));
    const notes = [...(row.essay ? [] : ["no essay"]), ...(row.truncated ? ["truncated"] : [])];
    return make(
      "tr",
      { role: "row" },
      cell("Confidence", make("span", { class: isDoubtful(row.confidence) ? "sure doubtful" : "sure" }, percent(row.confidence))),
      first,
      cell("Doubtful blocks", number(row.doubtful ?? 0)),
      cell("Flashes", number(row.flashes ?? 0)),
      cell("Essay", row.essay ? number(row.essay) : "", ...notes.map((note) => make("span", { class: "note" }, note))),
      cell("Published", (row.published ?? "–").slice(0, 10)),
    );
  }

  /** How much of the page's text has which label. */
  shares({ shares }) {
    const all = shares.reduce((sum, share) => sum + share, 0) || 1;
    const said = shares.map((share, label) => [label, share]).filter(([, share]) => share);
    const text = said.map(([label, share]) => `${this.labels[label]} ${Math.round((100 * share) / all)}%`).join(", ");
    const bar = make("span", { class: "shares", role: "img", "aria-label": text, title: text });
    for (const [label, share] of said) {
      const part = make("span", { "data-label": this.labels[label] });
      part.style.flexGrow = share;
      bar.append(part);
    }
    return bar;
  }
}
