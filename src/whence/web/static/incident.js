/** One incident: who vouches for it and through whom, where tellings differ, and each of them in its words. */

import { between, el, entitle, inside, number, show, words } from "/static/dom.js";
import { ask, fill, writes } from "/static/net.js";
import { Panel, nameField } from "/static/review.js";
import { chain, code, days, kind, quoted, sides, source, status } from "/static/wording.js";

fill(async () => {
  const id = decodeURIComponent(location.pathname.slice("/incidents/".length));
  const one = await ask(`/api/incidents/${encodeURIComponent(id)}`);
  entitle(`${kind(one)} ${days(one.time)}`);
  const printed = new Map(one.tellings.map((telling) => [telling.article, telling.site || telling.id]));
  show(
    el("h1", {}, kind(one), " ", status(one.status)),
    el("p", { class: "sides" }, sides(one)),
    facts(one),
    section("Who vouches for it", origins(one, printed)),
    section("Where tellings differ", differences(one, printed)),
    section(number(one.tellings.length, "telling"), writes() ? nameField() : null, el("ol", { class: "list tellings" }, one.tellings.map(telling))),
    el("nav", { class: "onward", "aria-label": "Data" }, el("a", { href: `/api/incidents/${encodeURIComponent(id)}` }, "JSON")),
  );
});

function section(title, ...content) {
  return el("section", {}, el("h2", {}, title), content);
}

function facts(one) {
  const pairs = [
    ["When", days(one.time)],
    ["Where", one.places.length ? between(one.places.map(place), "; ") : ""],
    ["People", one.counts.map(toll).join(", ")],
    ["Told by", `${number(one.articles, "article")}${one.outlets.length ? ` of ${number(one.outlets.length, "outlet")}` : ""}`],
  ].filter(([, value]) => value.length);
  return el("dl", { class: "facts" }, pairs.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function place(one) {
  return el("span", {}, words(one.name), one.country ? ` (${one.country})` : "", one.grain === "city" ? "" : `, ${one.grain}`);
}

function toll(one) {
  if (one.low === one.high) return one.low === null ? `some ${one.what}` : `${one.low.toLocaleString("en")} ${one.what}`;
  if (one.high === null) return `${one.low} or more ${one.what}`;
  return `${one.low ?? "?"} to ${one.high} ${one.what}`;
}

/** For each origin the ways on which its word came into print. */
function origins(one, printed) {
  const note = one.party_only
    ? el("p", { class: "note" }, "Nobody vouches for it but parties to it.")
    : el("p", { class: "note" }, "At least one of those who vouch for it is no party to it.");
  const items = one.origins.map((origin) => {
    const told = one.tellings.filter((telling) => telling.origin === origin.name);
    const ways = new Map(told.map((telling) => [JSON.stringify([telling.chain, telling.article]), telling]));
    return el(
      "li",
      {},
      el("h3", {}, words(origin.name), code(origin) ? " " : null, code(origin), origin.is_party ? el("span", { class: "flag" }, "a party to it") : null),
      [...ways.values()].map((telling) => chain(telling.chain, printed.get(telling.article))),
    );
  });
  return [note, el("ul", { class: "origins" }, items)];
}

function differences(one, printed) {
  if (!one.discrepancies.length) {
    const why = one.tellings.length > 1 ? "Its tellings agree in every slot." : "One telling alone cannot differ.";
    return el("p", { class: "empty" }, why);
  }
  return one.discrepancies.map((found) =>
    el(
      "section",
      { class: `difference ${found.grade}` },
      el("h3", {}, found.slot, " ", el("span", { class: `flag${found.grade === "contradiction" ? " bad" : ""}` }, found.grade)),
      el("div", { class: "two" }, [found.a, found.b].map((side) => stretch(side, printed))),
    ),
  );
}

function stretch(side, printed) {
  const name = printed.get(side.article) ?? side.article.slice(0, 8);
  return el(
    "figure",
    {},
    el("blockquote", {}, quoted(side.around, side.text)),
    el("figcaption", {}, chain(side.chain, name), el("a", { href: inside("articles", side.article, side.at.join("-")) }, "read it there")),
  );
}

/** A telling with its reviews; a slot of it is corrected in the reader, where all its words are. */
function telling(one, at) {
  const correct = `${inside("articles", one.article)}?correct#${encodeURIComponent(one.event)}`;
  return el(
    "li",
    { class: "event" },
    el("h3", {}, el("a", { href: inside("articles", one.article, one.event) }, words(one.site || one.id)), " ", status(one.status)),
    el("p", {}, quoted(one.around, one.text)),
    chain(one.chain, one.site || one.id),
    el("p", { class: "meta" }, source(one), one.why ? [" · joined because: ", words(one.why)] : null),
    new Panel({ uid: one.event }, `telling-${at}`, one.reviews, correct).element,
  );
}
