// Tells who writes, while they write, what in their words seems to name somebody: `<PersonalHint text=… note=… />`, where
// `note` says what follows. It only tells; nothing is held up. `<Findings text=… none=… />` are the lines alone. The look
// itself is heavy: a page says by `lookBy` how it fetches privacy.js, once somebody writes.

import { plainly } from "./spelling.js";
import { t } from "./texts.js";
import { html, Notice, useEffect, useState } from "./view.js";

const CALM = 300; // ms after the last letter
const MOST = 3; // findings that are named
const LONGEST = 40; // characters of one

let privacy = () => Promise.reject(new Error("no look"));

export const lookBy = (load) => void (privacy = load);

/** What was found, as [{kind, words}]; null until it was looked for. */
function useLook(text) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    if (!text.trim()) return setFound([]);
    let current = true;
    const look = () => privacy().then(({ named }) => current && setFound(shortList(named(text))), () => {});
    const timer = setTimeout(look, found ? CALM : 0);
    return () => ((current = false), clearTimeout(timer));
  }, [text]);
  return found;
}

function shortList(findings) {
  const found = findings.map(({ kind, words }) => ({ kind, words: shortened(plainly(words).replace(/\s+/g, " ")) }));
  return found.filter((one, place) => found.findIndex(({ words }) => words === one.words) === place).slice(0, MOST);
}

const shortened = (words) => (words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words);

const Lines = ({ found }) => html`<ul class="plain">${found.map(({ kind, words }) => html`<li key=${words}>${t(`personal.seems_${kind}`)} <strong><bdi>${words}</bdi></strong></li>`)}</ul>`;

/** The frame is always there, so that what appears in it is read aloud. */
export function PersonalHint({ text, note }) {
  const found = useLook(text) ?? [];
  return html`<div role="status" class="personal">${found.length > 0 && html`<${Notice} kind="warn"><${Lines} found=${found} /><p>${note}</p></${Notice}>`}</div>`;
}

/** `none` stands where nothing is found. */
export function Findings({ text, none }) {
  const found = useLook(text);
  return found?.length ? html`<p>${t("personal.withheld")}</p><${Lines} found=${found} />` : found && html`<p>${none}</p>`;
}
