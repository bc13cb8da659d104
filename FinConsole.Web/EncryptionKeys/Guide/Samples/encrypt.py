# Python 3.8 or newer with the package "cryptography". Encrypts what comes in on standard input:
#   printf %s "the secret" | python3 encrypt.py

import base64
import sys

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_der_public_key

# Key {{key-id}}
PUBLIC_KEY = load_der_public_key(base64.b64decode("{{base64}}"))


def encrypt(secret: str) -> str:
    oaep = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
    return base64.b64encode(PUBLIC_KEY.encrypt(secret.encode("utf-8"), oaep)).decode("ascii")


print(encrypt(sys.stdin.buffer.read().decode("utf-8")))
