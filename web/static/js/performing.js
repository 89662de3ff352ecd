// One action of a reporter, or of whoever has the link of a question: `usePerforming({action, view, secret, onDone(view),
// onReload, onGone})` → {busy, trouble, submit(needs)}: words of what is under way and of what failed. `onReload` is called
// where the report has changed meanwhile, `onGone(problem)` where the link opens nothing any more.

import { newKey, pause, Problem, request, sentence } from "./api.js";
import { send } from "./photo.js";
import { prepared } from "./preparing.js";
import * as store from "./store.js";
import { has, t } from "./texts.js";
import { useRef, useState } from "./view.js";

const READY_WITHIN = 40; // looks, half a second apart

/** One try of an action: photos first, then the words; the same words keep their key. */
export function usePerforming({ action, view, secret, onDone, onReload, onGone = () => {} }) {
  const [busy, setBusy] = useState("");
  const [trouble, setTrouble] = useState("");
  const attempt = useRef({});
  const sent = useRef(new Map());

  async function perform({ photos, ...needs }) {
    const ids = await sendPhotos(photos, view.number, secret, sent.current, setBusy, { wait: action !== "photo" });
    if (action === "photo") return (await request(`/complaints/${view.number}`, { secret })).body;
    const body = action === "follow" ? {} : { version: view.version, ...needs, ...(ids.length && { photos: ids }) };
    const written = JSON.stringify(body);
    if (attempt.current.written !== written) attempt.current = { written, key: newKey() };
    const { body: next } = await request(`/complaints/${view.number}/actions/${action}`, { method: "POST", body, secret, idempotencyKey: attempt.current.key });
    if (action === "follow") await store.put("mine", view.number, { number: view.number, title: view.category.name, followed: true, at: new Date().toISOString() });
    return next;
  }

  /** `needs()` are asked for when every chosen photo is ready; one that cannot be taken is said where it was chosen. */
  async function submit(needs) {
    if (busy) return;
    setBusy(t("reporter.sending"));
    setTrouble("");
    if (await prepared()) await perform(needs()).then(onDone, (problem) => {
      if (problem.status === 409 && problem.code !== "photo_not_ready") onReload();
      if ([401, 410].includes(problem.status)) onGone(problem);
      setTrouble(wordsOf(problem));
    });
    setBusy("");
  }

  return { busy, trouble, submit };
}

function wordsOf(problem) {
  if (problem.code === "photo_not_ready") return t("reporter.photo_not_ready");
  if (problem instanceof Problem) return sentence(problem);
  return has(`photo.${problem.code}`) ? t(`photo.${problem.code}`) : t("reporter.photo_failed");
}

/** Each photo goes once, however often the form is sent; answers the ids of those that came through. */
async function sendPhotos(photos, number, secret, sent, tell, { wait }) {
  for (const [index, { id, blob, content_type, size }] of photos.entries()) {
    if (sent.has(id)) continue;
    const form = () => request(`/complaints/${number}/photos`, { method: "POST", body: { content_type, size }, secret }).then(({ body }) => body);
    const done = await send(form, blob, (share) => tell(t("photo.sending", { n: index + 1, percent: Math.round(share * 100) })));
    sent.set(id, done.photo_id);
  }
  const ids = photos.map(({ id }) => sent.get(id));
  if (wait && ids.length) await ready(ids, number, secret, tell);
  return ids;
}

async function ready(ids, number, secret, tell) {
  tell(t("reporter.checking"));
  for (let looks = 0; looks < READY_WITHIN; looks++) {
    const { body } = await request(`/complaints/${number}`, { secret });
    const mine = body.photos.filter(({ photo_id }) => ids.includes(photo_id));
    const refused = mine.find(({ state }) => state === "refused");
    if (refused) throw Object.assign(new Error("refused"), { code: `reason_${refused.reason}` });
    if (mine.length === ids.length && mine.every(({ state }) => state === "ready")) return;
    await pause(500);
  }
  throw new Problem(409, { code: "photo_not_ready" });
}
