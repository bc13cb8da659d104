"""Python authlib (1.2 or newer) with requests: python3 authlib_client.py verify|introspect|revoke. Reads the token from standard input."""
import json
import os
import sys

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken

issuer = os.environ["ISSUER"]
token = sys.stdin.read().strip()
server = requests.get(issuer + "/.well-known/oauth-authorization-server", timeout=10).json()


def verify():
    keys = JsonWebKey.import_key_set(requests.get(server["jwks_uri"], timeout=10).json())
    claims = JsonWebToken(["ES256"]).decode(token, keys, claims_options={
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": os.environ["AUDIENCE"]},
        "exp": {"essential": True},
    })
    claims.validate(leeway=30)
    # The library does not look at the type (RFC 9068 4).
    if claims.header["typ"] != "at+jwt":
        raise ValueError("This is no access token.")
    return claims


def session():
    # The client's id may be anything: the service token says whose it is. The library uses this method for introspection too.
    method = os.environ.get("CLIENT_AUTH", "client_secret_basic")
    return OAuth2Session("ledger", os.environ.get("SERVICE_TOKEN"), revocation_endpoint_auth_method=method)


def introspect():
    response = session().introspect_token(server["introspection_endpoint"], token=token)
    response.raise_for_status()
    return response.json()


def revoke():
    session().revoke_token(server["revocation_endpoint"], token=token).raise_for_status()
    return {}


print(json.dumps({"verify": verify, "introspect": introspect, "revoke": revoke}[sys.argv[1]]()))
