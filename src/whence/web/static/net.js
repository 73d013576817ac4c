/** Questions to the API. */

import { el, entitle, show } from "/static/dom.js";

/** The answer as an object. Throws an `Error` with the server's reason where there is none. */
export async function ask(path) {
  return answered(path, { headers: { accept: "application/json" } });
}

/** What the server says to something that it is to do. Throws as `ask`; the header says that a page of ours asks. */
export async function send(method, path, body = undefined) {
  const headers = { accept: "application/json", "content-type": "application/json", "x-whence": "1" };
  return answered(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
}

async function answered(path, request) {
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    throw new Error("The server does not answer. Is `whence serve` still running?");
  }
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) {
    const error = new Error(answer.error.message);
    error.status = response.status;
    throw error;
  }
  return answer;
}

/** Whether this explorer writes anything, which its server settles. */
export function writes() {
  return document.body.dataset.writes === "yes";
}

/** Fills the page by a function; what goes wrong is shown in its place, with a way on. */
export async function fill(page) {
  try {
    await page();
  } catch (error) {
    entitle(error.status === 404 ? "Not found" : "Error");
    show(
      el("h1", {}, error.status === 404 ? "Not found" : "This cannot be shown"),
      el("p", { role: "alert" }, error.message),
      el("p", {}, "You can ", el("a", { href: "/" }, "search the archive"), "."),
    );
    if (error.status === undefined) throw error;
  }
}

/** The conditions in the page's address, without empty ones. */
export function conditions() {
  const asked = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(location.search)) if (value.trim()) asked.append(name, value);
  return asked;
}

/** The address of this page with a condition added, or taken out. */
export function changed(name, value, isIn) {
  const asked = conditions();
  asked.delete("after");
  if (isIn) asked.append(name, value);
  else asked.delete(name, value);
  return address(location.pathname, asked);
}

/** A path with conditions. */
export function address(path, asked) {
  const query = asked.toString();
  return query ? `${path}?${query}` : path;
}

/** What stands in the place of rows where there are none: whether conditions were asked says why. */
export function nothing(asked, met, held) {
  const isAny = [...asked.keys()].some((name) => name !== "limit");
  return el("p", { class: "empty" }, isAny ? met : held);
}

/** Links to the next page and to the same rows as data, and `more`. */
export function onward(path, asked, next, ...more) {
  const further = new URLSearchParams(asked);
  further.set("after", next);
  return el(
    "nav",
    { class: "onward", "aria-label": "More" },
    next === null ? null : el("a", { href: address(location.pathname, further), rel: "next" }, "Next page"),
    asked.has("after") ? el("a", { href: address(location.pathname, first(asked)) }, "First page") : null,
    el("a", { href: address(path, asked) }, "JSON"),
    el("a", { href: address(`${path}.csv`, asked) }, "CSV"),
    more,
  );
}

function first(asked) {
  const begin = new URLSearchParams(asked);
  begin.delete("after");
  return begin;
}
