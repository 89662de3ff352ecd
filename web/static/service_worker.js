// Keeps the form and the tracking page when the network is gone: a reload loses nothing. Every other page gives way to one
// that says what still works. Assets never change under their name and are kept; pages and the reference data come from
// the network while there is one. Nothing that belongs to one person is ever kept here. `SHELL` and `EDITION` are the
// build's.

const SHELL = [];
const EDITION = "";
const KEPT_FOR_LATER = ["/api/reference", "/areas.json"];

addEventListener("install", (event) => event.waitUntil(caches.open(EDITION).then((cache) => cache.addAll([...SHELL, "/api/reference"])).then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/assets/")) event.respondWith(kept(request));
  else if (KEPT_FOR_LATER.includes(pathname) || SHELL.includes(plain(pathname))) event.respondWith(fresh(request, plain(pathname)));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(offlinePage(pathname))));
});

const offlinePage = (pathname) => (/^\/en(\/|$)/.test(pathname) ? "/en/tanpa-sambungan" : "/tanpa-sambungan");

const plain = (pathname) => pathname.replace(/(.)\/$/, "$1");

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
