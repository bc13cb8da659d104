"""PyJWT (2.6 or newer, with cryptography): verifies an access token. Reads the token from standard input and prints its claims."""
import json
import os
import sys
import urllib.request

import jwt

issuer = os.environ["ISSUER"]
token = sys.stdin.read().strip()
with urllib.request.urlopen(issuer + "/.well-known/oauth-authorization-server", timeout=10) as response:
    server = json.load(response)

key = jwt.PyJWKClient(server["jwks_uri"]).get_signing_key_from_jwt(token).key
# The library does not look at the type (RFC 9068 4).
if jwt.get_unverified_header(token)["typ"] != "at+jwt":
    raise ValueError("This is no access token.")
print(json.dumps(jwt.decode(
    token, key, algorithms=["ES256"], issuer=issuer, audience=os.environ["AUDIENCE"], leeway=30,
    options={"require": ["iss", "aud", "exp", "iat", "sub", "client_id", "jti"]})))
