/** How events, people and days are worded, alike on all pages. */

import { between, el, words } from "/static/dom.js";

/** `ASSAULT (aerial)`. */
export function kind(event) {
  return event.mode ? `${event.type} (${event.mode})` : event.type;
}

/** The status as a word with a colour of its own. */
export function status(word) {
  return el("span", { class: `status status-${word}` }, word);
}

/** `RUS MIL`: country and sector, as far as they are known. */
export function code(party) {
  const known = [party.country, party.sector].filter(Boolean).join(" ");
  return known ? el("span", { class: "code" }, known) : null;
}

/** A name with its codes. */
export function party(one) {
  return el("span", { class: "party" }, words(one.name), code(one) ? " " : null, code(one));
}

/** Who → to whom; a question mark for nobody known. */
export function sides(event) {
  const listed = (side) => (side.length ? between(side.map(party), ", ") : ["?"]);
  if (!event.actors.length && !event.recipients.length) return [];
  if (!event.recipients.length) return listed(event.actors);
  return [listed(event.actors), el("span", { class: "arrow" }, " → "), listed(event.recipients)].flat();
}

/** `2016-08-16`, `2016-08-16 to 2016-08-18`, `since …`, `until …`. */
export function days(time) {
  if (!time || !(time.start || time.end)) return "";
  if (time.start === time.end) return time.start;
  if (!time.end) return `since ${time.start}`;
  return time.start ? `${time.start} to ${time.end}` : `until ${time.end}`;
}

/**
 * The way of the words, from whom they come to who printed them: `the ministry → via Sputnik → The Volta Post`.
 * `chain` has the outermost holder first.
 */
export function chain(holders, printed) {
  const [originator, ...carriers] = [...holders].reverse();
  const steps = originator
    ? [step("origin", "", originator), ...carriers.map((name) => step("carrier", "via ", name))]
    : [];
  const last = holders.length ? step("printed", "in ", printed) : step("origin printed", "", printed);
  return el("ol", { class: "chain", "aria-label": "Who vouches for it, and through whom" }, [...steps, last]);
}

function step(role, how, name) {
  return el("li", { class: role }, how, words(name));
}

/** Words of an article with some of them marked. */
export function quoted(around, text) {
  if (!around) return el("q", {}, words(text));
  return el("span", { class: "quoted", dir: "auto" }, around[0], el("mark", {}, text), around[1]);
}

/** An article's title, or what else it goes by. */
export function named(article) {
  return article.title || article.id;
}

/** Paper and day. */
export function source(article) {
  return between([article.site, article.published].filter(Boolean).map((part) => words(part)), ", ");
}
