/** Reviews: what users say of an event, slot by slot, with a way to take it back. */

import { between, el, words } from "/static/dom.js";
import { STATUSES } from "/static/filters.js";
import { ask, send, writes } from "/static/net.js";
import { nearest, selected } from "/static/selection.js";

const WHO = "whence.who";
const TYPES = [
  "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "CONCEDE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
  "SANCTION", "MOBILIZE", "PROTEST", "COERCE", "ASSAULT",
];
/** Of each slot its title, and what fills it: several mentions, one, or a word. */
const SLOTS = {
  actors: ["Who", "several"],
  recipients: ["To whom", "several"],
  places: ["Where", "several"],
  time: ["When", "one"],
  instruments: ["With what", "several"],
  counts: ["How many", "several"],
  trigger: ["Words", "one"],
  type: ["Type", "word"],
  mode: ["Mode", "word"],
  status: ["Status", "word"],
};
const CHOICES = { type: TYPES, status: STATUSES };
const COUNTED = ["killed", "wounded", "missing", "detained", "displaced", "taking part"];
const VERDICTS = { confirm: "right", reject: "wrong" };

/** The field for the user's name, which the browser keeps; none of it goes anywhere but into reviews. */
export function nameField() {
  const change = (event) => localStorage.setItem(WHO, event.target.value.trim());
  const field = el("input", { id: "who", value: localStorage.getItem(WHO) ?? "", maxlength: 100, autocomplete: "name", change });
  return el("p", { class: "who" }, el("label", { for: "who" }, "You review as"), field);
}

/**
 * The part of an event's card that is for reviews. `source` has the words in which it is corrected: `{text, units,
 * root}`; where they are not at hand it is the address at which they are, and of `event` the uid is enough.
 */
export class Panel {
  constructor(event, id, reviews, source) {
    this.isOpen = writes();
    this.event = event;
    this.source = source;
    this.id = id;
    this.said = el("p", { role: "status", class: "note" });
    this.list = el("ul", { class: "reviews" });
    this.place = el("div", {});
    this.element = el(
      "div",
      { class: "review" },
      this.list,
      this.isOpen ? this.#buttons() : null,
      this.place,
      this.said,
    );
    this.#show(reviews);
  }

  #buttons() {
    const open =
      typeof this.source === "string"
        ? el("a", { href: this.source }, "Correct …")
        : el("button", { type: "button", click: () => this.open() }, "Correct …");
    return el("p", { class: "buttons" }, this.#verdict("confirm", "Right"), this.#verdict("reject", "Wrong"), open);
  }

  #verdict(verdict, title) {
    return el("button", { type: "button", click: () => this.#give({ verdict }) }, title);
  }

  /** Writes the reviews that stand. */
  #show(reviews) {
    this.list.replaceChildren(...reviews.map((one) => el("li", {}, told(one), this.isOpen ? this.#undoButton(one) : null)));
  }

  #undoButton(one) {
    return el("button", { type: "button", "aria-label": `Undo: ${told(one).textContent}`, click: () => this.#undo(one) }, "Undo");
  }

  async #give(review) {
    const who = document.getElementById("who");
    if (!who.value.trim()) {
      this.said.textContent = "Say first who you are: in the field “You review as”.";
      who.focus();
      return;
    }
    await this.#do("Kept.", () => send("POST", "/api/reviews", { event: this.event.uid, who: who.value.trim(), ...review }));
  }

  async #undo(one) {
    const who = document.getElementById("who").value.trim() || one.who;
    await this.#do("Taken back.", () => send("DELETE", `/api/reviews/${one.id}?who=${encodeURIComponent(who)}`));
  }

  async #do(done, request) {
    try {
      await request();
      this.#show((await ask(`/api/reviews?event=${encodeURIComponent(this.event.uid)}`)).rows);
    } catch (error) {
      this.said.textContent = `Not done: ${error.message}.`;
      return;
    }
    this.place.replaceChildren();
    this.said.textContent = done;
  }

  /** Opens the form in which a slot is corrected. */
  open() {
    const options = Object.entries(SLOTS).map(([name, [title]]) => el("option", { value: name }, title));
    const fields = el("div", {});
    const note = el("input", { id: `${this.id}-note`, maxlength: 500, autocomplete: "off" });
    let read = () => undefined;
    const choose = (name) => {
      const [made, value] = this.#fields(name);
      read = value;
      fields.replaceChildren(...made);
    };
    const slot = el("select", { id: `${this.id}-slot`, change: (event) => choose(event.target.value) }, options);
    const submit = async (happening) => {
      happening.preventDefault();
      const value = read();
      if (value === undefined) this.said.textContent = "These words do not stand in the text: select them there, or type them as they stand.";
      else await this.#give({ verdict: "correct", slot: slot.value, value, note: note.value.trim() || null });
    };
    choose("actors");
    const form = el(
      "form",
      { class: "stack", "aria-label": "Correct this event", submit },
      el("p", {}, el("label", { for: slot.id }, "What to correct"), slot),
      fields,
      el("p", {}, el("label", { for: note.id }, "Note, if you like"), note),
      el("p", { class: "buttons" }, el("button", { type: "submit" }, "Keep the correction"), el("button", { type: "button", click: () => this.place.replaceChildren() }, "Cancel")),
    );
    this.place.replaceChildren(form);
    this.said.textContent = "";
    slot.focus();
    form.scrollIntoView({ block: "nearest" });
  }

  /** The fields for a slot, and the function that reads them: undefined where they cannot be read. */
  #fields(name) {
    const [, kind] = SLOTS[name];
    return kind === "word" ? this.#word(name) : this.#mentions(name, kind === "several");
  }

  #word(name) {
    const id = `${this.id}-value`;
    const list = el("datalist", { id: `${id}-list` }, (CHOICES[name] ?? []).map((one) => el("option", { value: one })));
    const field = el("input", { id, value: this.event[name] ?? "", list: list.id, required: name !== "mode", maxlength: 100, autocomplete: "off" });
    const read = () => (name === "type" ? field.value.trim().toUpperCase() : field.value.trim() || null);
    return [[el("p", {}, el("label", { for: id }, "It should be"), field, list)], read];
  }

  #mentions(name, isSeveral) {
    const present = isSeveral ? this.event[name] : [this.event[name]].filter(Boolean);
    const boxes = isSeveral ? present.map((one) => [one, el("input", { type: "checkbox", checked: true })]) : [];
    const id = `${this.id}-value`;
    const field = el("input", { id, maxlength: 500, autocomplete: "off", dir: "auto", "aria-describedby": `${id}-how` });
    const what = name === "counts" ? el("select", { id: `${id}-what` }, COUNTED.map((one) => el("option", { value: one }, one))) : null;
    const { root, text, units } = this.source;
    let chosen = null;
    const take = () => {
      if (!field.isConnected) {
        document.removeEventListener("selectionchange", take);
        return;
      }
      const found = selected(root, text, units);
      if (found === null) return;
      chosen = found;
      field.value = found.text;
    };
    document.addEventListener("selectionchange", take);
    const read = () => {
      const kept = boxes.filter(([, box]) => box.checked).map(([one]) => one);
      if (!field.value.trim()) return isSeveral ? kept : null;
      const found = chosen !== null && chosen.text === field.value ? chosen : nearest(field.value, text, units, this.event.trigger.at[0]);
      if (found === null) return undefined;
      const filled = what === null ? found : { ...found, what: what.value };
      return isSeveral ? [...kept, filled] : filled;
    };
    const keep = boxes.length ? el("fieldset", {}, el("legend", {}, "Of what stands there, keep"), boxes.map(([one, box]) => el("label", {}, box, " ", words(one.text)))) : null;
    const add = isSeveral ? "Words to add" : "The right words";
    const how = "Select them in the text, or type them as they stand there. Left empty, nothing is added.";
    return [[keep, el("p", {}, el("label", { for: id }, add), field), what === null ? null : el("p", {}, el("label", { for: what.id }, "Who are"), what), el("p", { class: "note", id: `${id}-how` }, how)].filter(Boolean), read];
  }
}

/** A review in words. */
function told(one) {
  const slot = one.slot === null ? null : SLOTS[one.slot]?.[0] ?? one.slot;
  const what = one.verdict === "correct" ? [slot, " is ", filled(one.value)] : [slot === null ? "" : `${slot} is `, VERDICTS[one.verdict]];
  return el("span", {}, words(one.who), ": ", what, one.note ? [" – ", words(one.note)] : null);
}

function filled(value) {
  if (value === null || (Array.isArray(value) && !value.length)) return "nobody and nothing named";
  const all = Array.isArray(value) ? value : [value];
  return between(all.map((one) => words(typeof one === "string" ? one : `“${one.text}”`)), ", ");
}
