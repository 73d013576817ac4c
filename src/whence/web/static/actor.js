/** An actor: under which names it was met, what it does and what is done to it, with whom, and when. */

import { el, entitle, inside, number, show, words } from "/static/dom.js";
import { drawing } from "/static/bars.js";
import { counted, legend, quadName, table } from "/static/counts.js";
import { listEvents } from "/static/events.js";
import { folded, shared } from "/static/filters.js";
import { address, ask, conditions, fill } from "/static/net.js";
import { code } from "/static/wording.js";

const PARTS = { actor: ["acts", "actor_is"], recipient: ["is acted on", "recipient_is"], holder: ["is said to say", "holder_is"] };
const LISTED = 30;

const asked = conditions();

fill(async () => {
  const name = decodeURIComponent(location.pathname.slice("/actors/".length));
  const path = `/api/actors/${encodeURIComponent(name)}`;
  const one = await ask(address(path, shared(asked)));
  entitle(name);
  const side = el("aside", { class: "side", "aria-label": "Conditions" }, folded(asked));
  const events = el("section", { class: "found", "aria-label": "Events" });
  const times = el("section", {}, el("h2", {}, "When"), el("div", { class: "chart" }));
  const main = el(
    "section",
    { class: "results" },
    ways(name),
    el("div", { class: "parts" }, Object.keys(PARTS).map((part) => parts(one, part))),
    partners(one),
    times,
    names(one),
    el("nav", { class: "onward", "aria-label": "Data" }, el("a", { href: address(path, shared(asked)) }, "JSON"), el("a", { href: address(`${path}.csv`, shared(asked)) }, "CSV of partners")),
    events,
  );
  show(el("h1", {}, words(name)), el("div", { class: "columns" }, side, main));
  await Promise.all([when(times, name), listEvents(events, "Events in which it has a part", having(name, "party_is"))]);
});

/** The conditions of the page, and that this actor has a part. */
function having(name, part) {
  const wanted = shared(asked);
  wanted.set(part, name);
  return wanted;
}

function ways(name) {
  const links = { "/": "Search", "/timeline": "Timeline", "/map": "Map", "/actors": "Those who have to do with it" };
  return el(
    "p",
    { class: "buttons" },
    Object.entries(links).map(([page, label]) => el("a", { href: address(page, having(name, "party_is")) }, label)),
  );
}

/** Where it acts, is acted on, or speaks: by type. */
function parts(one, part) {
  const [label, condition] = PARTS[part];
  const types = new Map();
  for (const row of one.parts) {
    if (row.part !== part) continue;
    const type = types.get(row.type) ?? { quad: row.quad, events: 0 };
    type.events += row.events;
    types.set(row.type, type);
  }
  const sorted = [...types].sort(([, a], [, b]) => b.events - a.events);
  const total = sorted.reduce((sum, [, type]) => sum + type.events, 0);
  const item = ([type, { quad, events }]) => {
    const wanted = having(one.name, condition);
    wanted.set("type", type);
    return el("li", {}, el("span", { class: `key quad-${quad ?? 0}`, title: quadName(quad) }), " ", el("a", { href: address("/", wanted) }, words(type)), " ", el("span", { class: "tally" }, events.toLocaleString("en")));
  };
  return el(
    "section",
    {},
    el("h2", {}, el("a", { href: address("/", having(one.name, condition)) }, `It ${label}`), " ", el("span", { class: "tally" }, number(total, "event"))),
    total ? el("ul", { class: "list" }, sorted.map(item)) : el("p", { class: "note" }, "Never, in these events."),
  );
}

function partners(one) {
  const rows = one.partners.slice(0, LISTED).map((pair) =>
    el("tr", {}, el("td", {}, named(pair.actor, one.name)), el("td", {}, "→"), el("td", {}, named(pair.recipient, one.name)), el("td", {}, el("span", { class: `key quad-${pair.quad ?? 0}` }), " ", quadName(pair.quad)), el("td", {}, pair.events.toLocaleString("en"))),
  );
  const head = ["Who", "", "To whom", "What", "Events"].map((name) => (name ? el("th", { scope: "col" }, name) : el("td", {})));
  return el(
    "section",
    {},
    el("h2", {}, "Partners"),
    rows.length
      ? el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Partners" }, el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)))
      : el("p", { class: "empty" }, "No event that meets these conditions has a second party."),
    one.partners.length > LISTED ? el("p", { class: "note" }, `The ${LISTED} most frequent pairs; the CSV has more.`) : null,
  );
}

function named(name, own) {
  return name === own ? words(name) : el("a", { href: address(inside("actors", name), shared(asked)) }, words(name));
}

/** Under which names it was met, and what was made of them. */
function names(one) {
  const row = (met) => el("tr", {}, el("th", { scope: "row" }, words(met.name)), el("td", {}, code(met) ?? ""), [met.articles, met.events, met.statements].map((count) => el("td", {}, count.toLocaleString("en"))));
  const head = ["Name", "Codes", "Articles", "Events", "Statements"].map((name) => el("th", { scope: "col" }, name));
  return el(
    "section",
    {},
    el("h2", {}, "Names under which it was met"),
    el("p", { class: "note" }, "In the whole archive, whatever the conditions."),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Names" }, el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, one.names.map(row)))),
  );
}

async function when(into, name) {
  const frame = into.querySelector(".chart");
  const wanted = having(name, "party_is");
  wanted.set("by", "quad");
  const drawn = counted(await ask(address("/api/days", wanted)), null, null);
  if (!drawn.bars.length) {
    frame.replaceChildren(el("p", { class: "empty" }, "None of these events has a day."));
    return;
  }
  new ResizeObserver(() => frame.replaceChildren(drawing(drawn.bars, drawn.per, frame.clientWidth || 640, null))).observe(frame);
  into.append(legend(drawn), table(drawn));
}
