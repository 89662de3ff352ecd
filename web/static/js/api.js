// Calls of the API. `await request(path, {method, body, token, secret, idempotencyKey})` → `{status, body}` (of CSV the
// text, with `link`, the header that names the next page), or throws a Problem: `status` (0: no network), `code`, `errors` [{field, code, message}], `retryAfter` (seconds or null),
// `detail`, `version`, `allowedActions`, `changes`. What is safe to repeat (GET, and POST with a key) is tried again
// after a lost network or a 503, as long as the answer says to wait; 429 is never repeated here. `sentence(problem)`: what
// to tell the person. `newKey()`: an Idempotency-Key.

import { observe } from "./clock.js";
import { t } from "./texts.js";
import { hour } from "./when.js";

const BASE = "/api";
const TRIES = 3;
const LONGEST_WAIT = 8; // seconds; longer ones are the person's to decide
const TIMEOUT = 30_000; // ms

export class Problem extends Error {
  constructor(status, document = {}, retryAfter = null) {
    super(document.title ?? document.code ?? `HTTP ${status}`);
    this.status = status;
    this.code = document.code ?? (status ? "unknown" : "offline");
    this.detail = document.detail;
    this.errors = document.errors ?? [];
    this.version = document.version;
    this.allowedActions = document.allowed_actions;
    this.changes = document.changes;
    this.owner = document.owner;
    this.retryAfter = retryAfter;
  }

  /** Nothing is wrong with what was sent: later it may pass. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export async function request(path, options = {}) {
  const repeatable = !options.method || options.method === "GET" || options.idempotencyKey;
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(path, options);
    } catch (problem) {
      const wait = problem.retryAfter ?? attempt;
      const again = repeatable && (problem.status === 0 || problem.status === 503) && attempt < TRIES && wait <= LONGEST_WAIT;
      if (!again) throw problem;
      await pause(wait * 1000 * (0.75 + Math.random() / 2));
    }
  }
}

async function once(path, { method = "GET", body, token, secret, idempotencyKey }) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  if (secret) headers["X-Complaint-Secret"] = secret;
  if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
  let answer, content;
  try {
    answer = await fetch(BASE + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout?.(TIMEOUT) });
    observe(answer);
    content = await answer.text();
  } catch {
    throw new Problem(0);
  }
  if (answer.ok && isSheet(answer)) return { status: answer.status, body: content, link: answer.headers.get("Link") };
  const document = parse(content);
  if (answer.ok && document !== undefined) return { status: answer.status, body: document };
  throw new Problem(answer.ok ? 502 : answer.status, document, seconds(answer.headers.get("Retry-After")));
}

const isSheet = (answer) => Boolean(answer.headers.get("Content-Type")?.startsWith("text/csv"));

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return undefined;
  }
}

const seconds = (header) => (/^\d+$/.test(header ?? "") ? Number(header) : null);

export function sentence(problem) {
  if (!(problem instanceof Problem)) return t("common.problem_other");
  if (problem.status === 429) return t("common.problem_429", { time: hour(Date.now() + (problem.retryAfter ?? 60) * 1000) });
  if (problem.passing) return t(problem.status ? "common.problem_503" : "common.problem_offline");
  const known = { 401: "common.problem_401", 403: "common.problem_403", 404: "common.problem_404", 409: "common.problem_409", 422: "common.problem_422" };
  return t(known[problem.status] ?? "common.problem_other");
}
