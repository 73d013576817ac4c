/**
 * Overlapping marks on a text, as pieces that do not overlap.
 *
 * Offsets of marks are Unicode code points, as everywhere in whence; a browser's strings count UTF-16 units, of which
 * an emoji has two.
 */

/** For each code point of the text the UTF-16 unit at which it begins, and at last the text's length. */
export function codePoints(text) {
  const units = new Uint32Array(text.length + 1);
  let count = 0;
  for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) units[count++] = unit;
  units[count] = text.length;
  return units.subarray(0, count + 1);
}

/**
 * The pieces of the text from `begin` to `end`, in order and without a gap: `{begin, end, text, marks}`, where `marks`
 * are those of the given marks (`{begin, end}`) that cover it. Marks that do not lie in the text are cut, empty ones
 * left out.
 */
export function segments(text, units, marks, begin = 0, end = units.length - 1) {
  const inside = marks.filter((mark) => mark.begin < mark.end && mark.begin < end && mark.end > begin);
  const cut = (at) => Math.min(Math.max(at, begin), end);
  const edges = new Set([begin, end]);
  for (const mark of inside) edges.add(cut(mark.begin)).add(cut(mark.end));
  const starts = [...inside].sort((a, b) => a.begin - b.begin);
  const sorted = [...edges].sort((a, b) => a - b);
  const pieces = [];
  let open = [];
  let next = 0;
  for (let edge = 0; edge + 1 < sorted.length; edge++) {
    const [from, to] = [sorted[edge], sorted[edge + 1]];
    open = open.filter((mark) => mark.end > from);
    while (next < starts.length && starts[next].begin <= from) open.push(starts[next++]);
    pieces.push({ begin: from, end: to, text: text.slice(units[from], units[to]), marks: [...open] });
  }
  return pieces;
}

/** The lines of the text that are not empty, as `{begin, end}` in code points. */
export function lines(text) {
  const found = [];
  let begin = 0;
  for (const line of text.split("\n")) {
    const end = begin + [...line].length;
    if (line.trim()) found.push({ begin, end });
    begin = end + 1;
  }
  return found;
}
