// The report being written: kept on the device half a second after each change, photos included, for seven days.

import { newKey } from "../api.js";
import * as store from "../store.js";
import { lang } from "../texts.js";

const LIFE = 7 * 86_400_000; // ms
const QUIET = 500; // ms

export const empty = () => ({ key: newKey(), photos: [], place: null, landmark: "", category: "", description: "", answers: {}, contact: { name: "", phone: "", email: "" }, visibility: "public" });

export const isStarted = (draft) => Boolean(draft.photos.length || draft.place || draft.landmark || draft.category || draft.description);

export async function restore() {
  const kept = await store.get("draft", "current");
  if (kept && Date.now() - Date.parse(kept.at) < LIFE) return kept;
  return null;
}

let waiting = null;

/** `done` is called when it is on the device, and only then. */
export function keep(draft, done) {
  clearTimeout(waiting?.timer);
  const write = () => {
    waiting = null;
    return store.put("draft", "current", { ...draft, at: new Date().toISOString() }).then((kept) => kept && done());
  };
  waiting = { timer: setTimeout(write, QUIET), write };
}

export async function discard() {
  clearTimeout(waiting?.timer);
  waiting = null;
  await store.remove("draft", "current");
}

addEventListener("pagehide", () => {
  if (!waiting) return;
  clearTimeout(waiting.timer);
  waiting.write();
});

/** What the city is sent; the functions are those of the later steps. */
export function bodyOf(draft, { locationOf, landmarkOf, wayOf }) {
  const { name, phone, email } = Object.fromEntries(Object.entries(draft.contact).map(([key, value]) => [key, value.trim()]));
  const by = wayOf(draft.contact);
  const landmark = landmarkOf(draft.place, draft.landmark.trim());
  const answers = Object.fromEntries(Object.entries(draft.answers).filter(([, value]) => (Array.isArray(value) ? value.length : value || value === 0)));
  return {
    category: draft.category,
    description: draft.description.trim(),
    location: locationOf(draft.place),
    visibility: draft.visibility,
    ...(document.body.dataset.channel && { channel: document.body.dataset.channel }),
    ...(landmark && { landmark }),
    ...((name || phone || email) && { contact: { ...(name && { name }), ...(phone && { phone }), ...(email && { email }), ...(by && { by }), language: lang } }),
    ...(Object.keys(answers).length && { answers }),
    ...(draft.returns && { returns: draft.returns }),
    ...(draft.photos.length && { photos: draft.photos.map(({ content_type, size }) => ({ content_type, size })) }),
  };
}
