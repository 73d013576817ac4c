/** Signing in: the token is exchanged for a cookie, and the browser goes where it wanted to go. */

import { el, show } from "/static/dom.js";
import { send } from "/static/net.js";

const asked = new URLSearchParams(location.search);

if (asked.has("out")) {
  await send("DELETE", "/api/sign-in");
  history.replaceState(null, "", location.pathname);
}
const said = el("p", { role: "status" }, asked.has("out") ? "You are signed out." : "");
const field = el("input", { id: "token", type: "password", autocomplete: "current-password", required: true, maxlength: 1000 });
show(
  el("h1", {}, "Sign in"),
  el("p", {}, "This explorer wants the token that it was started with."),
  el(
    "form",
    { class: "stack", submit },
    el("p", {}, el("label", { for: "token" }, "Token"), field),
    el("p", {}, el("button", { type: "submit" }, "Sign in")),
    said,
  ),
);
field.focus();

async function submit(event) {
  event.preventDefault();
  try {
    await send("POST", "/api/sign-in", { token: field.value });
  } catch (error) {
    said.textContent = `${error.message}.`;
    field.select();
    return;
  }
  location.replace(wanted());
}

/** Where the browser wanted to go, on this server alone. */
function wanted() {
  const url = new URL(asked.get("to") ?? "/", location.origin);
  return url.origin === location.origin ? url.href : "/";
}
