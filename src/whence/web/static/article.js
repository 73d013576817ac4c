/** The page of an article: the reader over what the archive has of it, with reviews. */

import { el, entitle } from "/static/dom.js";
import { ask, fill } from "/static/net.js";
import { headed, read } from "/static/reader.js";

fill(async () => {
  const id = decodeURIComponent(location.pathname.slice("/articles/".length));
  const address = `/api/articles/${encodeURIComponent(id)}`;
  const coding = await ask(address);
  entitle(headed(coding.article));
  const data = el("nav", { class: "onward", "aria-label": "Data" }, el("a", { href: address }, "JSON"));
  const reader = read(coding, data);
  reader.follow();
  window.addEventListener("hashchange", () => reader.follow());
});
