/** The timeline: how many events there are when, of which kind; a stretch of it is selected and its events listed. */

import { el, number, show, words } from "/static/dom.js";
import { barAt, drawing } from "/static/bars.js";
import { counted, legend, table } from "/static/counts.js";
import { listEvents } from "/static/events.js";
import { folded, rewrite, shared } from "/static/filters.js";
import { address, ask, conditions, fill } from "/static/net.js";
import { called, covered } from "/static/periods.js";

const CHOICES = { by: { type: "type", status: "status", quad: "cooperation or conflict" }, per: { "": "by itself", day: "day", week: "week", month: "month", year: "year" } };

const asked = conditions();
const side = el("aside", { class: "side", "aria-label": "Conditions" });
const frame = el("div", { class: "chart", tabindex: "0", role: "group", "aria-label": "Timeline. Left and right arrows go from bar to bar, with Shift they extend the selection, Enter selects, Escape selects all.", "aria-describedby": "told" });
const told = el("p", { class: "count tells", id: "told", "aria-live": "polite" }, "Counting …");
const below = el("div", { class: "below" });
const events = el("section", { class: "found", "aria-label": "Events of the selection" });

/** What is drawn: `{per, bars}`, the bar that the keyboard is on, and the one where a selection began. */
let drawn = null;
let at = 0;
let begun = null;

fill(async () => {
  side.replaceChildren(folded(asked));
  const chosen = el("div", { class: "choices" }, choice("by", "Colours show the "), choice("per", "A bar is a "), closer());
  const main = el("section", { class: "results", "aria-label": "Timeline" }, chosen, told, frame, below, events);
  show(el("h1", {}, "When it happened"), el("div", { class: "columns" }, side, main));
  new ResizeObserver(draw).observe(frame);
  await count();
});

/** Asks for the counts of all days, whatever is selected of them, and draws them. */
async function count() {
  const wide = shared(asked);
  const [from, to] = span();
  for (const [name, day] of [["since", from], ["until", to]]) day ? wide.set(name, day) : wide.delete(name);
  for (const name of ["by", "per"]) if (asked.get(name)) wide.set(name, asked.get(name));
  let answer;
  try {
    answer = await ask(address("/api/days", wide));
  } catch (error) {
    told.replaceChildren(el("span", { role: "alert", class: "error" }, error.message));
    return;
  }
  drawn = counted(answer, from, to);
  at = drawn.bars.length - 1;
  tell(answer);
  draw();
  below.replaceChildren(
    legend(drawn),
    drawn.bars.length ? table(drawn) : "",
    el("nav", { class: "onward", "aria-label": "Data" }, el("a", { href: address("/api/days", wide) }, "JSON"), el("a", { href: address("/api/days.csv", wide) }, "CSV")),
  );
  await list();
}

function span() {
  const [from, to] = (asked.get("span") ?? "").split(",");
  const isDay = (day) => /^\d{4}-\d\d-\d\d$/.test(day ?? "");
  return isDay(from) && isDay(to) ? [from, to] : [null, null];
}

function tell(answer) {
  const parts = [number(answer.events, "event")];
  if (drawn.undated) parts.push(`${drawn.undated.toLocaleString("en")} without a day`);
  if (drawn.outside) parts.push(`${drawn.outside.toLocaleString("en")} that reach in from before or stand outside of what is drawn`);
  told.replaceChildren(parts.join(", "), ". ", answer.events ? "Drag over the bars, or use Since and Until, to select days." : "Take a condition away to see more.");
}

function draw() {
  if (!drawn?.bars.length) {
    frame.replaceChildren(drawn ? el("p", { class: "empty" }, "No event here has a day.") : "");
    return;
  }
  const width = frame.clientWidth || 640;
  frame.replaceChildren(drawing(drawn.bars, drawn.per, width, selection()));
}

/** The numbers of the bars that Since and Until select; null if these are open. */
function selection() {
  if (begun !== null) return [Math.min(begun, at), Math.max(begun, at)];
  if (!asked.get("since") && !asked.get("until")) return null;
  return covered(drawn.bars, asked.get("since"), asked.get("until"));
}

/** Selects from one bar to another, or all days where there is none. */
function select(first, last) {
  begun = null;
  const days = first === null ? {} : { since: drawn.bars[first].start, until: drawn.bars[last].end };
  for (const name of ["since", "until"]) days[name] ? asked.set(name, days[name]) : asked.delete(name);
  rewrite(asked);
  side.replaceChildren(folded(asked));
  const now = closer();
  document.querySelector(".closer").replaceWith(now);
  draw();
  list();
}

async function list() {
  const [since, until] = [asked.get("since"), asked.get("until")];
  const days = since === until ? since : [since ? `from ${since}` : "", until ? `to ${until}` : ""].join(" ").trim();
  await listEvents(events, days ? `Events ${since === until ? "of " : ""}${days}` : "Events of all days", shared(asked));
}

function choice(name, label) {
  const options = Object.entries(CHOICES[name]).map(([value, shown]) =>
    el("option", { value, selected: value === (asked.get(name) ?? "") }, shown),
  );
  const change = (event) => {
    event.target.value ? asked.set(name, event.target.value) : asked.delete(name);
    rewrite(asked);
    side.replaceChildren(folded(asked));
    count();
  };
  return el("label", {}, label, el("select", { id: `c-${name}`, change }, options));
}

/** Buttons that draw the selected days alone, or all again. */
function closer() {
  const go = (days) => () => {
    days ? asked.set("span", days) : asked.delete("span");
    asked.delete("per");
    document.getElementById("c-per").value = "";
    rewrite(asked);
    document.querySelector(".closer").replaceWith(closer());
    count();
  };
  const [since, until] = [asked.get("since"), asked.get("until")];
  const near = el("button", { type: "button", disabled: !(since && until), click: go(`${since},${until}`) }, "Look closer");
  const far = el("button", { type: "button", disabled: !asked.has("span"), click: go(null) }, "All days");
  const none = el("button", { type: "button", disabled: !(since || until), click: () => select(null, null) }, "Select none");
  return el("span", { class: "closer buttons" }, near, far, none);
}

function pointed(event) {
  return barAt(event.clientX - frame.getBoundingClientRect().left, frame.clientWidth, drawn.bars.length);
}
frame.addEventListener("pointerdown", (event) => {
  if (!drawn?.bars.length || event.button) return;
  frame.setPointerCapture(event.pointerId);
  begun = at = pointed(event);
  draw();
});
frame.addEventListener("pointermove", (event) => {
  if (begun === null || !frame.hasPointerCapture(event.pointerId)) return;
  at = pointed(event);
  draw();
});
frame.addEventListener("pointerup", () => begun === null || select(Math.min(begun, at), Math.max(begun, at)));
frame.addEventListener("pointercancel", () => {
  begun = null;
  draw();
});
frame.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity }[event.key];
  if (!drawn?.bars.length) return;
  if (event.key === "Escape") select(null, null);
  else if (event.key === "Enter" || event.key === " ") select(Math.min(begun ?? at, at), Math.max(begun ?? at, at));
  else if (step === undefined) return;
  else {
    const was = at;
    at = Math.min(Math.max(at + step, 0), drawn.bars.length - 1);
    begun = event.shiftKey ? (begun ?? was) : at;
    const bar = drawn.bars[at];
    told.replaceChildren(words(`${called(drawn.per, bar.start)}: ${number(bar.total, "event")}`));
    draw();
  }
  event.preventDefault();
});
