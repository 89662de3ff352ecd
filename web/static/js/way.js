// How the news of a report goes. `canChoose({phone, email})`: whether both e-mail and SMS reach them; `wayOf(contact)`: which
// of the two they chose, undefined where there is nothing to choose.

import { readEmail } from "./email.js";
import { readTelephone } from "./telephone.js";

export const canChoose = ({ phone, email }) => readTelephone(phone).kind === "mobile" && Boolean(email.trim()) && !readEmail(email).fault;

export const wayOf = (contact) => (canChoose(contact) ? (contact.by ?? "email") : undefined);
