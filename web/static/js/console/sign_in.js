// The sign-in page, one question at a time: name and password, then whatever the pool asks besides.

import { t } from "../texts.js";
import { Field, Notice, html, useEffect, useState } from "../view.js";

const FAULTS = {
  NotAuthorizedException: "wrong",
  UserNotFoundException: "wrong",
  CodeMismatchException: "code_wrong",
  EnableSoftwareTokenMFAException: "code_wrong",
  ExpiredCodeException: "expired",
  InvalidPasswordException: "weak",
  InvalidParameterException: "weak", // a new password shorter than the pool reads at all
  PasswordResetRequiredException: "reset",
  TooManyRequestsException: "often",
  LimitExceededException: "often",
  offline: "offline",
};
const START = { challenge: "PASSWORD" };

/** `onTokens` gets the tokens when the pool is satisfied; `note` is said first, for instance that a session ended. */
export function SignIn({ pool, onTokens, note }) {
  const [asked, setAsked] = useState(START);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const take = async (promise) => {
    setBusy(true);
    setFault("");
    try {
      await follow(await promise, { pool, setAsked, onTokens });
    } catch (error) {
      setFault(t(`door.sign_in_${faultOf(error, asked)}`));
      if (isOver(error, asked)) setAsked(START);
    } finally {
      setBusy(false);
    }
  };
  const Step = STEPS[asked.challenge] ?? Unknown;
  return html`<section class="sign-in card">
    <h1 tabindex="-1">${t("door.sign_in")}</h1>
    ${note && html`<${Notice} role="status"><p>${note}</p><//>`}
    ${fault && html`<${Notice} kind="bad" role="alert"><p>${fault}</p><//>`}
    <${Step} key=${asked.challenge} pool=${pool} asked=${asked} take=${take} busy=${busy} />
  </section>`;
}

/** The next question, or the end of them. Setting up an app needs its key first. */
async function follow(step, { pool, setAsked, onTokens }) {
  if (step.tokens) onTokens(step.tokens);
  else setAsked(step.challenge === "MFA_SETUP" ? await pool.setUpApp(step) : step);
}

function faultOf(error, asked) {
  return isOver(error, asked) ? "expired" : (FAULTS[error.code] ?? "unavailable");
}

/** A challenge's session lives for a few minutes; after it the pool wants the password again. */
function isOver(error, asked) {
  return asked.challenge !== "PASSWORD" && error.code === "NotAuthorizedException";
}

function Password({ pool, take, busy }) {
  const submit = (form) => take(pool.signIn(form.get("user").trim().toLowerCase(), form.get("password")));
  return html`<${Form} submit=${submit} busy=${busy} button=${t("door.sign_in_button")}>
    <${Input} name="user" label=${t("door.user")} autocomplete="username" autocapitalize="none" spellcheck=${false} />
    <${Input} name="password" label=${t("door.password")} type="password" autocomplete="current-password" />
  <//>`;
}

function NewPassword({ pool, asked, take, busy }) {
  const submit = (form) => take(pool.newPassword(asked, form.get("password")));
  return html`<${Form} submit=${submit} busy=${busy}>
    <p>${t("door.new_password_why")}</p>
    <${Input} name="password" label=${t("door.new_password")} hint=${t("door.password_rule")} type="password" autocomplete="new-password" minlength="12" />
  <//>`;
}

function Code({ pool, asked, take, busy }) {
  return html`<${Form} submit=${(form) => take(pool.code(asked, form.get("code")))} busy=${busy}><${Digits} /><//>`;
}

function AppSetUp({ pool, asked, take, busy }) {
  const link = `otpauth://totp/Tanggap:${encodeURIComponent(asked.user)}?secret=${asked.key}&issuer=Tanggap`;
  return html`<${Form} submit=${(form) => take(pool.confirmApp(asked, form.get("code")))} busy=${busy}>
    <p>${t("door.app_why")}</p>
    <p><a class="button" href=${link}>${t("door.app_open")}</a></p>
    <p>${t("door.app_key")} <code>${asked.key}</code></p>
    <${Digits} />
  <//>`;
}

const Unknown = () => html`<p>${t("door.sign_in_unavailable")}</p>`;

const STEPS = { PASSWORD: Password, NEW_PASSWORD_REQUIRED: NewPassword, SOFTWARE_TOKEN_MFA: Code, MFA_SETUP: AppSetUp };

const Digits = () =>
  html`<${Input} name="code" label=${t("door.code")} hint=${t("door.code_hint")} inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" />`;

function Form({ submit, busy, button = t("door.next"), children }) {
  useEffect(() => void (document.activeElement.closest(".sign-in") ?? document.querySelector(".sign-in input").focus()), []);
  const send = (event) => {
    event.preventDefault();
    if (!busy) submit(new FormData(event.target));
  };
  return html`<form onSubmit=${send}>
    ${children}
    <button class="button main" aria-disabled=${busy}>${busy ? t("door.busy") : button}</button>
  </form>`;
}

const Input = ({ name, label, hint, ...rest }) =>
  html`<${Field} id=${`sign-in-${name}`} label=${label} hint=${hint}>${(tie) => html`<input ...${tie} name=${name} required ...${rest} />`}<//>`;
