// npm jose: verifies an access token. Reads the token from standard input and prints its claims.
import { readFileSync } from "node:fs";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { ISSUER, AUDIENCE } = process.env;
const server = await (await fetch(`${ISSUER}/.well-known/oauth-authorization-server`)).json();
// Keeps the keys, and asks again when a token names another one.
const keys = createRemoteJWKSet(new URL(server.jwks_uri));

const expected = { issuer: ISSUER, audience: AUDIENCE, typ: "at+jwt", algorithms: ["ES256"] };
const { payload } = await jwtVerify(readFileSync(0, "utf8").trim(), keys, expected);
console.log(JSON.stringify(payload));
