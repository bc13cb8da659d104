// npm openid-client: node openid-client.mjs introspect|revoke. Reads the token from standard input.
import { readFileSync } from "node:fs";
import * as client from "openid-client";

const { ISSUER, SERVICE_TOKEN, CLIENT_AUTH } = process.env;
const issuer = new URL(ISSUER);
const authentication = {
    client_secret_basic: () => client.ClientSecretBasic(SERVICE_TOKEN),
    client_secret_post: () => client.ClientSecretPost(SERVICE_TOKEN),
    none: () => client.None(),
}[CLIENT_AUTH ?? "client_secret_basic"]();
// Cleartext is for a console on this machine alone.
const options = issuer.protocol === "http:" ? { execute: [client.allowInsecureRequests] } : {};
// The client's id may be anything: the service token says whose it is.
const server = await client.discovery(issuer, "ledger", undefined, authentication, options);

const token = readFileSync(0, "utf8").trim();
try {
    const action = process.argv[2] === "revoke" ? client.tokenRevocation : client.tokenIntrospection;
    console.log(JSON.stringify((await action(server, token)) ?? {}));
} catch (error) {
    console.error(error.code, error.error ?? error.message);
    process.exitCode = 1;
}
