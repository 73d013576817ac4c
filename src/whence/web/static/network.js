/** Who acts on whom as a drawing: those who have much to do with each other stand together. Always the same for the same. */

import { svg } from "/static/dom.js";

const HIGH = 520;
const EDGE = 30;
const ROUNDS = 300;
const LABEL = { wide: 118, high: 30 };

/**
 * The drawing of pairs `{actor, recipient, quad, events}`, so many pixels wide; `choose(name)` is called for whoever is
 * clicked. It is for eyes and pointers alone: a table has the same.
 */
export function network(pairs, width, choose) {
  const ties = tied(pairs).filter((tie) => tie.actor !== tie.recipient);
  const names = [...new Set(ties.flatMap((tie) => [tie.actor, tie.recipient]))].sort();
  const spots = parted(stretched(placed(names, ties), width), width);
  const most = Math.max(1, ...ties.map((tie) => tie.events));
  const wide = (tie) => 1 + (5 * Math.log1p(tie.events)) / Math.log1p(most);
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${HIGH}`, width, height: HIGH, "aria-hidden": "true" },
    svg("defs", {}, [0, 1, 2, 3, 4].map(arrow)),
    ties.map((tie) => edge(tie, spots, wide(tie))),
    names.map((name) => node(name, spots.get(name), choose)),
  );
}

/** One line for all that somebody does to somebody: of the quad in which most of it is. */
function tied(pairs) {
  const ties = new Map();
  for (const { actor, recipient, quad, events } of pairs) {
    const key = JSON.stringify([actor, recipient]);
    const tie = ties.get(key) ?? { actor, recipient, quad, most: 0, events: 0 };
    if (events > tie.most) Object.assign(tie, { quad, most: events });
    tie.events += events;
    ties.set(key, tie);
  }
  return [...ties.values()];
}

/** Places on a circle, then drawn together by what ties them and pushed apart by all others, ever less. */
function placed(names, ties) {
  const turn = (2 * Math.PI) / Math.max(names.length, 1);
  const at = new Map(names.map((name, number) => [name, { x: Math.cos(number * turn), y: Math.sin(number * turn) }]));
  const length = 1.8 / Math.sqrt(Math.max(names.length, 1));
  for (let round = 0; round < ROUNDS; round++) {
    const most = 0.1 * (1 - round / ROUNDS);
    for (const [name, force] of forces(names, ties, at, length)) {
      const far = Math.max(Math.hypot(force.x, force.y), 1e-9);
      const spot = at.get(name);
      spot.x += (force.x / far) * Math.min(far, most);
      spot.y += (force.y / far) * Math.min(far, most);
    }
  }
  return at;
}

/** What draws each of them where: to the middle, to those it has to do with, and away from everybody. */
function forces(names, ties, at, length) {
  const found = new Map(names.map((name) => [name, { x: -at.get(name).x * 0.6, y: -at.get(name).y * 0.6 }]));
  const push = (one, other, strength) => {
    const [a, b] = [at.get(one), at.get(other)];
    const far = Math.max(Math.hypot(a.x - b.x, a.y - b.y), 0.01);
    const force = found.get(one);
    force.x += ((a.x - b.x) / far) * strength(far);
    force.y += ((a.y - b.y) / far) * strength(far);
  };
  for (const one of names) for (const other of names) if (one !== other) push(one, other, (far) => length ** 2 / far);
  for (const { actor, recipient } of ties) {
    const pull = (far) => -(far ** 2) / length / 2;
    push(actor, recipient, pull);
    push(recipient, actor, pull);
  }
  return found;
}

/** The places over the whole drawing. */
function stretched(at, width) {
  const spots = [...at.values()];
  const over = (axis, size) => {
    const all = spots.map((spot) => spot[axis]);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const edge = axis === "x" ? LABEL.wide / 2 : EDGE;
    return (value) => edge + ((value - low) / Math.max(high - low, 1e-9)) * (size - 2 * edge);
  };
  const [x, y] = [over("x", width), over("y", HIGH)];
  return new Map([...at].map(([name, spot]) => [name, { x: x(spot.x), y: y(spot.y) }]));
}

/** Moves those apart whose names would cover each other, as far as there is room. */
function parted(at, width) {
  const spots = [...at.values()];
  const hold = (value, edge, size) => Math.min(Math.max(value, edge), size - edge);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [number, one] of spots.entries()) {
      for (const other of spots.slice(number + 1)) {
        const overX = LABEL.wide - Math.abs(one.x - other.x);
        const overY = LABEL.high - Math.abs(one.y - other.y);
        if (overX <= 0 || overY <= 0) continue;
        const axis = overY < overX ? "y" : "x";
        const by = (Math.min(overX, overY) / 4) * (one[axis] < other[axis] ? -1 : 1);
        one[axis] += by;
        other[axis] -= by;
      }
    }
    for (const spot of spots) {
      spot.x = hold(spot.x, LABEL.wide / 2, width);
      spot.y = hold(spot.y, EDGE, HIGH);
    }
  }
  return at;
}

/** A bent line with an arrow, so that both directions can be told apart. */
function edge(tie, spots, width) {
  const [from, to] = [spots.get(tie.actor), spots.get(tie.recipient)];
  const far = Math.max(Math.hypot(to.x - from.x, to.y - from.y), 1);
  const [alongX, alongY] = [(to.x - from.x) / far, (to.y - from.y) / far];
  const bend = far * 0.12;
  const [middleX, middleY] = [(from.x + to.x) / 2 - alongY * bend, (from.y + to.y) / 2 + alongX * bend];
  const d = `M${from.x} ${from.y}Q${middleX} ${middleY} ${to.x - alongX * 14} ${to.y - alongY * 14}`;
  const title = `${tie.actor} → ${tie.recipient}: ${tie.events.toLocaleString("en")}`;
  return svg(
    "path",
    { class: `tie quad-${tie.quad ?? 0}`, d, "stroke-width": width.toFixed(1), "marker-end": `url(#arrow-${tie.quad ?? 0})` },
    svg("title", {}, title),
  );
}

function arrow(quad) {
  const size = { id: `arrow-${quad}`, viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" };
  return svg("marker", size, svg("path", { class: `head quad-${quad}`, d: "M0 0L8 4L0 8z" }));
}

function node(name, { x, y }, choose) {
  const shown = name.length > 18 ? `${name.slice(0, 17)}…` : name;
  return svg(
    "g",
    { class: "node", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, click: () => choose(name) },
    svg("title", {}, name),
    svg("circle", { r: 7 }),
    svg("text", { y: -12 }, shown),
  );
}
