/** Cards: an event or a statement with what fills its slots; each slot lights its words in the text. */

import { el, inside, words } from "/static/dom.js";
import { chain, code, days, kind, status } from "/static/wording.js";

/**
 * The card of an event, with `more` at its end. `hover.light(ranges)` lights words, `hover.go(at)` shows them, `choose`
 * is called when it is clicked.
 */
export function card(event, coding, id, hover, choose, more = null) {
  const statement = coding.statements.find((one) => one.id === event.statement);
  const again = coding.events.find((one) => one.id === event.same_as);
  const facts = [
    ["Words", [slot(event.trigger, hover)]],
    ["Who", event.actors.map((one) => slot(one, hover, one.name, code(one)))],
    ["To whom", event.recipients.map((one) => slot(one, hover, one.name, code(one)))],
    ["Where", event.places.map((one) => slot(one, hover, one.name, one.country))],
    ["When", event.time ? [slot(event.time, hover, days(event.time) || event.time.text)] : []],
    ["How many", event.counts.map((one) => slot(one, hover, `${one.text} ${one.what}`))],
    ["With what", event.instruments.map((one) => slot(one, hover))],
    ["Said by", [chain(statement?.chain ?? [], coding.article.site || "this article")]],
    ["In words that are", statement ? [`${statement.form}, ${statement.commitment}`] : []],
    ["Told again from", again ? [el("a", { href: `#${encodeURIComponent(again.uid)}` }, words(again.trigger.text))] : []],
    ["Confidence", [event.confidence.toFixed(2)]],
    ["Why", [words(event.reason)]],
  ];
  const click = (happening) => {
    if (!happening.target.closest("a, button, .review")) choose(happening);
  };
  return el(
    "article",
    { class: "card", id, tabindex: "-1", "aria-labelledby": `${id}-name`, click },
    el(
      "h3",
      { id: `${id}-name` },
      el("a", { href: `#${encodeURIComponent(event.uid)}`, click: choose }, kind(event)),
      " ",
      status(event.status),
    ),
    list(facts),
    coding.kept ? el("p", { class: "meta" }, el("a", { href: inside("incidents", event.uid) }, "Incident: who else tells of it")) : null,
    more,
  );
}

/** The card of a statement. */
export function statementCard(statement, hover) {
  const content = statement.content.map((one) => slot(one, hover));
  return el(
    "article",
    { class: "card statement" },
    el("h3", {}, statement.chain.length ? words(statement.chain.at(-1)) : "nobody named"),
    list([
      ["Source", statement.source ? [slot(statement.source, hover)] : []],
      ["Cue", statement.cue ? [slot(statement.cue, hover)] : []],
      ["Words", content],
      ["Chain", statement.chain.length > 1 ? [statement.chain.map((name) => words(name)).flatMap((one, at) => (at ? [" → ", one] : [one]))] : []],
      ["Form", [`${statement.form}, ${statement.commitment}`]],
      ["Confidence", [statement.confidence.toFixed(2)]],
      ["Why", [words(statement.reason)]],
    ]),
  );
}

function list(facts) {
  const filled = facts.filter(([, values]) => values.length);
  return el("dl", {}, filled.map(([name, values]) => el("div", {}, el("dt", {}, name), values.map((value) => el("dd", {}, value)))));
}

/** What fills a slot: pointing at it lights its words, pressing it shows them. */
function slot(mention, hover, shown = mention.text, after = null) {
  const on = () => hover.light([mention.at]);
  const off = () => hover.light([]);
  const pressed = { type: "button", class: "slot", mouseenter: on, mouseleave: off, focus: on, blur: off, click: () => hover.go(mention.at[0]) };
  return [el("button", pressed, words(shown)), after ? " " : null, after];
}
