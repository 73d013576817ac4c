/** The menu of forms in which events can be taken along: all that meet the conditions, as `whence export` writes them. */

import { el } from "/static/dom.js";
import { shared } from "/static/filters.js";
import { address } from "/static/net.js";

/** Forms of events: what a form is called, and what it holds. */
const FORMS = {
  csv: ["CSV", "a row for each event, for spreadsheets"],
  parquet: ["Parquet", "the same typed, for DuckDB, pandas, polars, R"],
  jsonl: ["JSON lines", "whole codings with their texts, an article a line"],
  geojson: ["GeoJSON", "places with a point, for maps"],
  polecat: ["POLECAT", "its forty columns; what happened or goes on"],
  gdelt: ["Like GDELT", "pairs of actors with CAMEO codes"],
  annotation: ["Annotations", "W3C Web Annotations, one a line"],
};
/** Other tables: what a row is, and the conditions that they take; null for those of events. */
const TABLES = {
  statements: ["Statements in which they stand", null],
  incidents: ["Incidents of which they tell", null],
  "articles-per-day": ["Articles for each day and paper, for rates", ["text", "site", "published_since", "published_until"]],
};
const OF_INCIDENTS = ["articles", "origins", "contradicted", "party_only"];

/** The menu for the events that meet these conditions; `what` says which these are. */
export function downloads(asked, what = "All events that meet the conditions, not this page alone. About a minute for each hundred thousand.") {
  const links = [];
  const link = (form, label, conditions, name = null) => {
    const path = `/api/exports/${form}`;
    const made = el("a", { href: address(path, conditions), "aria-label": name }, label);
    links.push([made, path, conditions]);
    return made;
  };
  const forms = Object.entries(FORMS).map(([form, [label, told]]) => el("li", {}, link(form, label, shared(asked)), ` – ${told}`));
  const tables = Object.entries(TABLES).map(([table, [label, taken]]) => {
    const conditions = ofTable(table, taken, asked);
    return el("li", {}, `${label}: `, link("csv", "CSV", conditions, `${label}: CSV`), ", ", link("parquet", "Parquet", conditions, `${label}: Parquet`));
  });
  const change = (event) => {
    for (const [made, path, conditions] of links) {
      const how = new URLSearchParams(conditions);
      if (event.target.checked) how.set("without_text", "true");
      made.href = address(path, how);
    }
  };
  return el(
    "details",
    { class: "downloads" },
    el("summary", {}, "Download"),
    el("p", {}, what),
    el("ul", {}, forms),
    el("p", {}, "Other tables"),
    el("ul", {}, tables),
    el("label", {}, el("input", { type: "checkbox", change }), " Without the articles’ text: offsets and codes stay, names become hashes"),
  );
}

/** Of the conditions those that a table takes, and the table. */
function ofTable(table, taken, asked) {
  const conditions = shared(asked);
  for (const name of [...conditions.keys()]) if (taken && !taken.includes(name)) conditions.delete(name);
  if (table === "incidents") for (const name of OF_INCIDENTS) if (asked.has(name)) conditions.set(name, asked.get(name));
  conditions.set("table", table);
  return conditions;
}
