// What is kept on the device (IndexedDB): `draft` (what is being written), `outbox` (reports waiting for a network),
// `uploads` (photos under way), `mine` (own and followed reports, by number). `get, put, remove, all` of a shelf never
// throw, and wait for the device no longer than PATIENCE. What a full, lost or silent device does not take lives as long
// as the page, and is what the page reads: so nothing that a person must be told depends on it. `put` answers whether it
// is on the device. `isGone(shelf, key)`: the device itself says that it holds no such thing.

import { pause } from "./api.js";

const SHELVES = ["draft", "outbox", "uploads", "mine"];
const PATIENCE = 2_000; // ms
const GONE = Symbol("gone");
const inMemory = new Map(SHELVES.map((shelf) => [shelf, new Map()])); // what the device has not taken, or not let go

let opening = null;
let silent = false; // the device owes an answer: it is not asked again before that came

function open() {
  opening ??= new Promise((done, fail) => {
    const asked = indexedDB.open("tanggap", 1);
    asked.onupgradeneeded = () => SHELVES.forEach((shelf) => asked.result.createObjectStore(shelf));
    asked.onsuccess = () => done(held(asked.result));
    asked.onerror = () => fail(asked.error);
  });
  return opening;
}

/** A newer page of ours may want it; the browser may take it away. */
function held(database) {
  database.onversionchange = () => (database.close(), (opening = null));
  database.onclose = () => (opening = null);
  return database;
}

/** The results of what `work` asks of the shelf, once they are safe: a full device says so only at the end. */
async function once(shelf, mode, work) {
  const database = await open();
  return new Promise((done, fail) => {
    const transaction = database.transaction(shelf, mode);
    const asked = work(transaction.objectStore(shelf));
    transaction.oncomplete = () => done(asked.map(({ result }) => result));
    transaction.onabort = () => fail(transaction.error);
    transaction.commit?.(); // at once: the page may be on its way out
  });
}

/** A lost connection is opened anew, once; to a full device that changes nothing. */
function twice(...asked) {
  return once(...asked).catch((error) => {
    if (error?.name === "QuotaExceededError") throw error;
    opening = null;
    return once(...asked);
  });
}

async function ask(...asked) {
  if (silent) throw new Error("silent");
  const answer = twice(...asked);
  const late = pause(PATIENCE).then(() => GONE);
  const first = await Promise.race([answer, late]);
  if (first !== GONE) return first;
  silent = true;
  void answer.then(catchUp, () => {});
  throw new Error("silent");
}

/** The device speaks again: it is given what it missed. */
function catchUp() {
  silent = false;
  for (const [shelf, own] of inMemory) {
    for (const [key, value] of own) void (value === GONE ? remove(shelf, key) : put(shelf, key, value));
  }
}

export async function get(shelf, key) {
  const own = inMemory.get(shelf).get(key);
  if (own !== undefined) return own === GONE ? undefined : own;
  return ask(shelf, "readonly", (store) => [store.get(key)]).then(([value]) => value, () => undefined);
}

export const put = (shelf, key, value) => change(shelf, key, value, (store) => [store.put(value, key)]);

export const remove = (shelf, key) => change(shelf, key, GONE, (store) => [store.delete(key)]);

/** In memory until the device has done it, unless it has changed again by then. */
async function change(shelf, key, value, work) {
  const own = inMemory.get(shelf);
  own.set(key, value);
  const done = await ask(shelf, "readwrite", work).then(() => true, () => false);
  if (done && own.get(key) === value) own.delete(key);
  return done;
}

export async function all(shelf) {
  const [keys, values] = await ask(shelf, "readonly", (store) => [store.getAllKeys(), store.getAll()]).catch(() => [[], []]);
  const found = new Map(keys.map((key, index) => [key, values[index]]));
  for (const [key, value] of inMemory.get(shelf)) found.set(key, value);
  return [...found.values()].filter((value) => value !== GONE);
}

export async function isGone(shelf, key) {
  const own = inMemory.get(shelf).get(key);
  if (own !== undefined) return own === GONE;
  return ask(shelf, "readonly", (store) => [store.count(key)]).then(([count]) => count === 0, () => false);
}
