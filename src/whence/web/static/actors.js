/** Actors: who does what to whom, as a matrix and as a network, and the events of a pair. */

import { el, inside, number, show, words } from "/static/dom.js";
import { quadName } from "/static/counts.js";
import { downloads } from "/static/downloads.js";
import { listEvents } from "/static/events.js";
import { folded, rewrite, shared } from "/static/filters.js";
import { address, ask, conditions, fill } from "/static/net.js";
import { network } from "/static/network.js";

const CHOICES = {
  by: { who: "actor", country: "country", sector: "sector" },
  top: { 10: "10", 20: "20", 40: "40" },
};
const USUAL = { by: "who", top: "20" };
const QUADS = [1, 2, 3, 4, 0];
const ALL = "All events that meet the conditions, also those without a pair.";

const asked = conditions();
const side = el("aside", { class: "side", "aria-label": "Conditions" }, folded(asked));
const told = el("p", { class: "count tells", "aria-live": "polite" }, "Counting …");
const drawing = el("div", { class: "below" });
const events = el("section", { class: "found", "aria-label": "Events of a pair" });

fill(async () => {
  const choices = el("div", { class: "choices" }, choice("by", "Put together by "), choice("top", "At most "));
  const main = el("section", { class: "results", "aria-label": "Actors" }, choices, told, drawing);
  show(el("h1", {}, "Who does what to whom"), el("div", { class: "columns" }, side, main));
  await count();
});

/** How actors are put together, and how many are shown. */
function manner(name) {
  const value = asked.get(name) ?? "";
  return value in CHOICES[name] ? value : USUAL[name];
}

async function count() {
  const wanted = shared(asked);
  for (const name of ["by", "top"]) wanted.set(name, manner(name));
  let answer;
  try {
    answer = await ask(address("/api/dyads", wanted));
  } catch (error) {
    told.replaceChildren(el("span", { role: "alert", class: "error" }, error.message));
    return;
  }
  const pairs = answer.rows;
  const names = ranked(pairs);
  const total = pairs.reduce((sum, pair) => sum + pair.events, 0);
  told.replaceChildren(
    pairs.length
      ? `${number(total, "event")} between ${number(names.length, CHOICES.by[manner("by")]).replace("countrys", "countries")}. An event of several counts for each pair. Rows act, columns are acted on.`
      : "No event that meets these conditions has somebody who acts and somebody acted on. Take a condition away.",
  );
  const net = el("div", { class: "network" });
  const parts = pairs.length ? [legend(), matrix(names, pairs), events, el("h2", {}, "As a network"), net] : [];
  drawing.replaceChildren(
    ...parts,
    el("nav", { class: "onward", "aria-label": "Data" }, el("a", { href: address("/api/dyads", wanted) }, "JSON"), el("a", { href: address("/api/dyads.csv", wanted) }, "CSV"), downloads(asked, ALL)),
  );
  net.replaceChildren(network(pairs, Math.max(net.clientWidth, 300), open));
  if (pairs.length && asked.has("from") && asked.has("to")) await list();
  else if (manner("by") === "who") events.replaceChildren(el("p", { class: "note" }, "Choose a cell to read its events."));
}

/** Names by how many events they have with others. */
function ranked(pairs) {
  const events = new Map();
  for (const pair of pairs)
    for (const name of new Set([pair.actor, pair.recipient])) events.set(name, (events.get(name) ?? 0) + pair.events);
  return [...events.keys()].sort((a, b) => events.get(b) - events.get(a) || (a < b ? -1 : 1));
}

function matrix(names, pairs) {
  const cells = new Map();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.actor, pair.recipient]);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(pair);
  }
  const most = Math.max(...[...cells.values()].map(sum));
  const head = names.map((name) => el("th", { scope: "col" }, el("span", { class: "turned" }, linked(name))));
  const row = (actor) => {
    const of = names.map((recipient) => cell(actor, recipient, cells.get(JSON.stringify([actor, recipient])), most));
    return el("tr", {}, el("th", { scope: "row" }, linked(actor)), of);
  };
  return el(
    "div",
    { class: "scroll matrix", tabindex: "0", role: "region", "aria-label": "Events by who acts, in rows, and who is acted on, in columns" },
    el("table", {}, el("thead", {}, el("tr", {}, el("td", {}), head)), el("tbody", {}, names.map(row))),
  );
}

function sum(pairs) {
  return pairs.reduce((events, pair) => events + pair.events, 0);
}

function cell(actor, recipient, pairs, most) {
  if (!pairs) return el("td", { class: "none" });
  const top = pairs.reduce((best, pair) => (pair.events > best.events ? pair : best));
  const total = sum(pairs);
  const depth = Math.min(1 + Math.floor((4 * Math.log1p(total)) / Math.log1p(most + 1)), 4);
  const told = pairs.map((pair) => `${pair.events.toLocaleString("en")} ${quadName(pair.quad)}`).join(", ");
  const shown = total.toLocaleString("en");
  const label = `${actor} → ${recipient}: ${told}`;
  const isChosen = asked.get("from") === actor && asked.get("to") === recipient;
  const pick = () => choose(actor, recipient);
  const content =
    manner("by") === "who"
      ? el("button", { type: "button", class: "cell", title: label, "aria-label": label, "aria-pressed": isChosen ? "true" : "false", click: pick }, shown)
      : el("span", { class: "cell", title: label }, shown);
  return el("td", { class: `quad-${top.quad ?? 0} depth-${depth}` }, content);
}

/** A name with the way to what is known of it. */
function linked(name) {
  if (manner("by") === "who") return el("a", { href: address(inside("actors", name), shared(asked)) }, words(name));
  const narrower = shared(asked);
  narrower.set("by", manner("by"));
  narrower.set(manner("by"), name);
  return el("a", { href: address(location.pathname, narrower), title: `Only events with a part of ${name}` }, words(name));
}

function open(name) {
  location.assign(linked(name).href);
}

function legend() {
  const items = QUADS.map((quad) => el("li", {}, el("span", { class: `key quad-${quad}` }), " ", quadName(quad)));
  return el("ul", { class: "legend keys", "aria-label": "Colours: what most of the events of a pair are" }, items);
}

async function choose(actor, recipient) {
  asked.set("from", actor);
  asked.set("to", recipient);
  rewrite(asked);
  side.replaceChildren(folded(asked));
  for (const button of drawing.querySelectorAll(".cell[aria-pressed]"))
    button.setAttribute("aria-pressed", String(button.title.startsWith(`${actor} → ${recipient}: `)));
  await list();
  events.querySelector("h2")?.focus({ preventScroll: true });
  events.scrollIntoView({ block: "nearest" });
}

async function list() {
  const wanted = shared(asked);
  wanted.set("actor_is", asked.get("from"));
  wanted.set("recipient_is", asked.get("to"));
  await listEvents(events, `${asked.get("from")} → ${asked.get("to")}`, wanted);
}

function choice(name, label) {
  const options = Object.entries(CHOICES[name]).map(([value, shown]) => el("option", { value, selected: value === manner(name) }, shown));
  const change = (event) => {
    asked.set(name, event.target.value);
    for (const own of ["from", "to"]) asked.delete(own);
    rewrite(asked);
    side.replaceChildren(folded(asked));
    count();
  };
  return el("label", {}, label, el("select", { id: `c-${name}`, change }, options));
}
