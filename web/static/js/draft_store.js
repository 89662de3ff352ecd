// What is being written on a page, kept on the device by its place: `keep(place, draft, done)` half a second after the last
// change (`done` is called when it is on the device, and only then), at once when another place is written to or the page
// goes; `restore(place)` → the draft or null; `discard(place)`. A page that goes may take its database along before that
// is safe: the words of a draft also stay in the tab then, without its photos. Kept for seven days.

import { tab } from "./short_store.js";
import * as store from "./store.js";

const LIFE = 7 * 86_400_000; // ms
const QUIET = 500; // ms

const lastOf = (place) => `tanggap.last ${place}`;
const dated = (draft) => ({ ...draft, at: new Date().toISOString() });
const isOld = ({ at }) => Date.now() - Date.parse(at) > LIFE;

let waiting = null; // {place, draft, done, timer}

async function write() {
  clearTimeout(waiting.timer);
  const { place, draft, done } = waiting;
  waiting = null;
  const kept = await store.put("draft", place, { ...dated(draft), kept_as: place });
  if (kept) done?.();
}

export function keep(place, draft, done) {
  if (waiting && waiting.place !== place) void write();
  clearTimeout(waiting?.timer);
  waiting = { place, draft, done, timer: setTimeout(write, QUIET) };
}

/** Old drafts of this device go. */
export async function restore(place) {
  const rows = (await store.all("draft")).filter((row) => row.kept_as);
  for (const row of rows.filter(isOld)) void store.remove("draft", row.kept_as);
  const kept = rows.find((row) => row.kept_as === place) ?? null;
  const last = JSON.parse(tab.get(lastOf(place)) ?? "null");
  const newest = last && !(kept?.at > last.at) ? { photos: [], ...kept, ...last } : kept;
  return newest && !isOld(newest) ? newest : null;
}

export function discard(place) {
  clearTimeout(waiting?.timer);
  waiting = null;
  tab.remove(lastOf(place));
  return store.remove("draft", place);
}

addEventListener("pagehide", () => {
  if (!waiting) return;
  const { photos, ...words } = waiting.draft;
  tab.set(lastOf(waiting.place), JSON.stringify(dated(words)));
  void write();
});
