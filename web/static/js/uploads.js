// Photos of a report that was accepted: kept in the store until they have arrived, so that a reload loses nothing.
// `keepUploads(number, secret, lodged, forms, photos)` begins at once; `resumeUploads()` sends what is left;
// `watchUploads(listener)` → stop: called with the list [{photo_id, number, n, progress, state: sending|done|failed,
// size, original, kept: false where only this page has it}]; `retryUpload(photo_id)`.

import { request } from "./api.js";
import { send } from "./photo.js";
import * as store from "./store.js";

const LOCKED_OUT = 120_000; // ms that another tab is waited for: a photo over a slow network

const seen = new Map(); // of this page: what is under way and what is done
const held = new Map(); // the photos themselves: a device that loses its store loses none of them
const listeners = new Set();

function tell(item, change) {
  seen.set(item.photo_id, { ...item, ...change });
  for (const listener of listeners) listener([...seen.values()]);
}

export function watchUploads(listener) {
  listeners.add(listener);
  listener([...seen.values()]);
  return () => listeners.delete(listener);
}

/** `lodged`: {key, body} of the report, so that fresh forms can be had for the same photos. */
export async function keepUploads(number, secret, lodged, forms, photos) {
  for (const [index, form] of forms.entries()) {
    const { blob, size, original } = photos[index];
    const item = { photo_id: form.photo_id, number, secret, lodged, form, blob, size, original, n: index + 1 };
    item.kept = await store.put("uploads", form.photo_id, item);
    void transfer(item);
  }
}

export async function resumeUploads() {
  const kept = (await store.all("uploads")).map((item) => [item.photo_id, item]);
  for (const item of new Map([...kept, ...held]).values()) {
    if (seen.get(item.photo_id)?.state !== "sending") void transfer(item);
  }
}

export async function retryUpload(photoId) {
  const item = held.get(photoId) ?? (await store.get("uploads", photoId));
  if (item) await transfer(item);
}

/** One tab at a time sends a photo. */
async function transfer(item) {
  const { blob, secret, lodged, form, ...facts } = item;
  held.set(item.photo_id, item);
  tell(facts, { state: "sending", progress: 0 });
  try {
    await alone(`upload ${item.photo_id}`, async () => {
      if (await store.isGone("uploads", item.photo_id)) return; // another tab has sent it
      await send((attempt) => formFor(item, attempt), blob, (progress) => tell(facts, { state: "sending", progress }));
      await store.remove("uploads", item.photo_id);
    });
    held.delete(item.photo_id);
    tell(facts, { state: "done", progress: 1 });
  } catch {
    tell(facts, { state: "failed", progress: 0 });
  }
}

/** Under a lock of the browser; without one where there is none, or where another tab does not let go of it: what is
 *  done twice is one thing for the city. */
export async function alone(name, work, patience = LOCKED_OUT) {
  let begun = false;
  const run = () => ((begun = true), work());
  try {
    return await (navigator.locks ? navigator.locks.request(name, { signal: AbortSignal.timeout?.(patience) }, run) : run());
  } catch (problem) {
    if (begun) throw problem;
    return run();
  }
}

/** null: it has arrived, and only the answer was lost. */
async function formFor(item, attempt) {
  const fresh = Date.parse(item.form.expires_at) - Date.now() > 20_000;
  if (attempt === 1 && fresh) return item.form;
  const forms = item.lodged && (await missing(item.lodged));
  return forms ? (forms.find((form) => form.photo_id === item.photo_id) ?? null) : announced(item);
}

/** The same report sent again signs anew what has not arrived; undefined when the city no longer takes it. */
async function missing({ key, body }) {
  try {
    return (await request("/complaints", { method: "POST", body, idempotencyKey: key })).body.uploads;
  } catch (problem) {
    if (problem.passing) throw problem;
    return undefined;
  }
}

async function announced({ number, secret, blob }) {
  const body = { content_type: blob.type, size: blob.size };
  return (await request(`/complaints/${number}/photos`, { method: "POST", body, secret })).body;
}
