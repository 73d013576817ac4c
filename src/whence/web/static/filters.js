/** The form with the conditions of a search; the page's address holds them, so that every view is a link. */

import { el } from "/static/dom.js";

export const STATUSES = [
  "happened",
  "ongoing",
  "planned",
  "threatened",
  "demanded",
  "predicted",
  "hypothetical",
  "denied",
];

const FIELDS = {
  text: ["Words", { type: "search", placeholder: "air* “no ransom”" }],
  type: ["Type", { placeholder: "ASSAULT", autocapitalize: "characters" }],
  status: ["Status", { choices: STATUSES }],
  actor: ["Who", { placeholder: "words in a name" }],
  country: ["Country of who", { placeholder: "SYR", maxlength: 3, autocapitalize: "characters" }],
  holder: ["Vouched for by", { placeholder: "words in a name" }],
  place: ["Where", { placeholder: "words in a name" }],
  since: ["Since", { type: "date" }],
  until: ["Until", { type: "date" }],
  articles: ["Articles, at least", { type: "number", min: 1 }],
  origins: ["Origins, at least", { type: "number", min: 1 }],
  contradicted: ["Only contradicted ones", { type: "checkbox" }],
  party_only: ["Only those that parties alone vouch for", { type: "checkbox" }],
};
const CODES = new Set(["type", "country"]);

/** A form with these conditions, filled from the address. Conditions that it has no field for are kept. */
export function form(names, asked) {
  const fields = names.map((name) => field(name, asked.get(name) ?? ""));
  const kept = [...asked]
    .filter(([name, value], at, all) => {
      const isShown = names.includes(name) && all.findIndex(([other]) => other === name) === at;
      return name !== "after" && !isShown;
    })
    .map(([name, value]) => el("input", { type: "hidden", name, value }));
  return el(
    "form",
    { class: "filters", role: "search", "aria-label": "Conditions", submit },
    fields,
    kept,
    el(
      "p",
      { class: "buttons" },
      el("button", { type: "submit" }, "Search"),
      el("a", { href: location.pathname }, "Clear"),
    ),
  );
}

function field(name, value) {
  const [label, kind] = FIELDS[name];
  const id = `f-${name}`;
  if (kind.type === "checkbox") {
    const box = el("input", { id, name, type: "checkbox", value: "true", checked: value === "true" });
    return el("p", { class: "check" }, box, " ", el("label", { for: id }, label));
  }
  const { choices, ...attributes } = kind;
  const input = choices
    ? el("select", { id, name }, el("option", { value: "" }, "any"), choices.map((one) => option(one, value)))
    : el("input", { id, name, value, autocomplete: "off", maxlength: 500, ...attributes });
  return el("p", {}, el("label", { for: id }, label), input);
}

function option(one, value) {
  return el("option", { value: one, selected: one === value }, one);
}

/** Leaves empty fields out of the address, and writes codes in capitals. */
function submit(event) {
  for (const input of event.target.elements) {
    if (CODES.has(input.name)) input.value = input.value.trim().toUpperCase();
    if (input.name && !input.value) input.disabled = true;
  }
}

/** What the browser kept disabled when it comes back to a page by its history. */
window.addEventListener("pageshow", () => {
  for (const input of document.querySelectorAll(".filters [disabled]")) input.disabled = false;
});
