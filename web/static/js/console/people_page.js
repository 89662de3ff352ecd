// An administrator's people: found by words, added, changed, disabled, given a new password.

import { sentence } from "../api.js";
import { t } from "../texts.js";
import { Icon, Notice, html, say, useEffect, useRef, useState } from "../view.js";
import { AdminHead } from "./admin_tabs.js";
import { PersonForm } from "./person_form.js";

export function PeoplePage({ context }) {
  const { city } = context;
  const title = useRef(null);
  const [words, setWords] = useState("");
  const [found, setFound] = useState(null);
  const [problem, setProblem] = useState(null);
  const [open, setOpen] = useState(null); // the person whose form is open; {} for a new one
  const [news, setNews] = useState(null);
  const look = (sought = words, cursor = null) =>
    city.people({ words: sought, ...(cursor && { cursor }) }).then((page) => (setProblem(null), setFound((old) => ({ ...page, items: [...(cursor ? old.items : []), ...page.items] }))), setProblem);
  useEffect(() => void look().then(() => title.current?.focus()), []);
  const search = (event) => (event.preventDefault(), void look());
  const done = ({ person, temporary_password: password }) => {
    setOpen(null);
    setNews({ person, password });
    say(t("console.person_saved", { name: person.name }));
    void look();
    requestAnimationFrame(() => document.getElementById("person-news")?.focus());
  };
  return html`<section class="people">
    <${AdminHead} room="people" title=${title} />
    ${news && html`<${News} ...${news} onClose=${() => setNews(null)} />`}
    <div class="tools">
      <form class="search" role="search" onSubmit=${search}>
        <label class="unseen" for="find-person">${t("console.person_find")}</label>
        <input id="find-person" type="search" autocomplete="off" placeholder=${t("console.person_find_hint")} value=${words} onInput=${(event) => setWords(event.target.value)} />
        <button class="button"><${Icon} name="magnifier" /><span class="wide-only">${t("console.find_button")}</span></button>
      </form>
      <button type="button" class="button main" onClick=${() => setOpen({})}><${Icon} name="plus" />${t("console.person_add")}</button>
    </div>
    ${problem && html`<${Notice} kind="warn" role="alert"><p>${sentence(problem)}</p><button class="button" onClick=${() => look()}>${t("common.retry")}</button><//>`}
    ${!found && !problem && html`<p class="loading">${t("common.loading")}</p>`}
    ${found && html`<${List} people=${found.items} channelName=${context.channelName} onOpen=${setOpen} />`}
    ${found?.next_cursor && html`<p class="more"><button class="button" onClick=${() => look(words, found.next_cursor)}>${t("console.more")}</button></p>`}
    ${open && html`<${PersonForm} key=${open.user ?? "new"} person=${open} context=${context} onDone=${done} onClose=${() => setOpen(null)} />`}
  </section>`;
}

/** A password that nobody can see again. */
function News({ person, password, onClose }) {
  return html`<div id="person-news" tabindex="-1"><${Notice} kind="good" role="status">
    <p>${t("console.person_saved", { name: person.name })}</p>
    ${password && html`<p>${t("console.person_password", { user: person.user })} <code class="password">${password}</code></p><p class="small">${t("console.person_password_note")}</p>`}
    <button type="button" class="button slim" onClick=${onClose}>${t("console.hide")}</button>
  <//></div>`;
}

function List({ people, channelName, onOpen }) {
  if (!people.length) return html`<p class="card">${t("console.person_none")}</p>`;
  return html`<ul class="plain rows">${people.map((person) => html`<li key=${person.user} class=${`card person ${person.disabled ? "gone" : ""}`}>
    <p><strong>${person.name}</strong> <span class="muted small">${person.user}</span> ${person.disabled && html`<span class="flag off">${t("console.person_disabled")}</span>`}${!person.on_duty && html` <span class="flag off">${t("act.off_duty")}</span>`}</p>
    <p class="small">${t(`console.role_${person.role}`)} · ${person.unit.name}${person.channels.length > 0 && ` · ${person.channels.map(channelName).join(", ")}`}</p>
    <button type="button" class="button slim" onClick=${() => onOpen(person)}>${t("console.person_change")}<span class="unseen"> ${person.name}</span></button>
  </li>`)}</ul>`;
}
