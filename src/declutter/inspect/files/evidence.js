// What decided a block's label.

const MAX_REASONS = 10; // shown at once: the rest weigh little

class EvidencePanel {
  /** `close`: called when the reader is done with it. `showFlash`: called with the number of a flash. */
  constructor(root, labels, { step, close, showFlash }) {
    this.root = root;
    this.labels = labels;
    this.corrections = new Map(); // by block: the label it should have had, as the reader says
    this.step = step;
    this.close = close;
    this.showFlash = showFlash;
  }

  show(view, index) {
    this.root.classList.toggle("open", index !== null);
    this.root.replaceChildren(...(index === null ? this.hint() : this.content(view, view.blocks[index], index)));
    this.root.scrollTop = 0;
  }

  hint() {
    const keys = [
      ["↑ ↓ or j k", "move between blocks"],
      ["Enter", "read the evidence"],
      ["Esc", "back to the blocks"],
      ["/", "search"],
    ];
    return [
      make("h2", { id: "evidence-title" }, "Evidence"),
      make("p", { class: "muted" }, "Select a block to see the evidence for its label."),
      make(
        "dl",
        { class: "keys" },
        ...keys.flatMap(([key, does]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, does)]),
      ),
    ];
  }

  content(view, block, index) {
    const label = this.labels[block.label];
    const button = (text, name, act) => {
      const node = make("button", { type: "button", class: "quiet", "aria-label": name, title: name }, text);
      node.addEventListener("click", act);
      return node;
    };
    return [
      make(
        "div",
        { class: "evidence-head", "data-label": label },
        make("h2", { id: "evidence-title" }, `Block ${index}: `, make("span", { class: "label" }, label)),
        button("↑", "Previous block", () => this.step("ArrowUp")),
        button("↓", "Next block", () => this.step("ArrowDown")),
        button("✕", "Close the evidence", this.close),
      ),
      this.verdict(block),
      this.reasons(view, block),
      ...this.flash(block),
      this.facts(block),
      ...this.correction(view, block, index),
    ];
  }

  verdict(block) {
    const bar = make("span", { class: "meter", "aria-hidden": "true" }, make("span", {}));
    bar.firstElementChild.style.inlineSize = `${100 * block.confidence}%`;
    const line = make(
      "p",
      { class: "verdict" },
      make("strong", {}, percent(block.confidence)),
      isDoubtful(block.confidence) ? " confidence: doubtful" : " confidence",
      bar,
    );
    if (block.runner_up) {
      const [label, margin] = block.runner_up;
      const name = make("span", { class: "label" }, this.labels[label]);
      line.append(make("span", { class: "next-best", "data-label": this.labels[label] }, "Runner-up: ", name, `, ${margin.toFixed(1)} log-odds behind`));
    }
    return line;
  }

  reasons(view, block) {
    const reasons = block.evidence ?? [];
    if (!reasons.length) return make("p", { class: "muted" }, "There is no evidence for this block.");
    const widest = Math.max(...reasons.map(([, weight]) => Math.abs(weight)));
    const row = ([name, weight, label]) => {
      const bar = make("span", { class: weight < 0 ? "bar against" : "bar", "aria-hidden": "true" }, make("span", {}));
      bar.firstElementChild.style.inlineSize = `${(50 * Math.abs(weight)) / (widest || 1)}%`;
      const [what, meaning] = view.names[name];
      const about = this.labels[label];
      return make(
        "tr",
        { "data-label": about },
        make("td", {}, make("span", { class: "reason" }, what), make("span", { class: "meaning" }, meaning)),
        make("td", {}, make("span", { class: "label" }, about)),
        make("td", { class: "weight" }, signed(weight), bar),
      );
    };
    const body = make("tbody", {}, ...reasons.slice(0, MAX_REASONS).map(row));
    const rest = reasons.slice(MAX_REASONS);
    if (rest.length) {
      const more = make("button", { type: "button", class: "quiet" }, `Show ${number(rest.length)} weaker`);
      more.addEventListener("click", () => {
        const rows = rest.map(row);
        more.closest("tr").replaceWith(...rows);
        rows[0].tabIndex = -1;
        rows[0].focus();
      });
      body.append(make("tr", {}, make("td", { colspan: 3, class: "more" }, more)));
    }
    const sums = new Map();
    for (const [, weight, label] of reasons) sums.set(label, (sums.get(label) ?? 0) + weight);
    const totals = [...sums].map(([label, sum]) =>
      make(
        "tr",
        { "data-label": this.labels[label] },
        make("th", { scope: "row" }, "Total"),
        make("td", {}, make("span", { class: "label" }, this.labels[label])),
        make("td", { class: "weight" }, signed(sum)),
      ),
    );
    const heads = ["Evidence", "For", "Log-odds"].map((name) => make("th", { scope: "col" }, name));
    return make(
      "table",
      { class: "reasons" },
      make("thead", {}, make("tr", {}, ...heads)),
      body,
      make("tfoot", {}, ...totals),
    );
  }

  flash({ flash }) {
    if (flash === undefined) return [];
    const button = make("button", { type: "button" }, `Show flash ${flash + 1} as a record`);
    button.addEventListener("click", () => this.showFlash(flash));
    return [button];
  }

  /** What the reader says the block is, as the command that writes a rule of it. */
  correction(view, block, index) {
    if (block.place?.startsWith("line ")) return []; // rules are for elements
    const none = make("option", { value: "" }, "select a label");
    const options = this.labels.map((name, label) =>
      label === block.label ? "" : make("option", { value: name, selected: this.corrections.get(index) === name }, name),
    );
    const select = make("select", { id: "truth" }, none, ...options.filter(Boolean));
    const command = quoted("pre", { id: "rule", role: "status" });
    const show = () => {
      const blocks = [...this.corrections].sort(([a], [b]) => a - b).map(([at, label]) => `--block ${at}=${label}`);
      command.textContent = blocks.length ? ["declutter rules new", pageWord(view), ...blocks, "-o rules"].join(" ") : "";
      command.hidden = !blocks.length;
    };
    select.addEventListener("change", () => {
      if (select.value) this.corrections.set(index, select.value);
      else this.corrections.delete(index);
      show();
    });
    show();
    return [
      make(
        "details",
        { class: "correction", open: this.corrections.has(index) },
        make("summary", {}, "Is the label wrong?"),
        make("p", {}, make("label", { for: "truth" }, "It should be "), select),
        command,
        make("p", { class: "muted" }, "The command writes a rule for this site from your corrections."),
      ),
    ];
  }

  facts(block) {
    const facts = [["Kind", block.level ? `${block.kind}, level ${block.level}` : block.kind]];
    facts.push(["Length", counted(block.text.length, "character")]);
    if (block.place) facts.push(["Place", make("code", {}, block.place)]);
    const links = (block.links ?? []).filter(([, , target]) => target);
    if (links.length) {
      facts.push(["Links", make("ul", {}, ...links.map(([, , target]) => make("li", {}, address(target))))]);
    }
    return make("dl", { class: "facts" }, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
  }
}

/** The page as arguments of a shell; its name as a placeholder where it has none. */
function pageWord({ name, fields }) {
  const [, url] = fields.find(([field]) => field === "url") ?? [];
  const word = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const page = /^<|\p{Cc}/u.test(name) ? "PAGE" : word(name.replace(/^-/, "./-"));
  return url && url !== name ? `${page} --url ${word(url)}` : page;
}
