/** Elements made of text: whatever comes from an article is only ever set as text. */

/**
 * An element with attributes and children; null children are left out, all others that are no nodes become text.
 * An attribute that is null or false is left out; one whose value is a function listens to the event of its name.
 */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Words of an article: their own direction must not turn what stands beside them. */
export function words(text) {
  return el("bdi", {}, text);
}

/** A link to an address that came with an article, if a browser may go there; else the address as text. */
export function outside(address) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    /* no address at all */
  }
  if (url === null || !["http:", "https:"].includes(url.protocol)) return words(address);
  return el("a", { href: url.href, rel: "noopener noreferrer external" }, words(address));
}

/** The address of a page of ours for something with an id. */
export function inside(page, id, hash = "") {
  return `/${page}/${encodeURIComponent(id)}${hash ? `#${encodeURIComponent(hash)}` : ""}`;
}

/** Items with something between them. */
export function between(items, separator) {
  return items.flatMap((item, number) => (number ? [separator, item] : [item]));
}

/** `3 articles`, `1 article`. */
export function number(count, word, words = `${word}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? word : words}`;
}

/** Fills the page's main part, and says so to who cannot see it. */
export function show(...children) {
  const main = document.getElementById("main");
  main.replaceChildren(...children.flat(Infinity).filter((child) => child !== null));
  main.setAttribute("aria-busy", "false");
}

/** Names the page in the browser's title. */
export function entitle(title) {
  document.title = `${title} – whence`;
}
