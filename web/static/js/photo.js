// Photos. `prepare(file)` → {blob, content_type, size, original, position}: at most 1600 px, JPEG, without the camera's
// facts; `position` is what they said of the place, or null. HEIC that this browser cannot decode goes as it is: the
// server converts it. Anything else throws PhotoError(code). `asTaken(file)`: the same, as the camera made it.
// `send(getForm, blob, onProgress)`: presigned POST with progress (0 to 1); a new form for each try (null: no
// need any more), waits in between.

import { pause } from "./api.js";
import { kindOf, positionIn } from "./picture.js";

const LONGER_SIDE = 1600; // pixels
const QUALITY = 0.8;
const LARGEST = 8 * 1024 * 1024; // bytes, the city's limit
const HEIC = "image/heic";
const TRIES = 4;
const WORTH_ANOTHER_TRY = [0, 403, 408, 429]; // and 5xx: a form may have run out, a network may be lost

export class PhotoError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export async function prepare(file) {
  const kind = await proper(file);
  const blob = (await shrink(file)) ?? asHeic(file, kind);
  if (blob.size > LARGEST) throw new PhotoError("too_large");
  return { blob, content_type: blob.type, size: blob.size, original: file.size, position: await positionIn(file) };
}

/** Larger ones are made smaller. */
export async function asTaken(file) {
  const kind = await proper(file);
  if (!kind || file.size > LARGEST) return prepare(file);
  if (kind !== HEIC && !(await decodes(file))) throw new PhotoError("unreadable");
  return { blob: new Blob([file], { type: kind }), content_type: kind, size: file.size, original: file.size };
}

/** The kind, or null for what only a browser may know (GIF, BMP); a large file of no known kind is not tried. */
async function proper(file) {
  const kind = await kindOf(file);
  if (!file.size || (!kind && file.size > LARGEST)) throw new PhotoError("not_an_image");
  return kind;
}

function asHeic(file, kind) {
  if (kind !== HEIC) throw new PhotoError(kind ? "unreadable" : "not_an_image");
  return new Blob([file], { type: HEIC });
}

const decodes = (file) => createImageBitmap(file).then((picture) => (picture.close(), true), () => false);

async function shrink(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGER_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // what is transparent would turn black
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  } catch {
    return null; // not decodable here
  }
}

export async function send(getForm, blob, onProgress = () => {}) {
  for (let attempt = 1; ; attempt++) {
    const form = await getForm(attempt);
    if (!form) return null;
    const status = await post(form, blob, onProgress);
    if (status >= 200 && status < 300) return form;
    if (attempt === TRIES || !(status >= 500 || WORTH_ANOTHER_TRY.includes(status))) throw new PhotoError(status ? "refused" : "network");
    await pause(2 ** attempt * 500 * (0.5 + Math.random()));
  }
}

/** The answer's status; 0 without one. */
function post(form, blob, onProgress) {
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
  body.append("file", blob, "photo"); // last: S3 ignores what comes after it
  return new Promise((done) => {
    const call = new XMLHttpRequest();
    call.open("POST", form.url);
    call.timeout = 120_000;
    call.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    call.onload = () => done(call.status);
    call.onerror = call.ontimeout = call.onabort = () => done(0);
    call.send(body);
  });
}
