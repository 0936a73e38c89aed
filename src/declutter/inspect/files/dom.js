// Building elements. What comes from a page becomes text or an attribute here, and never markup.

const byId = (id) => document.getElementById(id);

/** What all pages share: the rows of the index, the labels, from where on a block is doubtful, where the index is. */
const report = JSON.parse(byId("data-report").textContent);

const isDoubtful = (confidence) => confidence < report.doubtful;

/** An element with attributes (null and false leave one out, true gives it no value) and children. */
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Text of a page, whose direction of writing ends where it does. */
const quoted = (tag, attributes, ...children) => make(tag, { dir: "auto", ...attributes }, ...children);

/** An address: a link where it leads to the web, and else its text. */
function address(target) {
  if (!/^https?:\/\//i.test(target)) return quoted("span", { class: "address" }, target);
  return make(
    "a",
    { class: "address", href: target, target: "_blank", rel: "noopener noreferrer", dir: "ltr" },
    target,
  );
}

const number = (value) => value.toLocaleString("en");
const counted = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** A probability for a reader, never rounded up to certainty. */
function percent(value) {
  if (value >= 1) return "100%";
  return value > 0.995 ? `${(Math.floor(value * 1000) / 10).toFixed(1)}%` : `${Math.min(99, Math.round(value * 100))}%`;
}

const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;

/** A row of radio buttons; `choose` is called with the name of the one chosen, and with the first at once. */
function choice(fieldset, names, choose) {
  fieldset.replaceChildren(fieldset.firstElementChild);
  for (const name of names) {
    const id = `${fieldset.id}-${name.toLowerCase().replace(" ", "-")}`;
    const radio = make("input", { type: "radio", name: fieldset.id, id, value: name, checked: name === names[0] });
    radio.addEventListener("change", () => choose(name));
    fieldset.append(radio, make("label", { for: id }, name));
  }
  choose(names[0]);
}
