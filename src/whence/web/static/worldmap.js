/** A map of the world that can be moved and zoomed, with marks on it. It knows nothing of where they come from. */

import { svg } from "/static/dom.js";
import { geoEqualEarth, geoGraticule10, geoPath } from "/static/vendor/d3-geo.js";
import { feature } from "/static/vendor/topojson-client.js";

const WIDE = 960;
const HIGH = 470;
const CLOSEST = 128;
const FINE = 4;
const CLOSE = 10;
const projection = geoEqualEarth().fitExtent([[4, 4], [WIDE - 4, HIGH - 4]], { type: "Sphere" });
const path = geoPath(projection).digits(2);

/** Pixels of a degree of longitude at the equator, where the world is as wide as `WIDE`. */
export const DEGREE = (projection([1, 0])[0] - projection([0, 0])[0]);

/** The outlines at a scale, each with its country's alpha-3 code, if it has one. */
async function outlines(scale) {
  const [topology, codes] = await Promise.all([fetched(`countries-${scale}`), fetched("codes")]);
  const { features } = feature(topology, topology.objects.countries);
  return features.map((one) => [one, codes[one.id] ?? codes[one.properties.name]]);
}

async function fetched(name) {
  const response = await fetch(`/static/outlines/${name}.json`);
  return response.json();
}

/**
 * The map in an element. `paint(scale)` gives the SVG elements of the marks for so many times the size of `WIDE`, each
 * placed by `at(lat, lon)` of this map; `moved(view)` is told where the map stands, once it has come to rest, if somebody
 * has led it there, and null if it shows its marks of itself.
 */
export class WorldMap {
  constructor(frame, paint, moved) {
    this.frame = frame;
    this.paint = paint;
    this.moved = moved;
    this.scale = 0;
    this.extents = new Set();
    this.hatch = hatch("land-hatch");
    this.ground = svg("g", {}, svg("path", { class: "globe", d: path({ type: "Sphere" }) }), svg("path", { class: "meridians", d: path(geoGraticule10()) }));
    this.countries = svg("g");
    this.ground.append(this.countries);
    this.spots = svg("g");
    this.svg = svg(
      "svg",
      { tabindex: "0", role: "group", "aria-label": "Map of the world. Arrow keys move it, plus and minus zoom, 0 shows all. Its marks also stand in the table below.", class: "map" },
      svg("defs", {}, hatch("spot-hatch"), this.hatch),
      this.ground,
      this.spots,
    );
    frame.replaceChildren(this.svg);
    this.listen();
  }

  /** Draws the outlines; finer ones come when the map is zoomed in for the first time. */
  async load() {
    this.draw(await outlines("110m"));
  }

  draw(lands) {
    this.countries.replaceChildren(...lands.map(([one, code]) => svg("path", { class: "land", d: path(one), "data-country": code })));
    this.mark(this.extents);
  }

  /** Hatches countries, by alpha-3 code, as far as there are outlines of them; gives those that there are. */
  mark(codes, chosen = null) {
    this.extents = codes;
    this.chosen = chosen ?? this.chosen;
    const known = new Set();
    for (const land of this.countries.children) {
      const code = land.dataset.country;
      land.classList.toggle("extent", codes.has(code));
      land.classList.toggle("chosen", codes.has(code) && code === this.chosen);
      if (code) known.add(code);
    }
    return known;
  }

  get width() {
    return this.frame.clientWidth || WIDE;
  }

  get height() {
    return Math.max(260, Math.round(this.width * (HIGH / WIDE)));
  }

  /** The scale at which the whole world is as wide as the frame. */
  get least() {
    return Math.min(this.width / WIDE, this.height / HIGH);
  }

  /** Where a point stands on the screen. */
  at(lat, lon) {
    const [x, y] = projection([lon, lat]);
    return [x * this.scale, y * this.scale];
  }

  /** Shows a part of the world, as somebody asks: its middle, and how many times as large as the whole. */
  show(lat, lon, times) {
    this.isLed = true;
    this.turn(lat, lon, times);
  }

  turn(lat, lon, times) {
    this.scale = this.bound(times * this.least);
    const [x, y] = this.at(lat, lon);
    this.place(this.width / 2 - x, this.height / 2 - y, true);
  }

  /** Shows all points, `[lat, lon]`, with their surroundings; the world if there are none. */
  fit(points) {
    this.isLed = false;
    const flat = points.map(([lat, lon]) => projection([lon, lat]));
    if (!flat.length) return this.turn(0, 0, 1);
    const [xs, ys] = [0, 1].map((axis) => flat.map((point) => point[axis]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const room = Math.min(this.width / (right - left + 60), this.height / (bottom - top + 60));
    const [lon, lat] = projection.invert([(left + right) / 2, (top + bottom) / 2]);
    return this.turn(lat, lon, Math.min(room / this.least, CLOSE));
  }

  bound(scale) {
    return Math.min(Math.max(scale, this.least), this.least * CLOSEST);
  }

  /** Zooms so that a point of the screen stays where it is. */
  zoom(times, x = this.width / 2, y = this.height / 2) {
    this.isLed = true;
    const was = this.scale;
    this.scale = this.bound(this.scale * times);
    const by = this.scale / was;
    this.place(x - (x - this.x) * by, y - (y - this.y) * by, by !== 1);
  }

  move(right, down) {
    this.isLed = true;
    this.place(this.x + right, this.y + down, false);
  }

  place(x, y, isZoomed) {
    const hold = (value, size, room) => (size <= room ? (room - size) / 2 : Math.min(0, Math.max(value, room - size)));
    this.x = hold(x, WIDE * this.scale, this.width);
    this.y = hold(y, HIGH * this.scale, this.height);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.setAttribute("height", this.height);
    this.ground.setAttribute("transform", `translate(${this.x} ${this.y}) scale(${this.scale})`);
    this.spots.setAttribute("transform", `translate(${this.x} ${this.y})`);
    this.hatch.setAttribute("patternTransform", `scale(${1 / this.scale}) rotate(45)`);
    if (isZoomed) this.repaint();
    if (isZoomed && !this.isFine && this.scale > FINE * this.least) this.refine();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.moved(this.isLed ? this.view() : null), 250);
  }

  repaint() {
    this.spots.replaceChildren(...this.paint(this.scale));
  }

  async refine() {
    this.isFine = true;
    try {
      this.draw(await outlines("50m"));
    } catch {
      this.isFine = false; /* the coarser ones do, and the next zoom tries again */
    }
  }

  /** Latitude and longitude of the middle, and how many times as large as the whole world. */
  view() {
    const [lon, lat] = this.invert(this.width / 2, this.height / 2);
    return [lat, lon, this.scale / this.least];
  }

  invert(x, y) {
    const [lon, lat] = projection.invert([(x - this.x) / this.scale, (y - this.y) / this.scale]);
    return [Math.min(Math.max(lon, -180), 180), Math.min(Math.max(lat, -90), 90)];
  }

  /** South, west, north, east of what is shown. */
  box() {
    const steps = [0, 0.25, 0.5, 0.75, 1];
    const edge = steps.flatMap((step) => [[step, 0], [step, 1], [0, step], [1, step]]);
    const points = edge.map(([x, y]) => this.invert(x * this.width, y * this.height)).filter(([lon, lat]) => Number.isFinite(lon + lat));
    const [lons, lats] = [0, 1].map((axis) => points.map((point) => point[axis]));
    return [Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)];
  }

  listen() {
    const held = new Map();
    const local = (event) => {
      const frame = this.svg.getBoundingClientRect();
      return [event.clientX - frame.left, event.clientY - frame.top];
    };
    let travelled = 0;
    this.svg.addEventListener("pointerdown", (event) => {
      travelled = held.size ? travelled : 0;
      held.set(event.pointerId, local(event));
    });
    window.addEventListener("pointermove", (event) => {
      if (!held.has(event.pointerId)) return;
      const [was, now] = [held.get(event.pointerId), local(event)];
      travelled += Math.hypot(now[0] - was[0], now[1] - was[1]);
      const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
      held.set(event.pointerId, now);
      if (other) {
        const far = (point) => Math.max(Math.hypot(point[0] - other[0], point[1] - other[1]), 1);
        this.zoom(far(now) / far(was), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
      } else if (travelled > 4) {
        this.move(now[0] - was[0], now[1] - was[1]);
      }
    });
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, (event) => held.delete(event.pointerId));
    this.svg.addEventListener("click", (event) => travelled > 4 && event.stopPropagation(), true);
    this.svg.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !this.svg.contains(document.activeElement)) return; /* the page scrolls */
        event.preventDefault();
        this.zoom(event.deltaY > 0 ? 0.8 : 1.25, ...local(event));
      },
      { passive: false },
    );
    this.svg.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.scale && this.turn(...this.view())).observe(this.frame);
  }

  key(event) {
    const step = this.width / 6;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in moves) this.move(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom(1.5);
    else if (event.key === "-") this.zoom(1 / 1.5);
    else if (event.key === "0") this.show(0, 0, 1);
    else return;
    event.preventDefault();
  }
}

function hatch(id) {
  return svg(
    "pattern",
    { id, class: "area-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 6, height: 6 }),
    svg("line", { x1: 0, y1: 0, x2: 0, y2: 6 }),
  );
}
