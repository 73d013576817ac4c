/** Events in lists: each with its words, who, where and when, and the way to its article. */

import { el, inside, number, words } from "/static/dom.js";
import { downloads } from "/static/downloads.js";
import { address, ask } from "/static/net.js";
import { days, kind, named, quoted, sides, source, status } from "/static/wording.js";

const SHOWN = 20;

/**
 * Fills an element with the events that meet the conditions, the first of them at once and the rest by a link to the
 * search. `title` heads them; a later call for the same element takes the place of one that is still waiting.
 */
export async function listEvents(into, title, asked) {
  const turn = Symbol(title);
  into.turn = turn;
  const heading = el("h2", { tabindex: "-1" }, title);
  into.replaceChildren(heading, el("p", { class: "note" }, "Looking for its events …"));
  const limited = new URLSearchParams(asked);
  limited.set("limit", SHOWN);
  let content;
  try {
    const answer = await ask(address("/api/events", limited));
    content = [
      answer.rows.length
        ? el("ol", { class: "list" }, answer.rows.map(eventItem))
        : el("p", { class: "empty" }, "No event meets all of these conditions."),
      el(
        "div",
        { class: "onward" },
        el("a", { href: address("/", asked) }, answer.next === null ? "The same in the search" : "All of them in the search"),
        el("a", { href: address("/api/events.csv", asked) }, "CSV"),
        downloads(asked, "All events of this list, whether they are shown or not."),
      ),
    ];
    if (answer.next !== null) content.unshift(el("p", { class: "count" }, `The first ${number(SHOWN, "event")}:`));
  } catch (error) {
    content = [el("p", { role: "alert", class: "error" }, error.message)];
  }
  if (into.turn === turn) into.replaceChildren(heading, ...content);
}

/** One event as an item of a list. */
export function eventItem(event) {
  const where = event.places.map((place) => place.name).join(", ");
  return el(
    "li",
    { class: "event" },
    el(
      "h2",
      {},
      el("a", { href: inside("articles", event.article.sha256, event.uid) }, kind(event)),
      " ",
      status(event.status),
    ),
    el("p", { class: "sides" }, sides(event)),
    el("p", {}, quoted(event.around, event.trigger.text)),
    el(
      "p",
      { class: "meta" },
      [where, days(event.time)].filter(Boolean).flatMap((part) => [words(part), " · "]),
      event.chain.length ? ["said by ", words(event.chain.at(-1)), " · "] : null,
      el("a", { href: inside("incidents", event.uid) }, "incident"),
      " · ",
      words(named(event.article)),
      source(event.article).length ? [" · ", source(event.article)] : null,
    ),
  );
}
