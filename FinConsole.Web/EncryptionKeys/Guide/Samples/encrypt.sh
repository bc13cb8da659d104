#!/bin/sh
# OpenSSL 1.1 or newer. Encrypts what comes in on standard input:
#   printf %s "the secret" | sh encrypt.sh

set -eu
key=$(mktemp)
trap 'rm -f "$key"' EXIT

# Key {{key-id}}
cat >"$key" <<'PEM'
{{pem}}
PEM

openssl pkeyutl -encrypt -pubin -inkey "$key" \
    -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256 \
    | openssl base64 -A
