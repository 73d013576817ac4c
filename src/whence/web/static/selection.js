/** What a user selects in the text, as offsets in code points, and words that a user types, found in the text. */

/**
 * The stretch of a text that is selected in its paragraphs, as `{at: [begin, end], text}`; null where nothing of it
 * is. Paragraphs are elements whose `data-begin` is the code point at which they begin; `units` is of `codePoints`.
 * White space at its ends is left out, and half of a letter that takes two units counts as all of it.
 */
export function selected(root, text, units) {
  const selection = document.getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const paragraphs = [...root.querySelectorAll("[data-begin]")].filter((one) => range.intersectsNode(one));
  if (!paragraphs.length) return null;
  const [first, last] = [paragraphs[0], paragraphs.at(-1)];
  const from = first.contains(range.startContainer) ? unit(first, range.startContainer, range.startOffset, units) : start(first, units);
  const to = last.contains(range.endContainer) ? unit(last, range.endContainer, range.endOffset, units) : start(last, units) + last.textContent.length;
  return stretch(text, units, from, to);
}

/** Where words occur in the text, as near to a code point as they do; null where they do not. */
export function nearest(words, text, units, near) {
  const wanted = words.trim();
  let best = null;
  for (let at = wanted ? text.indexOf(wanted) : -1; at >= 0; at = text.indexOf(wanted, at + 1)) {
    const found = stretch(text, units, at, at + wanted.length);
    if (best === null || Math.abs(found.at[0] - near) < Math.abs(best.at[0] - near)) best = found;
  }
  return best;
}

function start(paragraph, units) {
  return units[Number(paragraph.dataset.begin)];
}

/** The UTF-16 unit of the text that a place in a paragraph is. */
function unit(paragraph, node, offset, units) {
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(node, offset);
  return start(paragraph, units) + before.toString().length;
}

/** The code points between two units without white space at the ends; null where nothing else is. */
function stretch(text, units, from, to) {
  while (from < to && !text[from].trim()) from++;
  while (from < to && !text[to - 1].trim()) to--;
  if (from >= to) return null;
  const begin = after(units, from + 1) - 1;
  const end = after(units, to);
  return { at: [begin, end], text: text.slice(units[begin], units[end]) };
}

/** The first code point that begins at this unit or later. */
function after(units, wanted) {
  let [low, high] = [0, units.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
