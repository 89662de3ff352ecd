// E-mail addresses as people type and paste them, exactly as the city reads them
// (chalicelib/application/intake/addresses.py). `readEmail(text)` → {address}, or {fault} with the key of the sentence
// that says what is wrong. `likelyEmail(text)`: the address that somebody meant who wrote `budi@gmial.com`, or null; only to
// ask by, since such a domain may exist.

import { decoded } from "./address.js";
import { visible } from "./spelling.js";

const LONGEST = 2000; // characters that are looked at
const LONGEST_EMAIL = 254, LONGEST_NAME = 64, LONGEST_LABEL = 63; // RFC 5321, RFC 1035
const MAILTO = /^mailto:([^?]*)/i;
const NAME = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/; // the atoms and dots of RFC 5322
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const TOP = /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/;
const NOWHERE = ["arpa", "internal", "invalid", "lan", "local", "localdomain", "localhost", "onion"]; // no mail is sent there
const USUAL = ["gmail.com", "yahoo.com", "yahoo.co.id", "ymail.com", "rocketmail.com", "hotmail.com", "outlook.com", "outlook.co.id", "live.com", "icloud.com"];
const REAL = [...USUAL, "email.com", "mail.com", "gmx.com", "me.com"]; // one letter from another one
const MEANT = { "gmail.co.id": "gmail.com", "gmail.id": "gmail.com", "icloud.co.id": "icloud.com" };

export function readEmail(text) {
  const address = inner(visible([...text].slice(0, LONGEST).join("")).trim());
  const at = address.indexOf("@");
  const [name, domain] = at < 0 ? [address, ""] : [address.slice(0, at), address.slice(at + 1).toLowerCase()];
  const fault = faultOf(address, name, domain);
  return fault ? { fault: `email_${fault}` } : { address: `${name}@${domain}` };
}

export function likelyEmail(text) {
  const [name, domain] = (readEmail(text).address ?? "").split("@");
  if (!domain || REAL.includes(domain)) return null;
  const meant = MEANT[domain] ?? USUAL.find((usual) => isOneSlip(domain, usual));
  return meant ? `${name}@${meant}` : null;
}

/** A letter too much, too few, another, or two neighbours swapped. */
function isOneSlip(a, b) {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  const swapped = restA.slice(0, 2) === [...restB.slice(0, 2)].reverse().join("");
  return restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1) || (swapped && restA.slice(2) === restB.slice(2));
}

/** `<budi@…>`, `mailto:budi@…?subject=…`: what is meant by them. */
function inner(text) {
  const inside = text.startsWith("<") && text.endsWith(">") ? text.slice(1, -1).trim() : text;
  const link = MAILTO.exec(inside);
  return link ? decoded(link[1]).trim() : inside;
}

function faultOf(address, name, domain) {
  if (/\s/.test(address)) return "blank";
  if (/[^\x00-\x7f]/.test(address)) return "foreign";
  if (!name || !domain || domain.includes("@")) return "at";
  if (address.length > LONGEST_EMAIL || name.length > LONGEST_NAME) return "long";
  if (name.startsWith(".") || name.endsWith(".") || name.includes("..")) return "dots";
  if (!NAME.test(name)) return "signs";
  return isReached(domain.split(".")) ? null : "domain";
}

/** A name with a top level that people register names below: no address of a machine, nothing of one's own net. */
function isReached(labels) {
  const top = labels.at(-1);
  return labels.length > 1 && labels.every((label) => LABEL.test(label) && label.length <= LONGEST_LABEL) && TOP.test(top) && !NOWHERE.includes(top);
}
