// How a person can be reached, as it is typed. `contactFaults({phone, email})` → {phone?, email?}: what is wrong, in words;
// `isFixedLine(phone)`: no message goes there by itself.

import { readEmail } from "./email.js";
import { readTelephone } from "./telephone.js";
import { t } from "./texts.js";

export function contactFaults({ phone, email }) {
  const faults = { ...(phone.trim() && { phone: readTelephone(phone).fault }), ...(email.trim() && { email: readEmail(email).fault }) };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault).map(([id, fault]) => [id, t(`contact.${fault}`)]));
}

export const isFixedLine = (phone) => readTelephone(phone).kind === "fixed";
