/** The form with the conditions of a search; the page's address holds them, so that every view is a link. */

import { el, words } from "/static/dom.js";
import { address, changed, conditions } from "/static/net.js";

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

/** The fields that all pages of events show. */
export const EVENT_FIELDS = ["text", "type", "status", "actor", "country", "holder", "place", "since", "until"];

/** How conditions are worded for which there is no field. */
const OTHERS = {
  uid: "Event",
  mode: "Mode",
  quad: "Quad",
  context: "Context",
  site: "Paper",
  published_since: "Published since",
  published_until: "Published until",
  latest: "Only latest texts",
  sector: "Sector of who",
  side: "On the side of the",
  place_country: "Country of where",
  box: "Inside",
  near: "Near",
  grain: "Place is a",
  confidence: "Confidence at least",
  party_is: "Has a part",
  actor_is: "Acts",
  recipient_is: "Is acted on",
  holder_is: "In the chain",
};
const SHARED = new Set([...EVENT_FIELDS, ...Object.keys(OTHERS)]);
const PAGES = ["/", "/incidents", "/map", "/timeline", "/actors"];

/** Those of the conditions that hold for events on every page, without what a page keeps for itself. */
export function shared(asked) {
  return new URLSearchParams([...asked].filter(([name]) => SHARED.has(name)));
}

/** Writes conditions into the page's address without loading it anew. */
export function rewrite(asked) {
  history.replaceState(null, "", address(location.pathname, asked));
  carry();
}

/** Lets the links to the other pages carry the conditions along. */
function carry() {
  for (const link of document.querySelectorAll("body > header nav a")) {
    if (PAGES.includes(link.pathname)) link.href = address(link.pathname, shared(conditions()));
    if (link.pathname === location.pathname && !link.matches(".brand")) link.setAttribute("aria-current", "page");
  }
}
carry();

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
    also(names, asked),
    el(
      "p",
      { class: "buttons" },
      el("button", { type: "submit" }, "Search"),
      el("a", { href: location.pathname }, "Clear"),
    ),
  );
}

/** The form as pages have it beside what is found: on a narrow screen it is folded, lest it stand before that. */
export function folded(asked, names = EVENT_FIELDS) {
  const count = [...asked.keys()].filter((name) => names.includes(name) || SHARED.has(name)).length;
  const isWide = matchMedia("(min-width: 45rem)").matches;
  return el("details", { class: "folded", open: isWide }, el("summary", {}, `Conditions (${count})`), form(names, asked));
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

/** The conditions without a field, each with the way to drop it. */
function also(names, asked) {
  const others = [...asked].filter(([name]) => SHARED.has(name) && !names.includes(name));
  if (!others.length) return null;
  const items = others.map(([name, value]) => {
    const label = OTHERS[name] ?? FIELDS[name][0];
    const drop = el("a", { href: changed(name, value, false), "aria-label": `Drop “${label}: ${value}”` }, "drop");
    return el("li", {}, `${label}: `, words(value), " ", drop);
  });
  return el("ul", { class: "also", "aria-label": "Further conditions" }, items);
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
