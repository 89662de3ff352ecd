// Telephone numbers as people type, paste and dictate them, exactly as the city reads them
// (chalicelib/application/intake/telephones.py). `readTelephone(text)` → {number: "+62…", kind: "mobile"|"fixed"}, or
// {fault} with the key of the sentence that says what is wrong. An SMS reaches a mobile number only.

import { decoded } from "./address.js";
import { bare, plain } from "./spelling.js";
import { RANGES } from "./telephone_ranges.js";

const LINK = /(?:wa\.me\/|whatsapp\.com\/send\/?\?phone=|whatsapp:\/\/send\/?\?phone=|^(?:tel|sms|smsto|callto):)([^;?&#]+)/;
const WORD = "(?:no|nomor|nomer|nr|hp|handphone|ponsel|mobile|tel|telp|tlp|telepon|telephone|phone|wa|whatsapp|sms)";
const BEFORE = new RegExp(`^(?:[^a-z0-9+]*${WORD}(?![a-z]))+`);
const AFTER = new RegExp(`(?:[^a-z0-9]+${WORD})+[^a-z0-9]*$`);
const LIKE_DIGITS = { o: "0", i: "1", l: "1" };
const FEWEST_BESIDE_LETTERS = 7; // digits: below it the letters are words
const SERVICE = /^(?:1|868|(?:2[124]|[36]1)[01]|21500\d{3}$)/; // short numbers, satellites, call centres

export function readTelephone(text) {
  const digits = digitsOf(plain(text).toLowerCase());
  return digits.fault ? digits : ofNational(digits);
}

/** With `+` in front where it was typed; letters that look like digits are digits among digits. */
function digitsOf(text) {
  const link = LINK.exec(decoded(text).trim());
  const named = (link ? link[1] : text).replace(BEFORE, "").replace(AFTER, "");
  const signs = bare(named);
  const among = signs.replace(/\D/g, "").length >= FEWEST_BESIDE_LETTERS;
  const read = among ? signs.replace(/[oil]/g, (sign) => LIKE_DIGITS[sign]) : signs;
  if (!read) return wrong("none");
  if (/\D/.test(read)) return wrong("letters");
  return /^[^0-9a-z]*\+/.test(named) ? `+${read}` : read;
}

const wrong = (what) => ({ fault: `phone_${what}` });

/** What follows the country's code, without the 0 that is kept behind it: `+62 (0)812`. */
function ofNational(digits) {
  const code = ["+62", "0062", "62"].find((each) => digits.startsWith(each));
  if (code) return classified(digits.slice(code.length).replace(/^0/, ""));
  if (/^(?:00|\+[1-9])/.test(digits)) return wrong("abroad");
  if (!digits.startsWith("0")) return wrong(/^1\d{0,6}$/.test(digits) ? "service" : "prefix");
  return classified(digits.slice(1));
}

function classified(national) {
  const [fewest, most] = national.startsWith("8") ? [9, 12] : [7, 11];
  if (SERVICE.test(national)) return wrong("service");
  if (national.length > most) return wrong("long");
  const range = rangeOf(national);
  if (range === null) return wrong(national.length < fewest ? "short" : "unknown");
  return ["mobile", "fixed"].includes(range) ? { number: `+62${national}`, kind: range } : wrong("service");
}

/** The first range that holds it; every number lies in the general one. */
function rangeOf(national) {
  const holds = ([, pattern, lengths]) => lengths.includes(national.length) && pattern.test(national);
  return holds(RANGES[0]) ? (RANGES.slice(1).find(holds)?.[0] ?? null) : null;
}
