// Node.js 18 or newer, nothing else. Encrypts what comes in on standard input:
//   printf %s "the secret" | node encrypt.mjs

import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import { readFileSync } from "node:fs";

// Key {{key-id}}
const publicKey = createPublicKey({
  key: Buffer.from("{{base64}}", "base64"),
  format: "der",
  type: "spki",
});

export function encrypt(secret) {
  const oaep = { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
  return publicEncrypt(oaep, Buffer.from(secret, "utf8")).toString("base64");
}

console.log(encrypt(readFileSync(0, "utf8")));
