/** Search: the events that meet all conditions, in their words, and how many there are of which kind. */

import { el, entitle, number, show, words } from "/static/dom.js";
import { downloads } from "/static/downloads.js";
import { eventItem } from "/static/events.js";
import { folded } from "/static/filters.js";
import { address, ask, changed, conditions, fill, nothing, onward } from "/static/net.js";

const FACETS = { type: "Type", status: "Status", country: "Country of who" };
const UNMET =
  "No event meets all of these conditions. Take one away, or shorten a word and end it with an asterisk: bomb*.";
const EMPTY = "The archive holds no event yet. Fill it with `whence ingest FOLDER --archive FILE`.";

fill(async () => {
  const asked = conditions();
  entitle(asked.get("text") ? `${asked.get("text")} – Search` : "Search");
  const side = el("aside", { class: "side", "aria-label": "Conditions" }, folded(asked));
  const results = el("section", { class: "results", "aria-label": "Events", "aria-live": "polite" });
  show(el("h1", {}, "Who did what to whom, and whence we know it"), el("div", { class: "columns faceted" }, side, results));
  let answer;
  try {
    answer = await ask(address("/api/search", asked));
  } catch (error) {
    results.replaceChildren(el("p", { role: "alert", class: "error" }, error.message));
    return;
  }
  results.after(facets(answer.facets, asked));
  results.replaceChildren(
    el("p", { class: "count" }, counted(answer)),
    answer.rows.length ? el("ol", { class: "list" }, answer.rows.map(eventItem)) : nothing(asked, UNMET, EMPTY),
    onward("/api/events", asked, answer.next, downloads(asked)),
  );
});

function counted(answer) {
  const { counted: count, complete } = answer.facets;
  return complete ? number(count, "event") : `More than ${number(count, "event")}`;
}

function facets(found, asked) {
  const groups = Object.entries(FACETS).map(([name, title]) => facet(name, title, found[name], asked.getAll(name)));
  const note = found.complete ? null : el("p", { class: "note" }, `Counts are of the first ${found.counted} events.`);
  return el("div", { class: "facets" }, groups, note);
}

function facet(name, title, values, chosen) {
  const missing = chosen.filter((value) => !values.some((one) => one.value === value));
  const all = [...values, ...missing.map((value) => ({ value, events: 0 }))];
  if (!all.length) return null;
  const items = all.map(({ value, events }) => {
    const isIn = chosen.includes(value);
    const mark = isIn ? el("span", { class: "chosen" }, " (chosen; take away)") : null;
    const link = el("a", { href: changed(name, value, !isIn), "aria-current": isIn ? "true" : null }, words(value), mark);
    return el("li", {}, link, " ", el("span", { class: "tally" }, events.toLocaleString("en")));
  });
  const isLong = items.length > 12;
  const rest = isLong ? el("details", {}, el("summary", {}, `${items.length - 12} more`), el("ul", {}, items.slice(12))) : null;
  return el("section", {}, el("h2", {}, title), el("ul", {}, items.slice(0, 12)), rest);
}
