// The list that an officer works from. It looks again every minute, but news waits behind a button.

import { device } from "../short_store.js";
import { has, t } from "../texts.js";
import { Notice, html, say, useEffect, useMemo, useRef, useState } from "../view.js";
import { Export, EXPORTERS } from "./export.js";
import { useInSight } from "./in_sight.js";
import { isTyping } from "./keys.js";
import { addressOf, nameOf, nameOfRow, openList } from "./list_address.js";
import { Row } from "./queue_row.js";
import { EMPTY, FIELD, columnsOf, extended, failed, listsOf, loaded, refreshed } from "./queue.js";
import { keepList, reading } from "./reading.js";
import { RULERS } from "./rooms.js";
import { SiftBar } from "./sift_bar.js";

const EVERY = 60_000; // ms between two looks at the queue
const MOST = 99; // a count beyond says 99+
const DENSE = "tanggap.dense"; // on this device

export function Inbox({ context, name }) {
  const { city, me } = context;
  const names = listsOf(me.role);
  const wanted = nameOf(name);
  const shown = names.includes(wanted) ? wanted : names[0];
  const { asked } = openList();
  const { counts, answered } = useCounts(city);
  return html`<section class="inbox">
    <div class="inbox-head">
      <h1 tabindex="-1">${t(`console.queue_${shown}`)}</h1>
    </div>
    ${names.length > 1 && html`<${Tabs} names=${names} shown=${shown} counts=${counts} isRuler=${RULERS.includes(me.role)} />`}
    ${counts.rules_off > 0 && html`<${Notice} kind="bad"><p>${t("console.rules_off", { n: counts.rules_off })} <a href="#rules">${t("console.rules_look")}</a></p><//>`}
    <${List} key=${addressOf(shown, asked)} context=${context} name=${shown} asked=${asked} answered=${answered} />
    ${EXPORTERS.includes(me.role) && html`<${Export} city=${city} />`}
  </section>`;
}

/** Counts are a help: where they cannot be had, the tabs stand without. */
function useCounts(city) {
  const [counts, setCounts] = useState({ counts: {} });
  const look = () => city.counts().then(setCounts, () => {});
  useEffect(() => void look(), []);
  useEvery(EVERY, look);
  return counts;
}

function Tabs({ names, shown, counts, isRuler }) {
  const here = useInSight([shown, Object.keys(counts).length]);
  return html`<nav class="tabs" aria-label=${t("console.queues")}>
    ${names.map(
      (name) => html`<a key=${name} ref=${name === shown ? here : null} href=${`#${name}`} aria-current=${name === shown ? "page" : null}>${t(`console.queue_${name}`)}<${Count} n=${counts[name]} /></a>`,
    )}
    ${isRuler && html`<a href="#rules">${t("console.room_rules")}<${Count} n=${counts.rules} /></a>`}
  </nav>`;
}

const Count = ({ n }) => n > 0 && html` <span class="count">${n > MOST ? `${MOST}+` : n}</span>`;

function List({ context, name, asked, answered }) {
  const { city, me } = context;
  const [queue, setQueue] = useState(EMPTY);
  const [dense, setDense] = useState(() => Boolean(device.get(DENSE)));
  const box = useRef(null);
  const near = useNearest(queue.items);
  const read = async (cursor, merge) => {
    try {
      const page = await city.queue(name, asked, cursor);
      setQueue((old) => merge(old, page));
    } catch (error) {
      setQueue((old) => failed(old, error.status ? "error" : "offline"));
    }
  };
  const reload = () => read(null, (_, page) => loaded(page));
  const densely = () => (dense ? device.remove(DENSE) : device.set(DENSE, "1"), setDense(!dense));
  useEffect(() => void reload().then(() => resume(box.current)), []);
  useEvery(EVERY, () => read(null, refreshed));
  useEffect(() => void (queue.fresh && say(t("console.fresh", { n: queue.fresh }))), [queue.fresh]);
  useEffect(() => keepList(addressOf(name, asked), near.rows.map(nameOfRow)), [near.rows]);
  useListKeys(box);
  return html`<div ref=${box} aria-busy=${queue.phase === "loading"}>
    <${SiftBar} name=${name} asked=${asked} answered=${name === "mine" ? answered : 0} context=${context} near=${FIELD.includes(me.role) && queue.items.length > 1 ? near : null} dense=${dense} onDense=${densely} />
    <${Sought} name=${name} asked=${asked} looked=${queue.looked} />
    <${Fresh} count=${queue.fresh} onShow=${reload} />
    <${Trouble} queue=${queue} name=${name} asked=${asked} retry=${reload} />
    ${queue.items.length > 0 && html`<${Table} rows=${near.rows} far=${near.far} columns=${columnsOf(name, me.role)} dense=${dense} />`}
    <p class="keys small muted">${t("console.keys")}</p>
    ${queue.cursor && html`<${More} onMore=${() => read(queue.cursor, extended)} />`}
  </div>`;
}

/** The rows in the order that they are shown in: as the city gave them, or the nearest first once the phone told where it
 *  is. */
function useNearest(items) {
  const [state, setState] = useState({ on: false });
  const toggle = async () => {
    if (state.on) return setState({ on: false });
    setState({ on: false, busy: true });
    try {
      const { distances, nearestFirst, whereAmI } = await import("./nearest.js");
      setState({ on: true, far: await distances(items, await whereAmI()), sort: nearestFirst });
    } catch {
      setState({ on: false, failed: true });
    }
  };
  const rows = useMemo(() => (state.on ? state.sort(items, state.far) : items), [items, state]);
  return { ...state, rows, toggle };
}

/** What was sought, how far it was looked for, and the way back to the whole list. */
function Sought({ name, asked, looked }) {
  if (!looked) return null;
  const words = asked.words && t("console.sought_words", { words: asked.words });
  return html`<p class="sought" role="status">${words} ${t("console.found", { n: looked.found })} ${!looked.all && t("console.looked", { n: looked.rows })}
    ${Object.keys(asked).length > 0 && html` <a class="link" href=${addressOf(name)}>${t("console.show_all")}</a>`}</p>`;
}

/** Where the reader was, or the top. */
function resume(list) {
  const row = list?.querySelector(`[data-row="${reading.number}"]`);
  (row ?? document.querySelector(".inbox h1"))?.focus();
}

/** Loading, empty, wrong or offline: what stands instead of rows, or above old ones. */
function Trouble({ queue, name, asked, retry }) {
  const empty = queue.items.length === 0;
  const nothing = Object.keys(asked).length ? "console.empty_sought" : `console.empty_${name}`;
  if (queue.phase === "loading") return html`<p class="loading">${t("common.loading")}</p>`;
  if (queue.phase === "ready") return empty && html`<p class="card">${t(has(nothing) ? nothing : "console.empty")}</p>`;
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
function Table({ rows, far, columns, dense }) {
  const heads = ["photo", "category", ...(columns.area ? ["area"] : []), "status", "left", "age"];
  return html`<table class=${dense ? "queue dense" : "queue"} role="table" aria-label=${t("console.list")}>
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((head) => html`<th key=${head} role="columnheader" scope="col">${t(`console.head_${head}`)}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map((row) => html`<${Row} key=${row.task_id} row=${row} columns=${columns} far=${far?.get(row.number)} />`)}
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
