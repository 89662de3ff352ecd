// An answer that is being written: {text, photos}, kept on the device for as long as a question may be answered.
// `restore(number)`, `keep(number, draft)` (half a second after the last change, at once when the page goes),
// `discard(number)`.

import * as store from "./store.js";

const LIFE = 7 * 86_400_000; // ms: longer than a question waits
const QUIET = 500; // ms

const place = (number) => `answer ${number}`;
const isOld = ({ at }) => Date.now() - Date.parse(at) > LIFE;

let waiting = null;

function write() {
  clearTimeout(waiting?.timer);
  const { number, draft } = waiting;
  waiting = null;
  return store.put("draft", place(number), { answer: number, text: draft.text, photos: draft.photos, at: new Date().toISOString() });
}

export function keep(number, draft) {
  clearTimeout(waiting?.timer);
  waiting = { number, draft, timer: setTimeout(write, QUIET) };
}

/** null where nothing was kept. Old answers of this device go. */
export async function restore(number) {
  const rows = (await store.all("draft")).filter((row) => row.answer);
  for (const row of rows.filter(isOld)) void store.remove("draft", place(row.answer));
  const kept = rows.find((row) => row.answer === number && !isOld(row));
  return kept ? { text: kept.text, photos: kept.photos } : null;
}

export function discard(number) {
  clearTimeout(waiting?.timer);
  waiting = null;
  return store.remove("draft", place(number));
}

addEventListener("pagehide", () => waiting && void write());
