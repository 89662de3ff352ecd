// Keeps the form and the tracking page when the network is gone: a reload loses nothing. Every other page gives way to one
// that says what still works. Assets never change under their name and are kept; pages and the reference data come from
// the network while there is one. Nothing that belongs to one person is ever kept here. What each language needs is kept
// once the language was used. `SHELL` and `EDITION` are the build's.

const SHELL = { common: [], id: [], en: [] };
const EDITION = "";
const KEPT_FOR_LATER = ["/api/reference", "/areas.json"];

addEventListener("install", (event) => event.waitUntil(keepAtFirst().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.waitUntil(keepLanguage(languageOf(pathname)).catch(() => {}));
  if (pathname.startsWith("/assets/")) event.respondWith(kept(request));
  else if (KEPT_FOR_LATER.includes(pathname) || SHELL[languageOf(pathname)].includes(plain(pathname))) event.respondWith(fresh(request, plain(pathname)));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => offlinePage(languageOf(pathname))));
});

const languageOf = (pathname) => (/^\/en(\/|$)/.test(pathname) ? "en" : "id");

const offlinePage = async (language) => (await caches.match(SHELL[language][0])) ?? caches.match(SHELL.id[0]);

const plain = (pathname) => pathname.replace(/(.)\/$/, "$1");

/** With the languages of the pages that are open. */
async function keepAtFirst() {
  const open = await clients.matchAll({ includeUncontrolled: true });
  const languages = new Set(["id", ...open.map(({ url }) => languageOf(new URL(url).pathname))]);
  const cache = await caches.open(EDITION);
  await cache.addAll([...SHELL.common, "/api/reference", ...[...languages].flatMap((language) => SHELL[language])]);
}

async function keepLanguage(language) {
  if (!(await caches.match(SHELL[language][0]))) await (await caches.open(EDITION)).addAll(SHELL[language]);
}

async function dropOthers() {
  const others = (await caches.keys()).filter((name) => name !== EDITION);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function kept(request) {
  return (await caches.match(request)) ?? keep(await fetch(request), request);
}

async function fresh(request, path) {
  try {
    return await keep(await fetch(request), path);
  } catch (lost) {
    const former = await caches.match(path);
    if (former) return former;
    throw lost;
  }
}

async function keep(answer, name) {
  if (answer.status === 200) await (await caches.open(EDITION)).put(name, answer.clone());
  return answer;
}
