/** Counts by period as bars, and what stands beside them: a legend, and a table for whoever cannot see them. */

import { el, words } from "/static/dom.js";
import { STATUSES } from "/static/filters.js";
import { called, periods } from "/static/periods.js";

const MOST_BARS = 400;
const OTHERS = "others";
const COLOURS = 8;
const QUADS = { 1: "cooperation in words", 2: "cooperation in deeds", 3: "conflict in words", 4: "conflict in deeds", 0: "neither" };

/** How a quad is worded; 0 and null are types without one. */
export function quadName(quad) {
  return QUADS[quad ?? 0];
}

/**
 * An answer of `/api/days` as bars from its first to its last period, or from one day to another: `{per, bars, kinds,
 * undated, outside}`. `kinds` are the values that bars are stacked of: `{value, name, colour, events}`.
 */
export function counted(answer, from, to) {
  const dated = answer.rows.filter((row) => row.start !== null);
  const inside = dated.filter((row) => (!from || row.end >= from) && (!to || row.start <= to));
  const starts = inside.map((row) => row.start).sort();
  const all = starts.length ? periods(answer.per, starts[0], starts.at(-1), MOST_BARS) : [];
  const drawn = inside.filter((row) => row.start >= all[0]?.start);
  const kinds = sorted(answer.by, drawn.filter((row) => !row.longer));
  const kindOf = new Map(kinds.flatMap((kind) => kind.values.map((value) => [value, kind])));
  const bars = new Map(all.map((one) => [one.start, { ...one, of: new Map(), longer: 0, total: 0 }]));
  for (const row of drawn) {
    const bar = bars.get(row.start);
    const kind = kindOf.get(row[answer.by]);
    if (row.longer) bar.longer += row.events;
    else bar.of.set(kind, (bar.of.get(kind) ?? 0) + row.events);
    bar.total += row.events;
  }
  for (const bar of bars.values()) bar.parts = kinds.map((kind) => [kind.colour, bar.of.get(kind) ?? 0]);
  const sum = (rows) => rows.reduce((events, row) => events + row.events, 0);
  return {
    per: answer.per,
    bars: [...bars.values()],
    kinds,
    longer: sum(drawn.filter((row) => row.longer)),
    undated: sum(answer.rows.filter((row) => row.start === null)),
    outside: sum(dated) - sum(drawn),
  };
}

/** The kinds of what the rows are counted by; of many types the rarer ones are one kind. */
function sorted(by, rows) {
  const events = new Map();
  for (const row of rows) events.set(row[by], (events.get(row[by]) ?? 0) + row.events);
  const kind = (value, name, colour) => ({ name, colour, values: [value], events: events.get(value) });
  if (by === "quad") return [4, 3, 2, 1, null].filter((quad) => events.has(quad)).map((quad) => kind(quad, quadName(quad), `quad-${quad ?? 0}`));
  if (by === "status") return STATUSES.filter((one) => events.has(one)).map((one) => kind(one, one, `c${STATUSES.indexOf(one)}`));
  const names = [...events.keys()].sort((a, b) => events.get(b) - events.get(a) || (a < b ? -1 : 1));
  const kinds = names.slice(0, COLOURS - 1).map((name, at) => kind(name, name, `c${at}`));
  const rest = names.slice(COLOURS - 1);
  if (rest.length) kinds.push({ name: OTHERS, colour: `c${COLOURS - 1}`, values: rest, events: rest.reduce((sum, one) => sum + events.get(one), 0) });
  return kinds;
}

/** What the colours mean. */
export function legend(drawn) {
  const item = (colour, name, events) =>
    el("li", {}, el("span", { class: `key ${colour}` }), " ", words(name), " ", el("span", { class: "tally" }, events.toLocaleString("en")));
  const items = drawn.kinds.map((kind) => item(kind.colour, kind.name, kind.events));
  if (drawn.longer) items.push(item("longer", `dated to a longer time that begins in the ${drawn.per}`, drawn.longer));
  return el("ul", { class: "legend keys", "aria-label": "Colours" }, items);
}

/** The bars as a table. */
export function table(drawn) {
  const filled = drawn.bars.filter((bar) => bar.total);
  const head = ["When", ...drawn.kinds.map((kind) => kind.name), "longer", "all"];
  const row = (bar) =>
    el("tr", {}, el("th", { scope: "row" }, called(drawn.per, bar.start)), [...bar.parts.map(([, events]) => events), bar.longer, bar.total].map((events) => el("td", {}, events.toLocaleString("en"))));
  return el(
    "details",
    {},
    el("summary", {}, "The same as a table"),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Events by time" }, el("table", {}, el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, words(name))))), el("tbody", {}, filled.map(row)))),
  );
}
