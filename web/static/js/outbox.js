// Reports on their way. `sendReport(item)` with {key, body, photos} → the city's answer, or throws a Problem; a report
// that meets no network, too many requests or a city that is down stays in the outbox under its key and is sent again by
// `flushOutbox()`: on `online`, when the page is seen again, at the next visit, and every half minute. The key makes a
// report that arrived twice one report. `watchOutbox(listener)`: told {waiting, sent, refused}; `sent` is the report that
// was just taken, as the device keeps it: {number, secret, title, at, answer, kept: false where the device did not}.

import { Problem, request } from "./api.js";
import { categoriesByCode } from "./reference.js";
import * as store from "./store.js";
import { word } from "./texts.js";
import { alone, keepUploads, resumeUploads } from "./uploads.js";

const EVERY = 30_000; // ms
const TURN = 10_000; // ms that another tab is waited for
const listeners = new Set();

export function watchOutbox(listener) {
  listeners.add(listener);
  void tellAll(null);
  return () => listeners.delete(listener);
}

async function tellAll(sent, refused = null) {
  const waiting = await store.all("outbox");
  for (const listener of listeners) listener({ waiting, sent, refused });
}

/** Kept first, then sent: whatever happens to the page in between, the report is not lost. */
export async function sendReport(item) {
  item.kept = await store.put("outbox", item.key, item); // a full device sends all the same
  return alone("outbox", () => attempt(item), TURN);
}

async function attempt(item) {
  try {
    const { body } = await request("/complaints", { method: "POST", body: item.body, idempotencyKey: item.key });
    await accepted(item, body);
    return body;
  } catch (problem) {
    if (isFinal(problem)) await store.remove("outbox", item.key); // refused: the form shows why
    else void tellAll(null);
    throw problem;
  }
}

const isFinal = (problem) => problem instanceof Problem && !problem.passing;

async function accepted(item, answer) {
  const { number, secret } = answer;
  const title = await categoriesByCode().then((known) => word(known.get(item.body.category)?.name), () => "");
  const own = { number, secret, title, at: new Date().toISOString(), answer: { ...answer, uploads: undefined } };
  own.kept = await store.put("mine", number, own);
  await keepUploads(number, secret, { key: item.key, body: item.body }, answer.uploads ?? [], item.photos);
  await store.remove("outbox", item.key);
  void tellAll(own);
}

/** Sends what waits. A report that is refused now goes back to the draft, where its writer can mend it. */
export async function flushOutbox() {
  await alone("outbox", async () => {
    for (const item of await store.all("outbox")) {
      try {
        await attempt(item);
      } catch (problem) {
        if (!isFinal(problem)) return;
        await store.put("draft", "current", item.draft);
        void tellAll(null, problem);
      }
    }
  });
}

/** Once per page; what keeps the page itself for a lost network is asked to come along. */
export function keepSending() {
  const flush = () => document.visibilityState === "visible" && (void flushOutbox(), void resumeUploads());
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", flush);
  setInterval(flush, EVERY);
  flush();
  if (!navigator.connection?.saveData) void navigator.serviceWorker?.register("/sw.js").catch(() => {});
}
