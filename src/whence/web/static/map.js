/** The map: how many events there are where, drawn as exactly as it is known, and the events of a chosen mark. */

import { el, number, show, svg, words } from "/static/dom.js";
import { isOne, marks } from "/static/clusters.js";
import { downloads } from "/static/downloads.js";
import { listEvents } from "/static/events.js";
import { folded, rewrite, shared } from "/static/filters.js";
import { address, ask, conditions, fill } from "/static/net.js";
import { DEGREE, WorldMap } from "/static/worldmap.js";

const GRAINS = {
  city: ["town or city", "towns or cities"],
  admin1: ["province or state", "provinces or states"],
  country: ["country", "countries"],
  region: ["region of several countries", "regions of several countries"],
  other: ["other place", "other places"],
};
const LEGEND = {
  city: "town or city; a ring round it: several of them",
  admin1: "somewhere in a province or state: not its border, and not its middle",
  country: "somewhere in a country, which is hatched",
  region: "somewhere in a region of several countries",
  other: "a base, a river, a district: somewhere near",
};
const EXTENT = { admin1: 1, region: 7, other: 0.5 };
const CELL = 46;
const LABEL = [26, 20];
const LISTED = 200;
const ALL = "All events that meet the conditions, with and without a place.";

const asked = conditions();
const side = el("aside", { class: "side", "aria-label": "Conditions" }, folded(asked));
const frame = el("div", { class: "world" });
const told = el("p", { class: "count tells", "aria-live": "polite" }, "Counting …");
const below = el("div", { class: "below" });
const events = el("section", { class: "found", "aria-label": "Events of the chosen place" });
let places = [];
let map = null;

fill(async () => {
  const main = el("section", { class: "results", "aria-label": "Map" }, told, frame, tools(), legend(), events, below);
  show(el("h1", {}, "Where it happened"), el("div", { class: "columns" }, side, main));
  map = new WorldMap(frame, paint, moved);
  map.fit([]);
  const outlines = map.load().catch(() => told.after(el("p", { role: "alert", class: "error" }, "The outlines of countries cannot be loaded.")));
  let answer;
  try {
    answer = await ask(address("/api/map", shared(asked)));
  } catch (error) {
    told.replaceChildren(el("span", { role: "alert", class: "error" }, error.message));
    return;
  }
  places = answer.rows;
  await outlines;
  tell(answer);
  map.mark(new Set(places.filter((place) => place.grain === "country").map((place) => place.country)));
  view();
  if (picked()) await list();
  else events.replaceChildren(el("p", { class: "empty" }, placed().length ? "Choose a mark, or a place of the table, to read its events." : nothing()));
  below.replaceChildren(table(), data());
});

function placed() {
  return places.filter((place) => place.lat !== null && place.lon !== null);
}

function nothing() {
  return "No event with a place meets all of these conditions. Take one away.";
}

function tell(answer) {
  const count = (some) => some.reduce((sum, place) => sum + place.events, 0);
  const unplaced = places.filter((place) => place.lat === null || place.lon === null);
  const parts = [`${number(count(placed()), "event")} at ${number(placed().length, "place")}`];
  if (unplaced.length) parts.push(`${count(unplaced).toLocaleString("en")} at places without a point, which stand in the table`);
  if (answer.left_out.places) parts.push(`${answer.left_out.events.toLocaleString("en")} at ${answer.left_out.places.toLocaleString("en")} rarer places are not drawn`);
  told.replaceChildren(parts.join("; "), ". An event at two places counts at both.");
}

/** Shows what the address asks for, or else all marks. */
function view() {
  const parts = (asked.get("view") ?? "").split(",").map(Number);
  if (parts.length === 3 && parts.every(Number.isFinite)) map.show(...parts);
  else map.fit(placed().map((place) => [place.lat, place.lon]));
}

function moved(where) {
  if (!places.length) return;
  if (where) asked.set("view", where.map((value, at) => value.toFixed(at === 2 ? 1 : 2)).join(","));
  else asked.delete("view");
  rewrite(asked);
  side.replaceChildren(folded(asked));
}

/** The marks at a scale, as SVG. */
function paint(scale) {
  const squares = Math.ceil(Math.log2((360 * DEGREE * scale) / CELL));
  const all = marks(places, 360 / 2 ** squares);
  const hidden = crowded(all.filter((mark) => mark.grain === "country"));
  return all.map((mark) => spot(mark, scale, hidden.has(mark)));
}

/** Those marks whose label would cover that of one with more events: they are drawn small, without a number. */
function crowded(labelled) {
  const free = [];
  const hidden = new Set();
  for (const mark of labelled) {
    const [x, y] = map.at(mark.lat, mark.lon);
    if (free.some((other) => Math.abs(other[0] - x) < LABEL[0] && Math.abs(other[1] - y) < LABEL[1])) hidden.add(mark);
    else free.push([x, y]);
  }
  return hidden;
}

function spot(mark, scale, isSmall) {
  const [x, y] = map.at(mark.lat, mark.lon);
  const label = `${named(mark)}: ${number(mark.events, "event")}`;
  const kind = `spot ${mark.grain}${isOne(mark) ? "" : " several"}${isPicked(mark) ? " chosen" : ""}${isSmall ? " small" : ""}`;
  const press = () => pick(mark);
  const keydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  };
  const extent = (EXTENT[mark.grain] ?? 0) * DEGREE * scale;
  const radius = Math.max(extent, 7 + 2 * Math.log2(mark.events));
  const shape = mark.grain === "country" ? badge(mark, isSmall) : svg("circle", { class: "shape", r: radius.toFixed(1) });
  return svg(
    "g",
    { class: kind, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, tabindex: "0", role: "button", "aria-label": label, click: press, keydown },
    svg("title", {}, label),
    shape,
    !isSmall && (mark.events > 1 || mark.grain === "country") ? svg("text", {}, mark.events.toLocaleString("en")) : null,
  );
}

/** What stands in a hatched country: a label, which is no point. */
function badge(mark, isSmall) {
  if (isSmall) return svg("rect", { class: "shape", x: -4.5, y: -4.5, width: 9, height: 9 });
  const width = 14 + 7 * mark.events.toLocaleString("en").length;
  return svg("rect", { class: "shape", x: -width / 2, y: -10, width, height: 20, rx: 3 });
}

function named(mark) {
  const names = [...new Set(mark.places.map((place) => place.name))];
  const [one, several] = GRAINS[mark.grain];
  if (isOne(mark)) return `${names.slice(0, 3).join(", ")} (${mark.country && mark.grain !== "country" ? `${mark.country}, ` : ""}${one})`;
  const rest = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `${names.slice(0, 3).join(", ")}${rest} (${several})`;
}

// -- the chosen mark ------------------------------------------------------------------------

/** What is chosen: the grain and the box of a mark, as the address has them; null for nothing. */
function picked() {
  const [grain, ...box] = (asked.get("chosen") ?? "").split(",");
  return grain in GRAINS && box.length === 4 ? { grain, box: box.join(",") } : null;
}

function isPicked(mark) {
  const one = picked();
  return one !== null && one.grain === mark.grain && one.box === mark.box.join(",");
}

/** Chooses the country whose hatched outline is clicked. */
frame.addEventListener("click", (event) => {
  const code = event.target.closest?.(".extent")?.dataset.country;
  const mark = code && marks(places, 360).find((one) => one.grain === "country" && one.country === code);
  if (mark) pick(mark);
});

async function pick(mark) {
  asked.set("chosen", [mark.grain, ...mark.box].join(","));
  moved(map.isLed ? map.view() : null);
  map.repaint();
  await list(named(mark));
  events.querySelector("h2")?.focus({ preventScroll: true });
  events.scrollIntoView({ block: "nearest" });
}

/** Lists the events of what is chosen: those with a place of its grain inside its box. */
async function list(title = null) {
  const one = picked();
  const inside = shared(asked);
  inside.set("box", one.box);
  inside.set("grain", one.grain);
  const mark = title ?? named(marks(places, 360).find(isPicked) ?? { grain: one.grain, places: within(one), box: one.box.split(",").map(Number), country: null });
  await listEvents(events, mark, inside);
}

function within({ grain, box }) {
  const [south, west, north, east] = box.split(",").map(Number);
  return places.filter((place) => place.grain === grain && place.lat >= south && place.lat <= north && place.lon >= west && place.lon <= east);
}

// -- what stands round the map --------------------------------------------------------------

function tools() {
  const button = (label, name, click) => el("button", { type: "button", "aria-label": name, title: name, click }, label);
  return el(
    "div",
    { class: "tools", role: "group", "aria-label": "The map" },
    button("+", "Zoom in", () => map.zoom(1.6)),
    button("−", "Zoom out", () => map.zoom(1 / 1.6)),
    button("All places", "Show all places", () => map.fit(placed().map((place) => [place.lat, place.lon]))),
    button("World", "Show the world", () => map.show(0, 0, 1)),
    button("Only this part", "Make what is shown a condition", only),
  );
}

/** Makes what the map shows a condition. */
function only() {
  asked.set("box", map.box().map((value) => value.toFixed(3)).join(","));
  asked.delete("chosen");
  location.assign(address(location.pathname, asked));
}

function legend() {
  const items = Object.entries(LEGEND).map(([grain, text]) => el("li", {}, el("span", { class: `key ${grain}` }), " ", text));
  return el("ul", { class: "legend keys", "aria-label": "Legend" }, items);
}

function table() {
  const row = (place) => {
    const hasPoint = place.lat !== null && place.lon !== null;
    const name = hasPoint
      ? el("button", { type: "button", class: "plain", click: () => go(place) }, words(place.name))
      : el("a", { href: address("/", of(place)) }, words(place.name));
    return el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, GRAINS[place.grain][0]), el("td", {}, place.country ?? ""), el("td", {}, place.events.toLocaleString("en")), el("td", {}, hasPoint ? "" : "no point known"));
  };
  const head = ["Place", "What it is", "Country", "Events", ""].map((name) => (name ? el("th", { scope: "col" }, name) : el("td", {})));
  return el(
    "section",
    {},
    el("h2", {}, "Places"),
    places.length > LISTED ? el("p", { class: "note" }, `The ${LISTED} with the most events; the CSV has all.`) : null,
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Places with their events" }, el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, places.slice(0, LISTED).map(row)))),
  );
}

function of(place) {
  const found = shared(asked);
  found.set("place", `"${place.name}"`);
  found.set("grain", place.grain);
  return found;
}

/** Chooses a place of the table, and shows it on the map. */
function go(place) {
  const one = marks(places.filter((other) => other.grain === place.grain && other.lat === place.lat && other.lon === place.lon), 360)[0];
  map.show(place.lat, place.lon, Math.max(map.view()[2], place.grain === "city" ? 8 : 3));
  pick(one);
}

function data() {
  return el(
    "nav",
    { class: "onward", "aria-label": "Data" },
    el("a", { href: address("/api/map", shared(asked)) }, "JSON"),
    el("a", { href: address("/api/map.csv", shared(asked)) }, "CSV"),
    downloads(asked, ALL),
    el("span", { class: "note" }, "Outlines: Natural Earth, public domain; they settle no claim to a territory."),
  );
}
