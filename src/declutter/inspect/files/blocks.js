// The blocks of a page as a list: one is in the order of tabs, arrow keys move among those that are shown.

class BlockList {
  /** `labels`: names in the order of their numbers. `choose`: called with the number of the block selected, or null. */
  constructor(root, labels, choose) {
    this.root = root;
    this.labels = labels;
    this.choose = choose;
    this.root.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item && getSelection().isCollapsed) this.select(this.items.indexOf(item), { focus: true });
    });
  }

  show(blocks) {
    this.blocks = blocks;
    this.only = new Set();
    this.selected = null;
    this.items = blocks.map((block, index) => this.item(block, index));
    this.root.replaceChildren(...this.items);
    this.filter(this.only);
  }

  item(block, index) {
    const label = this.labels[block.label];
    const text = quoted("span", { class: "text" }, ...linked(block));
    return make(
      "li",
      { role: "option", class: `block ${block.kind}`, "data-label": label, "aria-selected": "false", tabindex: -1 },
      make("span", { class: "number" }, String(index)),
      make("span", { class: "label" }, label),
      text,
      make("span", { class: isDoubtful(block.confidence) ? "sure doubtful" : "sure" }, percent(block.confidence)),
    );
  }

  /** Show only the blocks of some labels; all of them where the set is empty. */
  filter(only) {
    this.only = only;
    this.root.dataset.only = [...only].join(" ");
    const stop = this.selected !== null && this.isShown(this.selected) ? this.selected : this.next(-1, 1);
    this.root.querySelector('[tabindex="0"]')?.setAttribute("tabindex", -1);
    if (stop !== null) this.items[stop].tabIndex = 0;
  }

  isShown(index) {
    return !this.only.size || this.only.has(this.labels[this.blocks[index].label]);
  }

  /** The next block shown from `index` on, in steps of 1 or -1; null at the end. */
  next(index, step) {
    for (let at = index + step; at >= 0 && at < this.blocks.length; at += step) if (this.isShown(at)) return at;
    return null;
  }

  select(index, { focus = false, scroll = true } = {}) {
    const before = this.selected === null ? null : this.items[this.selected];
    before?.setAttribute("aria-selected", "false");
    this.selected = index;
    this.choose(index);
    if (index === null) return;
    this.root.querySelector('[tabindex="0"]')?.setAttribute("tabindex", -1);
    const item = this.items[index];
    item.setAttribute("aria-selected", "true");
    item.tabIndex = 0;
    if (focus) item.focus({ preventScroll: true });
    if (scroll) item.scrollIntoView({ block: "nearest" });
  }

  /** Move by the key pressed; tells whether it was one of ours. */
  key(key) {
    const at = this.selected ?? -1;
    const moves = {
      ArrowDown: () => this.next(at, 1),
      j: () => this.next(at, 1),
      ArrowUp: () => this.next(at, -1),
      k: () => this.next(at, -1),
      Home: () => this.next(-1, 1),
      End: () => this.next(this.blocks.length, -1),
    };
    if (!Object.hasOwn(moves, key)) return false;
    const index = moves[key]();
    if (index !== null) this.select(index, { focus: true });
    return true;
  }
}

/** A block's text in pieces: its links underlined, a picture as its alternative text. */
function linked(block) {
  if (block.kind === "image") return [make("span", { class: "picture" }, "picture"), ` ${block.text}`];
  const pieces = [];
  let end = 0;
  for (const [start, stop] of block.links ?? []) {
    if (start < end || stop <= start) continue;
    pieces.push(block.text.slice(end, start), make("u", {}, block.text.slice(start, stop)));
    end = stop;
  }
  return [...pieces, block.text.slice(end)];
}
