// What the console asks of the city, as the officer who is signed in. A token that no longer opens anything is renewed
// once; if that does not help, the session is over (`onEnd`).

import { Problem, request } from "../api.js";

export class City {
  constructor({ session, onEnd }) {
    this.session = session;
    this.onEnd = onEnd;
  }

  me() {
    return this.get("/staff/me");
  }

  /** `asked`: filters, words and order (list_address.js). */
  queue(name, asked, cursor) {
    const query = new URLSearchParams({ queue: name, ...asked, ...(cursor ? { cursor } : {}) });
    return this.get(`/staff/queue?${query}`);
  }

  /** {counts: {list: n}, answered?}: of the reader's lists, and in how many of theirs the reporter wrote. */
  counts() {
    return this.get("/staff/queue/counts");
  }

  case(number) {
    return this.get(`/staff/complaints/${encodeURIComponent(number)}`);
  }

  history(number, before) {
    return this.get(`/complaints/${encodeURIComponent(number)}/timeline?before=${before}`);
  }

  /** Open public cases of a kind, within its radius; of every kind in a box (west, south, east, north). */
  nearby({ lat, lon }, category) {
    return this.get(`/complaints/nearby?lat=${lat}&lon=${lon}&category=${category}`).then(({ items }) => items);
  }

  around(box) {
    return this.get(`/map?bbox=${box.join()}`).then(({ items }) => items);
  }

  officers(unit) {
    return this.get(`/staff/officers?unit=${encodeURIComponent(unit)}`);
  }

  /** One page of the export: {body, link}. */
  sheet(query) {
    return this.ask(`/staff/export.csv?${query}`, { whole: true });
  }

  act(number, action, body, idempotencyKey) {
    return this.post(`/complaints/${number}/actions/${action}`, body, idempotencyKey);
  }

  announcePhoto(number, photo) {
    return this.post(`/complaints/${number}/photos`, photo);
  }

  /** What the reader's desk took in today: {items}. */
  taken() {
    return this.get("/staff/intake/today");
  }

  message(id) {
    return this.get(`/staff/messages/${id}`);
  }

  messagePhoto(id, position) {
    return this.get(`/staff/messages/${id}/photos/${position}`);
  }

  /** `step`: case, reply or close. */
  endMessage(id, step, body, idempotencyKey) {
    return this.post(`/staff/messages/${id}/${step}`, body, idempotencyKey);
  }

  lodge(draft, idempotencyKey) {
    return this.post("/staff/complaints", draft, idempotencyKey);
  }

  people(asked) {
    return this.get(`/staff/people?${new URLSearchParams(asked)}`);
  }

  putPerson(person) {
    return this.post("/staff/people", person);
  }

  subscribers(unit) {
    return this.get(`/staff/units/${encodeURIComponent(unit)}/subscribers`).then(({ items }) => items);
  }

  putSubscribers(unit, addresses) {
    return this.ask(`/staff/units/${encodeURIComponent(unit)}/subscribers`, { method: "PUT", body: { addresses } }).then(({ items }) => items);
  }

  rules() {
    return this.get("/staff/rules");
  }

  proposeRules(proposal) {
    return this.ask("/staff/rules", { method: "PUT", body: proposal });
  }

  decideRules(verdict) {
    return this.post("/staff/rules/verdicts", verdict);
  }

  rehearse(rules) {
    return this.post("/staff/rules/rehearsal", { rules });
  }

  floods() {
    return this.get("/staff/floods").then(({ items }) => items);
  }

  switchFloodOn(values) {
    return this.post("/staff/floods", values);
  }

  switchFloodOff(id) {
    return this.post(`/staff/floods/${encodeURIComponent(id)}/off`, {});
  }

  get(path) {
    return this.ask(path, {});
  }

  post(path, body, idempotencyKey) {
    return this.ask(path, { method: "POST", body, idempotencyKey });
  }

  async ask(path, options) {
    try {
      return await this.send(path, options);
    } catch (problem) {
      if (problem.status !== 401) throw problem;
    }
    await this.renew();
    try {
      return await this.send(path, options);
    } catch (problem) {
      if (problem.status === 401) this.onEnd();
      throw problem;
    }
  }

  async send(path, { whole, ...options }) {
    const token = await this.token(() => this.session.token());
    const answer = await request(path, { ...options, token });
    return whole ? answer : answer.body;
  }

  renew() {
    return this.token(() => this.session.renew());
  }

  /** The pool's refusal ends the session; its silence is a network that was lost. */
  async token(ask) {
    try {
      return await ask();
    } catch (error) {
      const refused = error.code === "NotAuthorizedException";
      if (refused) this.onEnd();
      throw new Problem(refused ? 401 : 0);
    }
  }
}
