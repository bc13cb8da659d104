"""A client of a FinConsole API token. Python 3.8 or newer with the package "cryptography".

The token comes from the environment, and stands in no argument and no line of output:
  FINCONSOLE_URL    https://console.example.com
  FINCONSOLE_TOKEN  the API token
  FINCONSOLE_TOKEN_FILE             optional: where a rotated token is kept; read first at the next start
  FINCONSOLE_EMAIL, FINCONSOLE_PASSWORD   for "account" alone

  python3 client.py whoami          whose token it is
  python3 client.py encrypt         encrypts a PIN from standard input for this tenant
  python3 client.py stream COUNT    so many requests, and the token's own rotation in the middle of them
  python3 client.py account         signs in as a member, calls, refreshes the access token, and calls again
"""
import base64
import json
import os
import random
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_der_public_key

URL = os.environ.get("FINCONSOLE_URL", "http://localhost:5080").rstrip("/")
TOKEN_FILE = os.environ.get("FINCONSOLE_TOKEN_FILE")
TIMEOUT_SECONDS = 5
TRIES = 6
LONGEST_WAIT_SECONDS = 30


class Refused(Exception):
    """The server said no; its code says why. Never holds a token."""

    def __init__(self, status, code):
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


def send(method, path, credential, body=None, headers=()):
    """One request, tried again while trying again can help. POSTs are repeated under one Idempotency-Key."""
    for attempt in range(TRIES):
        last = attempt == TRIES - 1
        request = urllib.request.Request(URL + path, method=method, data=None if body is None else json.dumps(body).encode())
        request.add_header("Accept", "application/json")
        if body is not None:
            request.add_header("Content-Type", "application/json")
        if credential:
            request.add_header("Authorization", "Bearer " + credential)
        for name, value in headers:
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as refusal:
            with refusal:
                problem = refusal.read()
            if refusal.code not in (429, 502, 503, 504) or last:
                raise Refused(refusal.code, code_of(problem)) from None
            wait = refusal.headers.get("Retry-After", "")
            pause(attempt, int(wait) if wait.isdigit() else 0)
        except OSError:
            # No connection, or no answer in time.
            if last:
                raise
            pause(attempt, 0)


def code_of(problem):
    try:
        return json.loads(problem).get("code", "")
    except ValueError:
        return ""


def pause(attempt, at_least):
    """What the server asks for, and never less; beyond that exponential backoff with full jitter, so that clients spread out."""
    backoff = random.uniform(0, min(LONGEST_WAIT_SECONDS, 0.2 * 2**attempt))
    time.sleep(min(at_least + backoff, 2 * 60))


class Token:
    """The token in use. Requests under way during a rotation are sent again with the new one."""

    def __init__(self, text):
        self._text, self._rotating = text, threading.Lock()

    def call(self, method, path, body=None):
        used = self._text
        try:
            return send(method, path, used, body)
        except Refused as refusal:
            if refusal.status != 401:
                raise
            with self._rotating:
                current = self._text
            if current == used:
                raise
            return send(method, path, current, body)

    def rotate(self):
        """Create, keep, verify, switch. The new token's first use retires the old one."""
        with self._rotating:
            made = send("POST", "/user/regenerate-api-key", self._text, headers=[("Idempotency-Key", str(uuid.uuid4()))])
            keep(made["secret"])
            verified = send("GET", "/api/v1/whoami", made["secret"])
            if verified["token"]["id"] != made["id"]:
                raise RuntimeError("The new token is not the one that was made.")
            self._text = made["secret"]


def keep(secret):
    """Before the first use: whatever happens then, the next start has a token that works."""
    if not TOKEN_FILE:
        return
    handle = os.open(TOKEN_FILE + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    os.replace(TOKEN_FILE + ".new", TOKEN_FILE)


class Account:
    """A member's access token, refreshed before it expires."""

    def __init__(self):
        self._take(send("POST", "/api/v1/auth/login", None, {"email": os.environ["FINCONSOLE_EMAIL"], "password": os.environ["FINCONSOLE_PASSWORD"]}))

    def _take(self, pair):
        self._access, self._refresh, self._until = pair["accessToken"], pair["refreshToken"], time.monotonic() + pair["expiresIn"]

    def refresh(self):
        self._take(send("POST", "/api/v1/auth/refresh", None, {"refreshToken": self._refresh}))

    def call(self, method, path):
        if time.monotonic() > self._until - 60:
            self.refresh()
        return send(method, path, self._access)

    def logout(self):
        send("POST", "/api/v1/auth/logout", self._access)


def encrypt(token, secret):
    key = token.call("GET", "/api/v1/encryption-keys/current")
    oaep = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
    return key["kid"], base64.b64encode(load_der_public_key(base64.b64decode(key["publicKey"])).encrypt(secret.encode("utf-8"), oaep)).decode("ascii")


def stream(token, count):
    """Four at a time; the token is rotated when half of them are on their way."""

    def one(number):
        if number == count // 2:
            token.rotate()
        try:
            token.call("GET", "/api/v1/whoami")
            return True
        except (Refused, OSError):
            return False

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(one, range(count)))


def main():
    command = sys.argv[1] if len(sys.argv) > 1 else "whoami"
    if command == "account":
        account = Account()
        print(account.call("GET", "/api/v1/whoami")["member"]["email"])
        account.refresh()
        print(account.call("GET", "/api/v1/whoami")["member"]["email"])
        account.logout()
        return 0

    token = Token(open(TOKEN_FILE).read().strip() if TOKEN_FILE and os.path.exists(TOKEN_FILE) else os.environ["FINCONSOLE_TOKEN"])
    if command == "encrypt":
        kid, ciphertext = encrypt(token, sys.stdin.read())
        print(kid)
        print(ciphertext)
    elif command == "stream":
        answers = stream(token, int(sys.argv[2]))
        print(f"{answers.count(True)} answered, {answers.count(False)} failed, rotated to {token.call('GET', '/api/v1/whoami')['token']['masked']}")
        return 0 if all(answers) else 1
    else:
        me = token.call("GET", "/api/v1/whoami")
        print(f"{me['token']['name']} of {me['tenant']['name']}, {me['token']['daysLeft']} days left")
    return 0


if __name__ == "__main__":
    sys.exit(main())
