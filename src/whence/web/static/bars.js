/** Bars of a timeline: stacked, and a stretch of them selected by pointer or keyboard. */

import { svg } from "/static/dom.js";
import { called } from "/static/periods.js";

const HEIGHT = 240;
const MARGIN = { left: 44, right: 8, top: 10, bottom: 26 };
const LABEL = 74;
const WIDEST = 48;

/**
 * The drawing of bars, as wide as `width` pixels: `bars` are `{start, end, parts: [[class, events]], longer, total}`.
 * `selected` holds the first and last number of those that are selected, or is null.
 */
export function drawing(bars, per, width, selected) {
  const step = wide(width, bars.length);
  const most = Math.max(1, ...bars.map((bar) => bar.total));
  const high = HEIGHT - MARGIN.top - MARGIN.bottom;
  const up = (events) => (events / most) * high;
  const floor = HEIGHT - MARGIN.bottom;
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": summary(bars, per) },
    hatching(),
    ticks(most).map((tick) => [
      svg("line", { class: "grid", x1: MARGIN.left, x2: width - MARGIN.right, y1: floor - up(tick), y2: floor - up(tick) }),
      svg("text", { class: "axis end", x: MARGIN.left - 6, y: floor - up(tick) + 4 }, tick.toLocaleString("en")),
    ]),
    bars.map((bar, number) => stack(bar, MARGIN.left + number * step, step, floor, up, per)),
    bars.map((bar, number) =>
      number % Math.ceil(LABEL / step) === 0 && MARGIN.left + number * step + LABEL < width
        ? svg("text", { class: "axis", x: MARGIN.left + number * step, y: HEIGHT - 8 }, called(per, bar.start).replace("week of ", ""))
        : null,
    ),
    selected ? overlay(selected, step, floor) : null,
  );
}

/** The number of the bar under a pointer, of a drawing so wide. */
export function barAt(x, width, count) {
  return Math.min(Math.max(Math.floor((x - MARGIN.left) / wide(width, count)), 0), count - 1);
}

/** The width of one of so many bars. */
function wide(width, count) {
  return Math.min(Math.max(width - MARGIN.left - MARGIN.right, 10) / count, WIDEST);
}

function stack(bar, x, step, floor, up, per) {
  if (!bar.total) return null;
  const gap = step > 5 ? 1 : 0;
  let y = floor;
  const piece = ([kind, events]) => {
    const height = up(events);
    y -= height;
    return svg("rect", { class: kind, x: x + gap / 2, y, width: Math.max(step - gap, 0.5), height });
  };
  const title = svg("title", {}, `${called(per, bar.start)}: ${bar.total.toLocaleString("en")}`);
  const pieces = [...bar.parts, ["longer", bar.longer]].filter(([, events]) => events);
  return svg("g", { class: "bar" }, title, pieces.map(piece));
}

function overlay([first, last], step, floor) {
  const x = MARGIN.left + first * step;
  const width = Math.max((last - first + 1) * step, 2);
  return svg("rect", { class: "brush", x, y: MARGIN.top - 4, width, height: floor - MARGIN.top + 8 });
}

/** The pattern of what is not known exactly. */
function hatching() {
  return svg(
    "defs",
    {},
    svg(
      "pattern",
      { id: "hatching", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { class: "hatch-ground", width: 6, height: 6 }),
      svg("line", { class: "hatch-line", x1: 0, y1: 0, x2: 0, y2: 6 }),
    ),
  );
}

/** Round numbers from 0 up to the greatest, five at most. */
function ticks(most) {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, number) => number * step);
}

function summary(bars, per) {
  const highest = bars.reduce((best, bar) => (bar.total > best.total ? bar : best), bars[0]);
  const range = `${called(per, bars[0].start)} to ${called(per, bars.at(-1).start)}`;
  return `Events by ${per}, ${range}; most of them, ${highest.total.toLocaleString("en")}, in ${called(per, highest.start)}. The table below has the numbers.`;
}
