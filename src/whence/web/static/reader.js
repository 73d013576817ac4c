/** The reader: an article with what was read in it as overlapping highlights, and a card for each event. */

import { card, statementCard } from "/static/cards.js";
import { el, inside, number, outside, show, words } from "/static/dom.js";
import { Panel, nameField } from "/static/review.js";
import { codePoints, lines, segments } from "/static/segments.js";
import { writes } from "/static/net.js";
import { source } from "/static/wording.js";

const LAYERS = { trigger: "Events", actor: "Actors", place: "Places", time: "Times", detail: "Counts and means", said: "Reported words" };

/** Code units of a text that stand for its title where it has none. */
const BEGINNING = 60;

/** An article's title, or the beginning of its text. */
export function headed({ title, text }) {
  if (title) return title;
  const line = text.trimStart().split("\n", 1)[0];
  return line.length > BEGINNING ? `${line.slice(0, line.lastIndexOf(" ", BEGINNING) + 1 || BEGINNING).trimEnd()} …` : line;
}

/** Shows a coding in the page's main part, and under it `more`; its reader. */
export function read(coding, ...more) {
  const reader = new Reader({ actors: [], places: [], times: [], statements: [], events: [], ...coding });
  const { article } = coding;
  show(
    el("header", { class: "article" }, el("h1", { dir: "auto" }, headed(article)), byline(coding)),
    legend(reader.text),
    el(
      "div",
      { class: "reader" },
      el("section", { class: "text", "aria-label": "Text" }, reader.text, excluded(article.excluded ?? [])),
      reader.margin,
    ),
    ...more,
  );
  return reader;
}

function byline({ article, kept }) {
  const parts = [
    source(article),
    article.credit ? ["credits ", words(article.credit)] : null,
    article.url ? outside(article.url) : null,
    kept?.copies ? number(kept.copies, "near-copy", "near-copies") : null,
    kept?.copy_of ? ["a near-copy, not coded itself: ", el("a", { href: inside("articles", kept.copy_of) }, "the coded one")] : null,
  ].filter((part) => part !== null && part.length !== 0);
  return el("p", { class: "meta" }, parts.map((part, at) => (at ? [" · ", part] : part)));
}

/** Boxes that hide a layer of highlights. */
function legend(text) {
  const boxes = Object.entries(LAYERS).map(([name, title]) => {
    const change = (event) => text.classList.toggle(`no-${name}`, !event.target.checked);
    return el("label", {}, el("input", { type: "checkbox", checked: true, change }), el("span", { class: `layer ${name}` }, title));
  });
  return el("fieldset", { class: "legend" }, el("legend", {}, "Highlights"), boxes);
}

function excluded(left) {
  if (!left.length) return null;
  const items = left.map((line) => el("li", {}, el("p", { dir: "auto" }, line.text), el("p", { class: "meta" }, `line ${line.line} · `, words(line.reason))));
  return el("details", { class: "excluded" }, el("summary", {}, `Left out: ${number(left.length, "line")} that are not the article’s own`), el("ul", {}, items));
}

/** The text and the cards, which light each other. */
class Reader {
  constructor(coding) {
    this.coding = coding;
    this.pieces = [];
    this.cards = new Map();
    this.panels = new Map();
    this.units = codePoints(coding.article.text);
    this.text = this.#write(marksOf(coding));
    this.margin = this.#cards();
  }

  /**
   * Shows what the address names after `#`: an event by uid or id, or a stretch of the text. With `?correct` the form
   * in which the event is corrected is open.
   */
  follow() {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const stretch = /^(\d+)-(\d+)$/.exec(wanted);
    if (stretch) {
      this.light([[Number(stretch[1]), Number(stretch[2])]], "lit");
      this.#scroll(Number(stretch[1]));
      return;
    }
    const event = this.coding.events.find((one) => one.uid === wanted || one.id === wanted);
    if (event) this.select(event);
    if (event && new URLSearchParams(location.search).has("correct") && writes()) this.panels.get(event)?.open();
  }

  /** Makes an event the chosen one: its card stands out, and all its words are lit. */
  select(event) {
    for (const [one, element] of this.cards) element.toggleAttribute("aria-current", one === event);
    this.light(wordsOf(event, this.coding), "lit");
    this.#scroll(event.trigger.at[0]);
    const element = this.cards.get(event);
    element.scrollIntoView({ block: "nearest" });
    element.focus({ preventScroll: true });
  }

  /** Lights the words in these ranges, and no others, with a class. */
  light(ranges, name) {
    for (const { begin, end, element } of this.pieces) {
      element.classList.toggle(name, ranges.some(([from, to]) => from <= begin && end <= to));
    }
  }

  #scroll(at) {
    const piece = this.pieces.find((one) => one.begin <= at && at < one.end);
    piece?.element.scrollIntoView({ block: "center" });
  }

  #write(marks) {
    const { text } = this.coding.article;
    const linked = new Set();
    const sorted = [...marks].sort((a, b) => a.begin - b.begin);
    const paragraphs = lines(text).map(({ begin, end }) => {
      const pieces = segments(text, this.units, sorted, begin, end).map((piece) => this.#piece(piece, linked));
      return el("p", { dir: "auto", "data-begin": begin }, pieces);
    });
    const empty = paragraphs.length ? null : el("p", { class: "empty" }, "This article has no text.");
    return el("div", { class: "highlighted" }, paragraphs, empty);
  }

  /** Plain text, or a span with the layers that cover it; a trigger's first piece leads to its event's card. */
  #piece(piece, linked) {
    if (!piece.marks.length) return piece.text;
    const layers = [...new Set(piece.marks.map((mark) => mark.layer))];
    const event = piece.marks.find((mark) => mark.event)?.event;
    const isLink = event !== undefined && !linked.has(event);
    if (isLink) linked.add(event);
    const element = isLink
      ? el("a", { class: layers.join(" "), draggable: "false", href: `#${encodeURIComponent(event.uid)}`, "aria-describedby": `card-${this.coding.events.indexOf(event)}`, click: (happening) => this.#choose(happening, event) }, piece.text)
      : el("span", { class: layers.join(" ") }, piece.text);
    if (event !== undefined && !isLink) element.addEventListener("click", (happening) => this.#choose(happening, event));
    this.pieces.push({ begin: piece.begin, end: piece.end, element });
    return element;
  }

  #choose(happening, event) {
    happening.preventDefault();
    if (!document.getSelection().isCollapsed && this.text.contains(happening.target)) return; // words were selected
    history.replaceState(null, "", `#${encodeURIComponent(event.uid)}`);
    this.select(event);
  }

  /** Reviews are of events that the archive has. */
  #panel(event, id) {
    if (this.coding.reviews === undefined) return null;
    const reviews = this.coding.reviews.filter((one) => one.event === event.uid);
    const panel = new Panel(event, id, reviews, { root: this.text, text: this.coding.article.text, units: this.units });
    this.panels.set(event, panel);
    return panel.element;
  }

  #cards() {
    const hover = { light: (ranges) => this.light(ranges, "hot"), go: (at) => this.#scroll(at) };
    this.coding.events.forEach((event, at) => {
      const choose = (happening) => this.#choose(happening, event);
      this.cards.set(event, card(event, this.coding, `card-${at}`, hover, choose, this.#panel(event, `card-${at}`)));
    });
    const list = [...this.cards.values()];
    const cards = list.length
      ? el("div", { class: "cards", keydown: (happening) => travel(happening, list) }, list)
      : el("p", { class: "empty" }, "No event was read in this article.");
    const statements = this.coding.statements.map((one) => statementCard(one, hover));
    return el(
      "aside",
      { class: "margin", "aria-label": "Events" },
      el("h2", {}, number(list.length, "event")),
      list.length && this.coding.reviews !== undefined && writes() ? nameField() : null,
      list.length > 1 ? el("p", { class: "note" }, "Arrow keys go from card to card.") : null,
      cards,
      statements.length ? el("details", {}, el("summary", {}, number(statements.length, "statement")), statements) : null,
    );
  }
}

/** Arrow keys lead from card to card. */
function travel(happening, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[happening.key];
  const at = list.indexOf(happening.target.closest(".card"));
  if (step === undefined || at < 0 || !list[at + step]) return;
  happening.preventDefault();
  list[at + step].focus();
}

/** All stretches of the text that anything was read from, as marks with their layer. */
function marksOf(coding) {
  const marks = [];
  const add = (layer, mention, event) => {
    if (mention) marks.push({ layer, begin: mention.at[0], end: mention.at[1], event });
  };
  for (const event of coding.events) {
    add("trigger", event.trigger, event);
    for (const one of [...event.actors, ...event.recipients]) add("actor", one);
    for (const one of event.places) add("place", one);
    for (const one of [...event.counts, ...event.instruments]) add("detail", one);
    add("time", event.time);
  }
  for (const one of coding.actors) add("actor", one);
  for (const one of coding.places) add("place", one);
  for (const one of coding.times) add("time", one);
  for (const one of coding.statements) {
    for (const piece of one.content) add("said", piece);
    add("said", one.source);
    add("said", one.cue);
  }
  return marks;
}

/** The ranges of an event's own words: its trigger, what fills its slots, and who says so. */
function wordsOf(event, coding) {
  const statement = coding.statements.find((one) => one.id === event.statement);
  const slots = [event.trigger, ...event.actors, ...event.recipients, ...event.places, ...event.counts, ...event.instruments];
  return [...slots, event.time, statement?.source, statement?.cue].filter(Boolean).map((mention) => mention.at);
}
