// One page: its views, its legend, its search, and the keys.

class PageView {
  constructor(labels) {
    this.labels = labels.map(({ name }) => name);
    this.meanings = labels.map(({ meaning }) => meaning);
    this.list = new BlockList(byId("blocks"), this.labels, (index) => this.chosen(index));
    this.search = new Search(this.list, byId("found"));
    this.panel = new EvidencePanel(byId("evidence"), this.labels, {
      step: (key) => this.list.key(key),
      close: () => this.back(),
      showFlash: (flash) => this.showFlash(flash),
    });
    this.tabs = [...byId("tabs").children];
    byId("tabs").addEventListener("click", (event) => event.target.role === "tab" && this.open(event.target.id));
    byId("tabs").addEventListener("keydown", (event) => this.keyOnTab(event));
    byId("legend").addEventListener("click", (event) => this.toggle(event.target.closest("button")));
    byId("previous").addEventListener("click", () => this.search.go(-1));
    byId("next").addEventListener("click", () => this.search.go(1));
    byId("query").addEventListener("input", (event) => this.search.find(event.target.value));
    byId("query").addEventListener("keydown", (event) => this.keyOnQuery(event));
    document.addEventListener("keydown", (event) => this.key(event));
    // What is scrolled to must not come to stand behind the tools, nor the evidence beside it.
    new ResizeObserver(([{ target }]) => {
      const height = getComputedStyle(target).position === "sticky" ? target.offsetHeight : 0;
      document.documentElement.style.scrollPaddingBlockStart = `${height + 8}px`;
      byId("evidence").style.setProperty("--tools", `${height}px`);
    }).observe(byId("tools"));
  }

  /** `prefix`: what stands before a block's number in the address of this page. */
  show(view, prefix) {
    this.view = view;
    this.prefix = prefix;
    document.title = `${view.title ?? view.name} · declutter inspector`;
    byId("title").textContent = view.title ?? "Without a title";
    byId("name").replaceChildren(quoted("span", {}, view.name));
    byId("figures").replaceChildren(...this.figures().map((figure) => make("li", {}, ...figure)));
    byId("about").hidden = !view.fields.length;
    byId("fields").replaceChildren(
      ...view.fields.flatMap(([name, value]) => [
        make("dt", {}, name === "url" ? "URL" : name),
        make("dd", {}, name === "url" ? address(value) : quoted("span", {}, value)),
      ]),
    );
    this.panel.corrections.clear();
    this.list.show(view.blocks);
    byId("blocks").hidden = !view.blocks.length;
    byId("nothing").hidden = view.blocks.length > 0;
    this.showLegend();
    showProducts(view, (index) => this.goTo(index));
    byId("frame").replaceChildren();
    byId("tab-original").hidden = !view.original;
    byId("query").value = "";
    this.search.find("");
    this.list.select(null);
    this.open("tab-blocks");
  }

  figures() {
    const { view } = this;
    const doubtful = view.blocks.filter(({ confidence }) => isDoubtful(confidence)).length;
    const strong = (text) => make("strong", {}, text);
    return [
      [strong(percent(view.confidence)), " sure of the essay"],
      [strong(number(view.essay.Text.length)), " characters of essay"],
      [strong(number(view.flashes.length)), view.flashes.length === 1 ? " flash" : " flashes"],
      [strong(number(view.blocks.length)), ` blocks, ${number(doubtful)} of them doubtful`],
      ...(view.truncated ? [[strong("Truncated"), " at a limit"]] : []),
    ];
  }

  showLegend() {
    const counts = this.labels.map(() => 0);
    for (const { label } of this.view.blocks) counts[label] += 1;
    const all = make("button", { type: "button", "aria-pressed": "true", "data-all": true }, "All ", make("span", { class: "count" }, number(this.view.blocks.length)));
    const buttons = this.labels.map((name, label) =>
      make(
        "button",
        { type: "button", "aria-pressed": "false", "data-label": name, title: this.meanings[label], disabled: !counts[label] },
        make("span", { class: "swatch", "aria-hidden": "true" }),
        make("span", { class: "label" }, name),
        " ",
        make("span", { class: "count" }, number(counts[label])),
      ),
    );
    byId("legend").replaceChildren(all, ...buttons);
  }

  /** Show a label's blocks too, or no longer. */
  toggle(button) {
    if (!button) return;
    const only = new Set(button.dataset.label ? this.list.only : []);
    const name = button.dataset.label;
    if (name && !only.delete(name)) only.add(name);
    for (const other of byId("legend").children) {
      const pressed = other.dataset.label ? only.has(other.dataset.label) : !only.size;
      other.setAttribute("aria-pressed", String(pressed));
    }
    this.list.filter(only);
    if (this.list.selected !== null && !this.list.isShown(this.list.selected)) this.list.select(null);
    this.search.find(byId("query").value);
    if (!byId("view-original").hidden) showOriginal(this.view.original, only);
  }

  open(tab) {
    for (const other of this.tabs) {
      const isOpen = other.id === tab;
      other.setAttribute("aria-selected", String(isOpen));
      other.tabIndex = isOpen ? 0 : -1;
      byId(other.getAttribute("aria-controls")).hidden = !isOpen;
    }
    byId("tools").hidden = tab === "tab-products";
    byId("search").hidden = tab !== "tab-blocks";
    if (tab === "tab-original") showOriginal(this.view.original, this.list.only);
  }

  chosen(index) {
    this.panel.show(this.view, index);
    clearTimeout(this.naming);
    this.naming = setTimeout(() => this.nameAddress(), 300); // browsers refuse an address that changes with each key
  }

  nameAddress() {
    const index = this.list.selected;
    const hash = index === null ? this.prefix : `${this.prefix || "#"}${this.prefix ? "-" : ""}b${index}`;
    history.replaceState(null, "", hash || location.pathname + location.search);
  }

  /** No longer shown: its address is not to be named. */
  leave() {
    clearTimeout(this.naming);
  }

  /** Select a block from elsewhere, among all blocks where the filter would hide it. */
  goTo(index) {
    if (index >= this.view.blocks.length) return;
    this.open("tab-blocks");
    if (!this.list.isShown(index)) this.toggle(byId("legend").firstElementChild);
    this.list.select(index, { focus: true, scroll: false });
    this.list.items[index].scrollIntoView({ block: "center" });
  }

  showFlash(flash) {
    this.open("tab-products");
    const first = byId("flash-formats").querySelector("input");
    if (!first.checked) first.click();
    byId("flashes").children[flash].focus();
  }

  /** From the evidence back to its block, and from there to no block. */
  back() {
    const index = this.list.selected;
    if (index === null) return;
    if (byId("evidence").contains(document.activeElement) && document.activeElement !== document.body) {
      this.list.items[index].focus({ preventScroll: true });
    } else {
      this.list.select(null);
    }
  }

  key(event) {
    if (byId("page").hidden || byId("view-blocks").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = document.activeElement;
    const inList = [document.body, byId("main"), byId("title")].includes(at) || byId("blocks").contains(at);
    const inPanel = byId("evidence").contains(at);
    if (!inList && !inPanel) return;
    let isOurs = true;
    if (event.key === "Escape") this.back();
    else if (event.key === "/") byId("query").focus();
    else if (inList && event.key === "Enter" && this.list.selected !== null) byId("evidence").focus();
    else isOurs = inList && this.list.key(event.key);
    if (isOurs) event.preventDefault();
  }

  keyOnQuery(event) {
    if (event.key === "Enter") this.search.go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && this.list.selected !== null) this.list.items[this.list.selected].focus();
  }

  keyOnTab(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const shown = this.tabs.filter((tab) => !tab.hidden);
    const tab = shown[(shown.indexOf(event.target) + step + shown.length) % shown.length];
    this.open(tab.id);
    tab.focus();
  }
}
