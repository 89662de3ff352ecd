// How a person can be reached, as it is typed. `contactFaults({phone, email})` → {phone?, email?}: what is wrong, in words;
// `isFixedLine(phone)`: no message goes there by itself; `<WayField contact onChange />`: which way the news goes, where both
// an address and a mobile number are given.

import { readEmail } from "./email.js";
import { readTelephone } from "./telephone.js";
import { t } from "./texts.js";
import { html } from "./view.js";
import { canChoose, wayOf } from "./way.js";

export function contactFaults({ phone, email }) {
  const faults = { ...(phone.trim() && { phone: readTelephone(phone).fault }), ...(email.trim() && { email: readEmail(email).fault }) };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault).map(([id, fault]) => [id, t(`contact.${fault}`)]));
}

export const isFixedLine = (phone) => readTelephone(phone).kind === "fixed";

export const WayField = ({ contact, onChange }) => canChoose(contact) && html`<fieldset class="field" id="by" tabindex="-1"><legend>${t("contact.by")}</legend>
  ${["email", "sms"].map((way) => html`<label class="choice" key=${way}>
    <input type="radio" name="by" value=${way} checked=${wayOf(contact) === way} onChange=${onChange} />
    <span>${t(`contact.by_${way}`)}<small>${way === "sms" ? contact.phone : contact.email}</small></span></label>`)}
</fieldset>`;
