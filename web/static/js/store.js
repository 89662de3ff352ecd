// What is kept on the device (IndexedDB): `draft` (the report being written), `outbox` (reports waiting for a network),
// `uploads` (photos under way), `mine` (own and followed reports, by number). `get, put, remove, all` of a shelf; without
// IndexedDB everything lives as long as the page.

const SHELVES = ["draft", "outbox", "uploads", "mine"];
const fallback = new Map(SHELVES.map((shelf) => [shelf, new Map()]));

const database = new Promise((done) => {
  try {
    const asked = indexedDB.open("tanggap", 1);
    asked.onupgradeneeded = () => SHELVES.forEach((shelf) => asked.result.createObjectStore(shelf));
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done(null);
  } catch {
    done(null);
  }
});

async function on(shelf, mode, work) {
  const opened = await database;
  const store = opened.transaction(shelf, mode).objectStore(shelf);
  return new Promise((done, fail) => {
    const asked = work(store);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

const durable = async () => (await database) !== null;

export async function get(shelf, key) {
  return (await durable()) ? on(shelf, "readonly", (store) => store.get(key)) : fallback.get(shelf).get(key);
}

export async function put(shelf, key, value) {
  if (await durable()) await on(shelf, "readwrite", (store) => store.put(value, key));
  else fallback.get(shelf).set(key, value);
}

export async function remove(shelf, key) {
  if (await durable()) await on(shelf, "readwrite", (store) => store.delete(key));
  else fallback.get(shelf).delete(key);
}

export async function all(shelf) {
  return (await durable()) ? on(shelf, "readonly", (store) => store.getAll()) : [...fallback.get(shelf).values()];
}
