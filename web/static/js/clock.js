// The city's time. `observe(answer)` takes the date of each answer, `now()` counts on from it (milliseconds): a phone whose
// clock is wrong shows the right time left, and so does a city whose time was moved.

const NEAR = 2_000; // ms: a date has no fractions, an answer takes its time

let ahead = -Infinity; // the largest seen: an answer out of a cache is dated when it was written

export function observe(answer) {
  const date = Date.parse(answer.headers.get("Date"));
  if (date) ahead = Math.max(ahead, date - Date.now());
}

export const now = () => Date.now() + (Math.abs(ahead) > NEAR && Number.isFinite(ahead) ? ahead : 0);
