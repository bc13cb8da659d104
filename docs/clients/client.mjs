// A client of a FinConsole API token. Node.js 18 or newer, nothing else.
//
// The token comes from the environment, and stands in no argument and no line of output:
//   FINCONSOLE_URL    https://console.example.com
//   FINCONSOLE_TOKEN  the API token
//   FINCONSOLE_TOKEN_FILE             optional: where a rotated token is kept; read first at the next start
//   FINCONSOLE_EMAIL, FINCONSOLE_PASSWORD   for "account" alone
//
//   node client.mjs whoami          whose token it is
//   node client.mjs encrypt         encrypts a PIN from standard input for this tenant
//   node client.mjs stream COUNT    so many requests, and the token's own rotation in the middle of them
//   node client.mjs account         signs in as a member, calls, refreshes the access token, and calls again

import { constants, createPublicKey, publicEncrypt, randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const url = (process.env.FINCONSOLE_URL ?? "http://localhost:5080").replace(/\/$/, "");
const tokenFile = process.env.FINCONSOLE_TOKEN_FILE;
const timeout = 5_000;
const tries = 6;
const longestWait = 30_000;

// The server said no; its code says why. Never holds a token.
class Refused extends Error {
  constructor(status, code) {
    super(`${status} ${code}`);
    this.status = status;
  }
}

// One request, tried again while trying again can help. POSTs are repeated under one Idempotency-Key.
async function send(method, path, credential, { body, headers } = {}) {
  for (let attempt = 0; ; attempt++) {
    const last = attempt === tries - 1;
    let answer;
    let text;
    try {
      answer = await fetch(url + path, {
        method,
        redirect: "error",
        signal: AbortSignal.timeout(timeout),
        body: body === undefined ? undefined : JSON.stringify(body),
        headers: {
          Accept: "application/json",
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(credential ? { Authorization: `Bearer ${credential}` } : {}),
          ...headers,
        },
      });
      text = await answer.text();
    } catch (failure) {
      // No connection, or no answer in time.
      if (last) throw failure;
      await pause(attempt, 0);
      continue;
    }
    if (answer.ok) return text ? JSON.parse(text) : null;
    if (![429, 502, 503, 504].includes(answer.status) || last) throw new Refused(answer.status, codeOf(text));
    await pause(attempt, Number(answer.headers.get("Retry-After")) || 0);
  }
}

function codeOf(problem) {
  try {
    return JSON.parse(problem).code ?? "";
  } catch {
    return "";
  }
}

// What the server asks for, and never less; beyond that exponential backoff with full jitter, so that clients spread out.
function pause(attempt, atLeastSeconds) {
  const backoff = Math.random() * Math.min(longestWait, 200 * 2 ** attempt);
  return sleep(Math.min(atLeastSeconds * 1000 + backoff, 120_000));
}

// The token in use. Requests under way during a rotation are sent again with the new one.
class Token {
  #text;
  #rotation = Promise.resolve();

  constructor(text) {
    this.#text = text;
  }

  async call(method, path, options) {
    const used = this.#text;
    try {
      return await send(method, path, used, options);
    } catch (failure) {
      if (failure.status !== 401) throw failure;
      await this.#rotation;
      if (this.#text === used) throw failure;
      return send(method, path, this.#text, options);
    }
  }

  rotate() {
    this.#rotation = this.#replace();
    return this.#rotation;
  }

  // Create, keep, verify, switch. The new token's first use retires the old one.
  async #replace() {
    const made = await send("POST", "/user/regenerate-api-key", this.#text, { headers: { "Idempotency-Key": randomUUID() } });
    keep(made.secret);
    const verified = await send("GET", "/api/v1/whoami", made.secret);
    if (verified.token.id !== made.id) throw new Error("The new token is not the one that was made.");
    this.#text = made.secret;
  }
}

// Before the first use: whatever happens then, the next start has a token that works.
function keep(secret) {
  if (!tokenFile) return;
  writeFileSync(`${tokenFile}.new`, secret, { mode: 0o600, flush: true });
  renameSync(`${tokenFile}.new`, tokenFile);
}

// A member's access token, refreshed before it expires.
class Account {
  #pair;
  #until;

  static async signIn() {
    const account = new Account();
    account.#take(await send("POST", "/api/v1/auth/login", null, { body: { email: process.env.FINCONSOLE_EMAIL, password: process.env.FINCONSOLE_PASSWORD } }));
    return account;
  }

  #take(pair) {
    this.#pair = pair;
    this.#until = performance.now() + pair.expiresIn * 1000;
  }

  async refresh() {
    this.#take(await send("POST", "/api/v1/auth/refresh", null, { body: { refreshToken: this.#pair.refreshToken } }));
  }

  async call(method, path) {
    if (performance.now() > this.#until - 60_000) await this.refresh();
    return send(method, path, this.#pair.accessToken);
  }

  logout() {
    return send("POST", "/api/v1/auth/logout", this.#pair.accessToken);
  }
}

async function encrypt(token, secret) {
  const { kid, publicKey } = await token.call("GET", "/api/v1/encryption-keys/current");
  const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  const oaep = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
  return [kid, publicEncrypt(oaep, Buffer.from(secret, "utf8")).toString("base64")];
}

// Four at a time; the token is rotated when half of them are on their way.
async function stream(token, count) {
  const answers = [];
  let next = 0;
  const work = async () => {
    for (let number = next++; number < count; number = next++) {
      if (number === Math.floor(count / 2)) await token.rotate();
      answers.push(await token.call("GET", "/api/v1/whoami").then(() => true, () => false));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return answers;
}

const [command = "whoami", argument] = process.argv.slice(2);
if (command === "account") {
  const account = await Account.signIn();
  console.log((await account.call("GET", "/api/v1/whoami")).member.email);
  await account.refresh();
  console.log((await account.call("GET", "/api/v1/whoami")).member.email);
  await account.logout();
} else {
  const token = new Token(tokenFile && existsSync(tokenFile) ? readFileSync(tokenFile, "utf8").trim() : process.env.FINCONSOLE_TOKEN);
  if (command === "encrypt") {
    console.log((await encrypt(token, readFileSync(0, "utf8"))).join("\n"));
  } else if (command === "stream") {
    const answers = await stream(token, Number(argument));
    const failed = answers.filter((good) => !good).length;
    const { masked } = (await token.call("GET", "/api/v1/whoami")).token;
    console.log(`${answers.length - failed} answered, ${failed} failed, rotated to ${masked}`);
    process.exitCode = failed ? 1 : 0;
  } else {
    const me = await token.call("GET", "/api/v1/whoami");
    console.log(`${me.token.name} of ${me.tenant.name}, ${me.token.daysLeft} days left`);
  }
}
