// An auditor's check of one case's history, by nobody's code but this: node verify_digests.mjs < events.json
// The file holds [{facts, words, salt, prev, digest}, …] in order; erased words and salts are null. Prints one line per
// fault and exits with 1, or prints how many events hold together. Canonical form: RFC 8785, which for strings,
// integers, lists and objects is what JSON.stringify writes when an object's keys are sorted.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join()}}`;
};
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

const events = JSON.parse(readFileSync(0, "utf8"));
const faults = [];
let before = "0".repeat(64);
events.forEach(({ facts, words, salt, prev, digest }, index) => {
  const says = (fault) => faults.push(`event ${index + 1}: ${fault}`);
  if (facts.number !== events[0].facts.number) says("of another case");
  if (facts.sequence !== index + 1) says("out of sequence");
  if (prev !== before) says("does not follow from the event before");
  if (digest !== sha256(prev + canonical(facts))) says("the facts are not those that were digested");
  if (words && facts.words !== sha256(salt + canonical(words))) says("the words are not those that were hashed");
  before = digest;
});
console.log(faults.length ? faults.join("\n") : `${events.length} events hold together`);
process.exit(faults.length ? 1 : 0);
