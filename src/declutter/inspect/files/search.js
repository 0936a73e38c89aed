// Search in the text of the blocks that are shown. Matches are painted by the CSS Custom Highlight API, where there is
// one: the list stays as it is, and a thousand matches cost nothing.

const MAX_PAINTED = 2000; // on either side of the current match: far more than a reader passes at a time

class Search {
  constructor(list, output) {
    this.list = list;
    this.output = output;
    this.query = "";
    this.matches = [];
    this.at = -1;
  }

  find(query) {
    this.query = query.trim();
    this.matches = [];
    this.at = -1;
    if (this.query) {
      const words = this.query.split(/\s+/u).map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&"));
      const pattern = new RegExp(words.join("\\s+"), "giu");
      this.list.blocks.forEach((block, index) => {
        if (!this.list.isShown(index)) return;
        for (const match of block.text.matchAll(pattern)) {
          this.matches.push({ index, start: match.index, end: match.index + match[0].length });
        }
      });
    }
    this.paint();
  }

  /** Go to the next match in steps of 1 or -1, around the ends; the first from the selected block on. */
  go(step) {
    if (!this.matches.length) return;
    const count = this.matches.length;
    if (this.at < 0) {
      const from = this.list.selected ?? 0;
      const first = this.matches.findIndex((match) => match.index >= from);
      this.at = step > 0 ? Math.max(first, 0) : (first < 0 ? count : first) - 1;
      if (this.at < 0) this.at = count - 1;
    } else {
      this.at = (this.at + step + count) % count;
    }
    this.list.select(this.matches[this.at].index);
    this.paint();
  }

  paint() {
    const count = this.matches.length;
    const place = this.at < 0 ? "" : `${number(this.at + 1)} of `;
    this.output.textContent = this.query ? place + counted(count, "match", "matches") : "";
    if (!CSS.highlights) return;
    const near = this.matches.slice(Math.max(0, this.at - MAX_PAINTED), Math.max(0, this.at) + MAX_PAINTED);
    CSS.highlights.set("found", new Highlight(...near.map((match) => this.range(match))));
    CSS.highlights.set("current", new Highlight(...(this.at < 0 ? [] : [this.range(this.matches[this.at])])));
  }

  range({ index, start, end }) {
    const text = this.list.items[index].querySelector(".text");
    const range = new Range();
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let offset = this.list.blocks[index].kind === "image" ? -"picture ".length : 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const past = offset + node.length;
      if (start >= offset && start < past) range.setStart(node, start - offset);
      if (end > offset && end <= past) {
        range.setEnd(node, end - offset);
        break;
      }
      offset = past;
    }
    return range;
  }
}
