// An officer's session in this tab: the access token in memory only, the refresh token in sessionStorage.

import { tab } from "../short_store.js";
import { IdentityError } from "./identity.js";

const KEY = "tanggap.refresh";
const EARLY = 90_000; // ms before the end of the access token at which it is renewed

export class Session {
  constructor({ pool, storage = tab }) {
    this.pool = pool;
    this.storage = storage;
    this.tokens = null;
    this.renewing = null;
  }

  /** Whether the tab held a session when it was last open. */
  get kept() {
    return Boolean(this.storage.get(KEY));
  }

  begin(tokens) {
    this.tokens = tokens;
    this.storage.set(KEY, tokens.refresh);
  }

  /** An access token that is good for a while yet. Rejects with an IdentityError. */
  async token() {
    if (!this.tokens || Date.now() > this.tokens.until - EARLY) await this.renew();
    return this.tokens.access;
  }

  /** At most one renewal at a time, whoever asks. A refusal ends the session here; a lost network does not. */
  renew() {
    this.renewing ??= this.renewed().finally(() => (this.renewing = null));
    return this.renewing;
  }

  async renewed() {
    const refresh = this.storage.get(KEY);
    if (!refresh) throw new IdentityError("NotAuthorizedException");
    try {
      this.begin(await this.pool.renew(refresh));
    } catch (error) {
      if (error.code === "NotAuthorizedException") this.forget();
      throw error;
    }
  }

  forget() {
    this.tokens = null;
    this.storage.remove(KEY);
  }

  /** Signed out here at once, and at the pool as soon as it answers. */
  async end() {
    const refresh = this.storage.get(KEY);
    this.forget();
    if (refresh) await this.pool.revoke(refresh).catch(() => {});
  }
}
