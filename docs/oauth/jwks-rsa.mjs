// npm jwks-rsa with jsonwebtoken: verifies an access token. Reads the token from standard input and prints its claims.
import { readFileSync } from "node:fs";
import jwksClient from "jwks-rsa";
import jwt from "jsonwebtoken";

const { ISSUER, AUDIENCE } = process.env;
const server = await (await fetch(`${ISSUER}/.well-known/oauth-authorization-server`)).json();
const keys = jwksClient({ jwksUri: server.jwks_uri, cache: true, rateLimit: true });
const findKey = (header, done) => keys.getSigningKey(header.kid).then(key => done(null, key.getPublicKey()), done);

const expected = { issuer: ISSUER, audience: AUDIENCE, algorithms: ["ES256"], complete: true };
jwt.verify(readFileSync(0, "utf8").trim(), findKey, expected, (error, token) => {
    // The library does not look at the type (RFC 9068 4).
    if (error || token.header.typ !== "at+jwt")
        throw error ?? new Error("This is no access token.");
    console.log(JSON.stringify(token.payload));
});
