// What is shown: the index, or the page that the address names (`#p2`, `#p2-b14`; `#b14` in a report of one page).

const ROUTE = /^#(?:(p\d+))?-?(?:b(\d+))?$/;
const isOne = report.rows.length === 1 && byId("data-p1") !== null;
let shown = null;
let page = null;

function route() {
  const [, name, block] = location.hash.match(ROUTE) ?? [];
  const wanted = isOne ? "p1" : name && byId(`data-${name}`) ? name : null;
  byId("index").hidden = wanted !== null;
  byId("page").hidden = wanted === null;
  byId("home").hidden = isOne ? !report.home : wanted === null;
  if (wanted === null) {
    shown = null;
    page?.leave();
    document.title = `${byId("index-title").textContent} · declutter inspector`;
    return;
  }
  page ??= new PageView(report.labels);
  if (wanted !== shown) {
    const isFirst = shown === null && isOne;
    page.show(JSON.parse(byId(`data-${wanted}`).textContent), isOne ? "" : `#${wanted}`);
    if (!isFirst) byId("title").focus();
  }
  shown = wanted;
  if (block !== undefined) page.goTo(Number(block));
}

/** Storage may be closed to files; the choice then lasts as long as the page. */
function stored(value) {
  try {
    if (value) localStorage.setItem("declutter-theme", value);
    return localStorage.getItem("declutter-theme");
  } catch {
    return null;
  }
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = theme === "dark" ? "Light theme" : "Dark theme";
}

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
setTheme(stored() ?? (prefersDark.matches ? "dark" : "light"));
prefersDark.addEventListener("change", ({ matches }) => stored() ?? setTheme(matches ? "dark" : "light"));
byId("theme").addEventListener("click", () => {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  stored(theme);
  setTheme(theme);
});
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});
byId("home").href = report.home ?? "#";
if (!isOne) new Index(report.rows, report.labels);
addEventListener("hashchange", route);
route();
