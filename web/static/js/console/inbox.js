// The list that an officer works from. It looks again every minute, but news waits behind a button.

import { t } from "../texts.js";
import { Icon, Notice, html, say, useEffect, useRef, useState } from "../view.js";
import { Export, EXPORTERS } from "./export.js";
import { isTyping } from "./keys.js";
import { Row, reading } from "./queue_row.js";
import { EMPTY, QUEUES, TYPISTS, extended, failed, loaded, refreshed } from "./queue.js";

const EVERY = 60_000; // ms between two looks at the queue

export function Inbox({ context, name }) {
  const { city, me } = context;
  const names = QUEUES[me.role] ?? [];
  const shown = names.includes(name) ? name : names[0];
  if (!shown) return html`<${Caseless} />`;
  return html`<section class="inbox">
    <div class="inbox-head">
      <h1 tabindex="-1">${t(`console.queue_${shown}`)}</h1>
      ${TYPISTS.includes(me.role) && html`<a class="button" href="#new"><${Icon} name="plus" />${t("console.intake")}</a>`}
    </div>
    ${names.length > 1 && html`<${Tabs} names=${names} shown=${shown} />`}
    <${List} key=${shown} city=${city} name=${shown} />
    ${EXPORTERS.includes(me.role) && html`<${Export} city=${city} />`}
  </section>`;
}

function Caseless() {
  return html`<h1 tabindex="-1">${t("console.title")}</h1>
    <p>${t("console.no_cases")}</p>`;
}

function Tabs({ names, shown }) {
  return html`<nav class="tabs" aria-label=${t("console.queues")}>
    ${names.map(
      (name) => html`<a href=${`#${name}`} aria-current=${name === shown ? "page" : null}>${t(`console.queue_${name}`)}</a>`,
    )}
  </nav>`;
}

function List({ city, name }) {
  const [queue, setQueue] = useState(EMPTY);
  const box = useRef(null);
  const read = async (cursor, merge) => {
    try {
      const page = await city.queue(name, cursor);
      setQueue((old) => merge(old, page));
    } catch (error) {
      setQueue((old) => failed(old, error.status ? "error" : "offline"));
    }
  };
  const reload = () => read(null, (_, page) => loaded(page));
  useEffect(() => void reload().then(() => resume(box.current)), []);
  useEvery(EVERY, () => read(null, refreshed));
  useEffect(() => void (queue.fresh && say(t("console.fresh", { n: queue.fresh }))), [queue.fresh]);
  useListKeys(box);
  return html`<div ref=${box} aria-busy=${queue.phase === "loading"}>
    <${Fresh} count=${queue.fresh} onShow=${reload} />
    <${Trouble} queue=${queue} retry=${reload} />
    ${queue.items.length > 0 && html`<${Table} rows=${queue.items} />`}
    <p class="keys small muted">${t("console.keys")}</p>
    ${queue.cursor && html`<${More} onMore=${() => read(queue.cursor, extended)} />`}
  </div>`;
}

/** Where the reader was, or the top. */
function resume(list) {
  const row = list?.querySelector(`[data-row="${reading.number}"]`);
  (row ?? document.querySelector(".inbox h1"))?.focus();
}

/** Loading, empty, wrong or offline: what stands instead of rows, or above old ones. */
function Trouble({ queue, retry }) {
  const empty = queue.items.length === 0;
  if (queue.phase === "loading") return html`<p class="loading">${t("common.loading")}</p>`;
  if (queue.phase === "ready") return empty && html`<p class="card">${t("console.empty")}</p>`;
  return html`<${Notice} kind="warn" role="alert">
    <p>${t(`console.${queue.phase}`)} ${!empty && t("console.stale")}</p>
    <button class="button" onClick=${retry}>${t("common.retry")}</button>
  <//>`;
}

function Fresh({ count, onShow }) {
  return count > 0 && html`<button class="button main fresh" onClick=${onShow}>${t("console.fresh", { n: count })}</button>`;
}

function More({ onMore }) {
  return html`<p class="more"><button class="button" onClick=${onMore}>${t("console.more")}</button></p>`;
}

/** A table on a desk, cards on a phone; the roles keep it a table for those who listen to it. */
function Table({ rows }) {
  const heads = ["number", "category", "area", "status", "left", "age"];
  return html`<table class="queue" role="table" aria-label=${t("console.list")}>
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((head) => html`<th role="columnheader" scope="col">${t(`console.head_${head}`)}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map((row) => html`<${Row} key=${row.number} row=${row} />`)}
    </tbody>
  </table>`;
}

/** Runs while the page is seen, and when it is seen again. */
function useEvery(period, act) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const run = () => document.visibilityState === "visible" && latest.current();
    const timer = setInterval(run, period);
    document.addEventListener("visibilitychange", run);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", run);
    };
  }, []);
}

/** j and k walk the rows; Enter opens the one in focus, being a link. */
function useListKeys(box) {
  useEffect(() => {
    const walk = (event) => {
      const step = { j: 1, k: -1 }[event.key];
      if (!step || isTyping(event)) return;
      const links = [...box.current.querySelectorAll("[data-row]")];
      const at = links.indexOf(document.activeElement);
      links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
    };
    document.addEventListener("keydown", walk);
    return () => document.removeEventListener("keydown", walk);
  }, []);
}
