// Photos as proof of the work: taken or chosen, sent with their progress, and shown as usable only when the city has
// looked at them. They go as the camera made them: its own time and place are facts for whoever judges the proof.

import { newKey, pause } from "../api.js";
import { asTaken, PhotoError, send } from "../photo.js";
import { has, t } from "../texts.js";
import { Icon, html, useEffect, useRef } from "../view.js";

const LOOKS = 40; // about a minute
const underWay = new Set(); // keys of what this page sends or looks at

/** `shots` lives with the form, so that closing a dialog loses no photo; `change(update)` gets a function of the list; `needed`: the
 *  camera is what the form is about. */
export function Evidence({ city, number, shots, change, needed }) {
  const edit = (key, news) => change((list) => list.map((shot) => (shot.key === key ? { ...shot, ...news } : shot)));
  const begin = (shot) => alone(shot, () => upload(shot, { city, number, edit }));
  useEffect(() => void shots.filter((shot) => ["sending", "pending"].includes(shot.state)).forEach(begin), []); // of an earlier page
  const sendKept = () => shots.filter((shot) => shot.kept).forEach(again);
  useEffect(sendKept, []);
  useOnline(sendKept);
  const again = (shot) => (edit(shot.key, { state: "sending", progress: 0, kept: false }), begin(shot));
  const take = (event) => {
    const fresh = [...event.target.files].map((file) => ({ key: newKey(), file, picture: URL.createObjectURL(file), state: "sending", progress: 0 }));
    event.target.value = "";
    change((list) => [...list, ...fresh]);
    fresh.forEach(begin);
  };
  const drop = (shot) => {
    URL.revokeObjectURL(shot.picture);
    change((list) => list.filter((each) => each.key !== shot.key));
  };
  return html`<div>
    <div class="row">
      <label class=${`button camera ${needed ? "main" : ""}`}><${Icon} name="camera" />${t("act.camera")}<input class="unseen" type="file" accept="image/*" capture="environment" onChange=${take} /></label>
      <label class="button">${t("act.gallery")}<input class="unseen" type="file" accept="image/*" multiple onChange=${take} /></label>
    </div>
    <ul class="shots" aria-live="polite">
      ${shots.map((shot) => html`<${Shot} key=${shot.key} shot=${shot} onDrop=${() => drop(shot)} onRetry=${() => again(shot)} />`)}
    </ul>
  </div>`;
}

function Shot({ shot, onDrop, onRetry }) {
  return html`<li class=${`shot ${shot.state}`}>
    <img src=${shot.picture} alt="" width="96" height="72" onError=${({ target }) => (target.hidden = true)} />
    <div>
      <p>${saying(shot)} ${shot.state === "sending" && html`<span aria-hidden="true">${Math.round(shot.progress * 100)}%</span>`}</p>
      ${shot.state === "sending" && html`<progress max="1" value=${shot.progress} aria-label=${t("act.photo_sending_label")}></progress>`}
      ${shot.state === "failed" && html`<button type="button" class="link" onClick=${onRetry}>${t("common.retry")}</button>`}
      <button type="button" class="link" onClick=${onDrop}>${t("act.photo_remove")}</button>
    </div>
  </li>`;
}

/** Read aloud at each change of state; the percents are only seen. */
function saying({ state, reason, kept }) {
  if (kept) return t("act.photo_kept");
  return state === "refused" || state === "failed" ? t("act.photo_not_taken", { reason }) : t(`act.photo_${state}`);
}

async function alone(shot, work) {
  if (underWay.has(shot.key)) return;
  underWay.add(shot.key);
  await work();
  underWay.delete(shot.key);
}

async function upload(shot, { city, number, edit }) {
  try {
    const id = shot.photo_id ?? (await sent(shot, { city, number, edit }));
    edit(shot.key, { state: "pending", photo_id: id });
    edit(shot.key, await judged(city, number, id));
  } catch (error) {
    edit(shot.key, isRefusal(error) ? { state: "refused", reason: why(error) } : { state: "failed", kept: isLost(error), reason: why(error) });
  }
}

/** What another try would not change: the file is no picture. */
const isRefusal = (error) => error instanceof PhotoError && !["network", "refused"].includes(error.code);

/** It stays on the device (drafts.js), and goes by itself once there is a network. */
const isLost = (error) => error.status === 0 || error.code === "network";

function useOnline(act) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const run = () => latest.current();
    addEventListener("online", run);
    return () => removeEventListener("online", run);
  }, []);
}

async function sent(shot, { city, number, edit }) {
  const photo = await asTaken(shot.file);
  const form = await send(() => city.announcePhoto(number, { content_type: photo.content_type, size: photo.size }), photo.blob, (progress) => edit(shot.key, { progress }));
  return form.photo_id;
}

/** What became of it: ready, refused with its reason, or still being looked at. */
export async function judged(city, number, id) {
  for (let look = 0; look < LOOKS; look++) {
    await pause(Math.min(400 * (look + 1), 2000));
    const photo = (await city.case(number)).photos.find((row) => row.photo_id === id);
    if (photo && photo.state !== "pending") return { state: photo.state === "ready" ? "ready" : "refused", reason: reasonOf(photo) };
  }
  return { state: "failed", reason: t("act.photo_slow") };
}

const reasonOf = ({ reason, state }) => (has(`photo.reason_${reason}`) ? t(`photo.reason_${reason}`) : (reason ?? t(`case.photo_${state}`)));

function why(error) {
  if (!(error instanceof PhotoError)) return t(error.status === 0 ? "act.photo_network" : "act.photo_refused_here");
  if (has(`photo.${error.code}`)) return t(`photo.${error.code}`);
  return t(error.code === "network" ? "act.photo_network" : "act.photo_refused_here");
}
