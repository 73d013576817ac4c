/** Incidents: happenings, by how many articles each is told and who vouches for it. */

import { between, el, inside, number, show, words } from "/static/dom.js";
import { downloads } from "/static/downloads.js";
import { folded } from "/static/filters.js";
import { address, ask, conditions, fill, nothing, onward } from "/static/net.js";
import { days, kind, sides, status } from "/static/wording.js";

const FIELDS = [
  "text", "type", "status", "actor", "country", "place", "since", "until", "articles", "origins", "contradicted",
  "party_only",
];
const UNMET = "No incident meets all of these conditions. Take one away.";
const EMPTY = "The archive holds no incident yet.";
const ALL = "All that meets the conditions, not this page alone. Those on articles, origins and contradictions hold for the table of incidents.";

fill(async () => {
  const asked = conditions();
  const side = el("aside", { class: "side", "aria-label": "Conditions" }, folded(asked, FIELDS));
  const results = el("section", { class: "results", "aria-label": "Incidents", "aria-live": "polite" });
  show(el("h1", {}, "Incidents"), el("div", { class: "columns" }, side, results));
  let answer;
  try {
    answer = await ask(address("/api/incidents", asked));
  } catch (error) {
    results.replaceChildren(el("p", { role: "alert", class: "error" }, error.message));
    return;
  }
  results.replaceChildren(
    answer.rows.length ? el("ol", { class: "list" }, answer.rows.map(row)) : nothing(asked, UNMET, EMPTY),
    onward("/api/incidents", asked, answer.next, downloads(asked, ALL)),
  );
});

function row(one) {
  const sided = { actors: parties(one, "actors"), recipients: parties(one, "recipients") };
  return el(
    "li",
    { class: "event" },
    el("h2", {}, el("a", { href: inside("incidents", one.id) }, kind(one)), " ", status(one.status)),
    el("p", { class: "sides" }, sides(sided)),
    el(
      "p",
      { class: "meta" },
      between([one.place, days(one)].filter(Boolean).map(words), " · "),
    ),
    el(
      "p",
      { class: "meta" },
      `${number(one.tellings, "telling")} in ${number(one.articles, "article")} · ${number(one.origins.length, "origin")}: `,
      between(one.origins.map(words), ", "),
    ),
    el(
      "p",
      { class: "flags" },
      one.contradictions ? el("span", { class: "flag bad" }, number(one.contradictions, "contradiction")) : null,
      one.discrepancies > one.contradictions
        ? el("span", { class: "flag" }, number(one.discrepancies - one.contradictions, "other difference"))
        : null,
      one.party_only ? el("span", { class: "flag" }, "vouched for by parties alone") : null,
    ),
  );
}

function parties(one, side) {
  return one[side].map((name, at) => ({
    name,
    country: one[`${side}_country`][at],
    sector: one[`${side}_sector`][at],
  }));
}
