/** Periods of a timeline: days, weeks from Monday, months, years. Days are `YYYY-MM-DD`, as everywhere in whence. */

const STEPS = {
  day: (date) => date.setUTCDate(date.getUTCDate() + 1),
  week: (date) => date.setUTCDate(date.getUTCDate() + 7),
  month: (date) => date.setUTCMonth(date.getUTCMonth() + 1),
  year: (date) => date.setUTCFullYear(date.getUTCFullYear() + 1),
};

/** The periods from the one that begins on `first` to the one that begins on `last`: `{start, end}`, the last `most`. */
export function periods(per, first, last, most) {
  const found = [];
  const date = new Date(`${first}T00:00Z`);
  while (day(date) <= last && date.getUTCFullYear() <= 9999) {
    const start = day(date);
    STEPS[per](date);
    found.push({ start, end: day(new Date(date - 86_400_000)) });
    if (found.length > 2 * most) found.splice(0, most);
  }
  return found.slice(-most);
}

function day(date) {
  return date.toISOString().slice(0, 10);
}

/** How a period is called: `2016-08-16`, `week of 2016-08-15`, `2016-08`, `2016`. */
export function called(per, start) {
  if (per === "week") return `week of ${start}`;
  return per === "day" ? start : start.slice(0, per === "month" ? 7 : 4);
}

/** The numbers of the first and last of the periods that have a day in common with a span, open at null; null for none. */
export function covered(all, since, until) {
  const first = all.findIndex((one) => !since || one.end >= since);
  const last = all.findLastIndex((one) => !until || one.start <= until);
  return first < 0 || last < first ? null : [first, last];
}
