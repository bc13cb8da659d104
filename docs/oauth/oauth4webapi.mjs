// npm oauth4webapi: node oauth4webapi.mjs verify|introspect|revoke. Reads the token from standard input.
import { readFileSync } from "node:fs";
import * as oauth from "oauth4webapi";

const { ISSUER, AUDIENCE, SERVICE_TOKEN, CLIENT_AUTH } = process.env;
const issuer = new URL(ISSUER);
// Cleartext is for a console on this machine alone.
const options = { [oauth.allowInsecureRequests]: issuer.protocol === "http:" };
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...options, algorithm: "oauth2" }));

// The client's id may be anything: the service token says whose it is.
const client = { client_id: "ledger" };
const authenticate = () => ({
    client_secret_basic: () => oauth.ClientSecretBasic(SERVICE_TOKEN),
    client_secret_post: () => oauth.ClientSecretPost(SERVICE_TOKEN),
    bearer: () => (as, client, body, headers) => headers.set("authorization", `Bearer ${SERVICE_TOKEN}`),
    none: () => oauth.None(),
})[CLIENT_AUTH ?? "client_secret_basic"]();

const token = readFileSync(0, "utf8").trim();
const actions = {
    // Strictly by RFC 9068; "request" is what your API received.
    async verify() {
        const request = new Request(AUDIENCE, { headers: { authorization: `Bearer ${token}` } });
        return await oauth.validateJwtAccessToken(server, request, AUDIENCE, options);
    },
    async introspect() {
        const response = await oauth.introspectionRequest(server, client, authenticate(), token, options);
        return await oauth.processIntrospectionResponse(server, client, response);
    },
    async revoke() {
        await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, authenticate(), token, options));
        return {};
    },
};
try {
    console.log(JSON.stringify(await actions[process.argv[2]]()));
} catch (error) {
    // What the server said: error and error_description of RFC 6749.
    console.error(error.code, error.error ?? error.message);
    process.exitCode = 1;
}
