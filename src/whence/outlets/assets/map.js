"use strict";
(() => {
  const map = document.getElementById("map");
  const spots = [...map.querySelectorAll(".spot")];
  const data = JSON.parse(document.getElementById("data").textContent);
  const WIDEST = 360, CLOSEST = 2;
  const home = map.dataset.view.split(" ").map(Number);
  let [left, top, width] = home;

  // Degrees that a pixel is worth. A page that is not laid out yet has no width.
  const pixel = () => width / (map.clientWidth || 900);

  // Dots, numbers and the least size of circles stay the same on the screen at every zoom.
  function draw() {
    const unit = pixel();
    map.setAttribute("viewBox", `${left} ${top} ${width} ${width / 2}`);
    for (const spot of spots) {
      const radius = Math.max(Number(spot.dataset.area), Number(spot.dataset.pixels) * unit);
      spot.querySelector("circle").setAttribute("r", radius);
      const text = spot.querySelector("text");
      if (text) {
        text.style.fontSize = `${12 * unit}px`;
        text.setAttribute("y", -radius - 7 * unit); // above it, for smaller places cover what is inside
      }
    }
  }

  function show(x, y, wide) {
    width = Math.min(WIDEST, Math.max(CLOSEST, wide));
    left = Math.min(Math.max(x, 0), 360 - width);
    top = Math.min(Math.max(y, 0), 180 - width / 2);
    draw();
  }

  // Zooms so that the point stays where it is; shares are of the map's width and height.
  function zoom(factor, across = 0.5, down = 0.5) {
    const wide = Math.min(WIDEST, Math.max(CLOSEST, width * factor));
    show(left + (width - wide) * across, top + (width - wide) / 2 * down, wide);
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function choose(number) {
    spots.forEach((spot) => spot.classList.toggle("chosen", spot.dataset.spot === number));
    const chosen = data[Number(number)];
    document.getElementById("place").textContent = chosen.label;
    document.getElementById("events").replaceChildren(...chosen.events.map((event) => {
      const article = document.createElement("article");
      const list = document.createElement("dl");
      for (const [name, text] of event.pairs) list.append(element("dt", name), element("dd", text));
      article.append(element("h3", event.heading), list);
      return article;
    }));
    const panel = document.getElementById("panel");
    panel.scrollTop = 0;
    panel.scrollIntoView({ block: "nearest" });
  }

  let drag = null;
  let dragged = false;
  map.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, left, top };
    dragged = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const unit = pixel();
    dragged ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 5;
    if (dragged) show(drag.left - (event.clientX - drag.x) * unit, drag.top - (event.clientY - drag.y) * unit, width);
  });
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => { drag = null; });
  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = map.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { passive: false });
  map.addEventListener("keydown", (event) => {
    const step = width / 8;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const spot = event.target.closest(".spot");
    if (spot && (event.key === "Enter" || event.key === " ")) choose(spot.dataset.spot);
    else if (event.key in moves) show(left + moves[event.key][0], top + moves[event.key][1], width);
    else if (event.key === "+" || event.key === "=") zoom(0.7);
    else if (event.key === "-") zoom(1.4);
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-spot]");
    if (chosen && !dragged) choose(chosen.dataset.spot);
    dragged = false;
  });
  const buttons = { in: () => zoom(0.6), out: () => zoom(1.6), fit: () => show(...home), all: () => show(0, 0, WIDEST) };
  for (const [id, press] of Object.entries(buttons)) document.getElementById(id).addEventListener("click", press);
  new ResizeObserver(draw).observe(map);
  draw();
})();
