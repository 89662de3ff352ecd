// Signing in: the user pool is called directly, as its own interface asks. It says who somebody is; what an officer
// may do is read from the city's own rows at every request.

const TARGET = "AWSCognitoIdentityProviderService.";

/** The pool refused, or did not answer (`code` "offline"). Codes are the pool's exception names. */
export class IdentityError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** `url` and `client` come from /config.json. Every step answers `{tokens}` or the next `{challenge, session, user}`. */
export class Pool {
  constructor({ url, client, fetch = window.fetch.bind(window) }) {
    this.url = url;
    this.client = client;
    this.fetch = fetch;
  }

  async signIn(user, password) {
    const parameters = { USERNAME: user, PASSWORD: password };
    return step(await this.start("USER_PASSWORD_AUTH", parameters), user);
  }

  /** Tokens again, from the refresh token; the pool answers without a new one, so the old stays. */
  async renew(refresh) {
    const answer = await this.start("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: refresh });
    return { refresh, ...tokens(answer.AuthenticationResult) };
  }

  start(flow, parameters) {
    return this.call("InitiateAuth", { AuthFlow: flow, ClientId: this.client, AuthParameters: parameters });
  }

  newPassword(asked, password) {
    return this.respond(asked, { NEW_PASSWORD: password });
  }

  code(asked, digits) {
    return this.respond(asked, { SOFTWARE_TOKEN_MFA_CODE: digits });
  }

  /** The key for the officer's authenticator app, and the challenge to go on with. */
  async setUpApp(asked) {
    const answer = await this.call("AssociateSoftwareToken", { Session: asked.session });
    return { ...asked, session: answer.Session, key: answer.SecretCode };
  }

  async confirmApp(asked, digits) {
    const answer = await this.call("VerifySoftwareToken", { Session: asked.session, UserCode: digits });
    return this.respond({ ...asked, session: answer.Session }, {});
  }

  async respond({ challenge, session, user }, responses) {
    const answer = await this.call("RespondToAuthChallenge", {
      ChallengeName: challenge,
      ClientId: this.client,
      Session: session,
      ChallengeResponses: { USERNAME: user, ...responses },
    });
    return step(answer, user);
  }

  revoke(refresh) {
    return this.call("RevokeToken", { Token: refresh, ClientId: this.client });
  }

  async call(operation, body) {
    const answer = await this.ask(operation, body);
    const value = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new IdentityError((value.__type ?? "unavailable").split("#").pop());
    return value;
  }

  async ask(operation, body) {
    const headers = { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET + operation };
    try {
      return await this.fetch(this.url, { method: "POST", headers, body: JSON.stringify(body) });
    } catch {
      throw new IdentityError("offline");
    }
  }
}

function step(answer, user) {
  if (answer.AuthenticationResult) return { tokens: tokens(answer.AuthenticationResult) };
  const asked = { challenge: answer.ChallengeName, session: answer.Session };
  return { ...asked, user: answer.ChallengeParameters?.USER_ID_FOR_SRP ?? user };
}

/** `until` is machine time in milliseconds. */
function tokens(result) {
  const found = { access: result.AccessToken, until: Date.now() + result.ExpiresIn * 1000 };
  return result.RefreshToken ? { ...found, refresh: result.RefreshToken } : found;
}
