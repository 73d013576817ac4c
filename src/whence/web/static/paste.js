/** The paste box: a text, or the page behind an address, read while one waits, and kept only if that is asked. */

import { el, entitle, inside, show } from "/static/dom.js";
import { send, writes } from "/static/net.js";
import { headed, read } from "/static/reader.js";

const TEXT = 200000;
const said = el("p", { role: "status" });
const wrong = el("p", { role: "alert" });

function forms() {
  show(
    el("h1", {}, "Paste an article"),
    el("p", {}, "See what is read in a text, or in the page behind an address. Nothing is kept unless you say so afterwards."),
    el(
      "div",
      { class: "two" },
      form("A text", textFields(), (given) => ({ text: given.text, title: given.title || null, published: given.published || null })),
      form("A page on the web", [urlField()], (given) => ({ url: given.url.trim() })),
    ),
    said,
    wrong,
  );
}

function form(title, fields, request) {
  const submit = (event) => {
    event.preventDefault();
    code(request(Object.fromEntries(new FormData(event.target))));
  };
  return el("form", { class: "stack", "aria-label": title, submit }, el("h2", {}, title), fields, el("p", {}, el("button", { type: "submit" }, "Read it")));
}

function textFields() {
  return [
    labelled("text", "Text", el("textarea", { id: "text", name: "text", rows: 14, required: true, maxlength: TEXT, dir: "auto", placeholder: "The army shelled Keta on Sunday, the mayor said." })),
    labelled("title", "Title, if it has one", el("input", { id: "title", name: "title", maxlength: 500, dir: "auto", autocomplete: "off" })),
    labelled("published", "Day of publication, from which “Sunday” is reckoned", el("input", { id: "published", name: "published", type: "date" })),
  ];
}

function urlField() {
  const field = el("input", { id: "url", name: "url", type: "url", required: true, maxlength: 8000, pattern: "https?://.+", placeholder: "https://", autocomplete: "off" });
  return [
    labelled("url", "Address", field),
    el("p", { class: "note" }, "The server fetches it; nothing else is ever fetched. Addresses of this machine and network are refused."),
  ];
}

function labelled(id, label, field) {
  return el("p", {}, el("label", { for: id }, label), field);
}

async function code(request) {
  busy(true);
  try {
    result(await send("POST", "/api/code", request), request);
  } catch (error) {
    wrong.textContent = `It cannot be read: ${error.message}.`;
  } finally {
    busy(false);
  }
}

function busy(isBusy) {
  said.textContent = isBusy ? "It is being read, which takes a few seconds …" : "";
  if (isBusy) wrong.textContent = "";
  for (const button of document.querySelectorAll(".stack button")) button.disabled = isBusy;
}

/** The reader over what was pasted. */
function result(coding, request) {
  entitle(headed(coding.article));
  const keep = async (event) => {
    event.target.disabled = true;
    try {
      const { article } = await send("POST", "/api/code", { ...request, keep: true });
      location.assign(inside("articles", article.sha256));
    } catch (error) {
      event.target.disabled = false;
      wrong.textContent = `It is not kept: ${error.message}.`;
    }
  };
  const bar = el(
    "p",
    { class: "bar" },
    "This is not kept, and gone when you leave. ",
    writes() ? el("button", { type: "button", click: keep }, "Keep it in the archive") : null,
    " ",
    el("a", { href: "/paste" }, "Paste another"),
  );
  const reader = read(coding, wrong);
  const main = document.getElementById("main");
  main.prepend(bar);
  main.focus();
  reader.follow();
}

forms();
