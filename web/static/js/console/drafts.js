// What an officer has typed and not sent yet: kept on the device for the one who typed it, by what it is about, until it is
// sent; across a look at the list, a reload, and the end of a session. `openDrafts(user)` before anything is shown;
// `closeDrafts()` when they leave; `useDraft(about, blank)` → {values, change(update), clear(), keyFor(body), restored};
// `isKept(about)`; `isUnsent(number)`.
// Photos lie beside the words, so that a word more does not write them again.

import { newKey } from "../api.js";
import { device } from "../short_store.js";
import * as store from "../store.js";
import { useReducer, useState } from "../view.js";

const LIFE = 7 * 86_400_000; // ms
const QUIET = 500; // ms after the last change
const LAST = "tanggap.typed"; // words of the last moment, where no answer of the device can be waited for
const LISTS = ["photos", "shots"]; // what holds photos: [{key, picture, file or blob, …}]

let user = null;
const kept = new Map(); // about → {values, attempt}
const stored = new Set(); // keys of photos that lie on the device
const waiting = new Map(); // about → timer

const place = (...parts) => ["staff", user, ...parts].join(" ");

export async function openDrafts(who) {
  closeDrafts();
  user = who;
  await takeLastWords();
  const rows = (await store.all("draft")).filter((row) => row.user);
  for (const row of rows.filter(isOld)) void store.remove("draft", row.place);
  const own = rows.filter((row) => row.user === who && !isOld(row));
  const photos = new Map(own.filter((row) => row.blob).map((row) => [row.key, row.blob]));
  photos.forEach((_, key) => stored.add(key));
  for (const { about, values, attempt } of own.filter((row) => row.values)) kept.set(about, { values: withPhotos(values, photos), attempt, restored: true });
}

const isOld = ({ at }) => Date.now() - Date.parse(at) > LIFE;

/** From this page; the device keeps them for the one who typed them. */
export function closeDrafts() {
  saveWaiting();
  user = null;
  kept.clear();
  stored.clear();
}

export function useDraft(about, blank) {
  const [, redraw] = useReducer((n) => n + 1, 0);
  const [whose] = useState(user);
  const current = () => kept.get(about) ?? { values: blank };
  const [restored] = useState(() => Boolean(current().restored));
  const change = (update) => {
    if (whose !== user) return; // an upload that ends after its officer has left
    const values = update(current().values);
    dropPhotos(photosOf(current().values).filter(({ key }) => !photosOf(values).some((each) => each.key === key)), about);
    kept.set(about, { ...current(), values });
    saveSoon(about, blank);
    redraw();
  };
  const clear = () => (forget(about), redraw());
  return { values: current().values, change, clear, restored, keyFor: (body) => keyFor(about, current(), body) };
}

/** One Idempotency-Key for one body, also after a reload: what was sent twice is one operation. */
function keyFor(about, draft, body) {
  const text = JSON.stringify(body);
  if (draft.attempt?.text === text) return draft.attempt.key;
  kept.set(about, { ...draft, attempt: { text, key: newKey() } });
  void save(about);
  return kept.get(about).attempt.key;
}

/** Whether something typed or taken for this case waits on the device to be sent. */
export const isUnsent = (number) => [...kept.keys()].some((about) => about.startsWith(`${number} `));

/** Whether this was begun before and not sent. */
export const isKept = (about) => kept.has(about);

function saveSoon(about, blank) {
  clearTimeout(waiting.get(about));
  if (isBlank(kept.get(about).values, blank)) return void forget(about);
  waiting.set(about, setTimeout(save, QUIET, about));
}

const isBlank = (values, blank) => JSON.stringify(values) === JSON.stringify(blank);

function save(about) {
  clearTimeout(waiting.get(about));
  waiting.delete(about);
  const write = (row) => store.put("draft", row.place, row);
  for (const { key, file, blob } of photosOf(kept.get(about).values)) {
    if (!(file ?? blob) || stored.has(key)) continue;
    stored.add(key);
    void write({ ...row(about, key), key, blob: file ?? blob });
  }
  return write(wordsOf(about));
}

const row = (...name) => ({ user, about: name[0], at: new Date().toISOString(), place: place(...name) });

function wordsOf(about) {
  const { values, attempt } = kept.get(about);
  return { ...row(about), values: withoutPhotos(values), attempt };
}

/** The page goes: the shelf may not take any more, a short text is there at once. */
function saveLastWords() {
  if (!waiting.size) return;
  device.set(LAST, JSON.stringify([...lastWords(), ...[...waiting.keys()].map(wordsOf)]));
  saveWaiting();
}

async function takeLastWords() {
  const rows = lastWords();
  device.remove(LAST);
  await Promise.all(rows.map((row) => store.put("draft", row.place, row)));
}

function lastWords() {
  try {
    return JSON.parse(device.get(LAST) ?? "[]").filter((row) => row.user && row.place);
  } catch {
    return [];
  }
}

function saveWaiting() {
  for (const about of [...waiting.keys()]) void save(about);
}

function forget(about) {
  clearTimeout(waiting.get(about));
  waiting.delete(about);
  dropPhotos(photosOf(kept.get(about)?.values), about);
  kept.delete(about);
  void store.remove("draft", place(about));
}

function dropPhotos(photos, about) {
  for (const { key } of photos) if (stored.delete(key)) void store.remove("draft", place(about, key));
}

const photosOf = (values) => LISTS.flatMap((name) => values?.[name] ?? []);

const ofEach = (values, change) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, LISTS.includes(name) ? value.map(change) : value]));

const withoutPhotos = (values) => ofEach(values, ({ picture, file, blob, ...rest }) => rest);

/** A photo that the device has lost is left out, unless the city has it already. */
function withPhotos(values, photos) {
  const found = ofEach(values, (shot) => {
    const blob = photos.get(shot.key);
    return blob ? { ...shot, blob, file: blob, picture: URL.createObjectURL(blob) } : shot;
  });
  const isThere = (shot) => shot.blob || shot.photo_id;
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, LISTS.includes(name) ? value.filter(isThere) : value]));
}

addEventListener("pagehide", saveLastWords);
