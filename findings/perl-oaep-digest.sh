#!/usr/bin/env bash
# Perl's Crypt::OpenSSL::RSA 0.33: use_sha256_hash chooses the digest of signatures alone. With use_pkcs1_oaep_padding it is taken without
# a word, and OAEP goes on using SHA-1 for both of its digests: a peer that wants SHA-256 cannot decrypt, and the code looks right.
# Needs perl with Debian's libcrypt-openssl-rsa-perl, and openssl. Exits 1 when this changes.
set -euo pipefail
perl -MCrypt::OpenSSL::RSA -e 1 2>/dev/null || { echo "Install libcrypt-openssl-rsa-perl." >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem 2>/dev/null || openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem 2>/dev/null
openssl pkey -in private.pem -pubout -out public.pem
perl -MCrypt::OpenSSL::RSA -e '
    local $/; open(my $file, "<", "public.pem"); my $key = Crypt::OpenSSL::RSA->new_public_key(<$file>);
    $key->use_pkcs1_oaep_padding; $key->use_sha256_hash;
    print $key->encrypt("secret");' >ciphertext
opens() {
    openssl pkeyutl -decrypt -inkey private.pem -in ciphertext -pkeyopt rsa_padding_mode:oaep -pkeyopt "rsa_oaep_md:$1" -pkeyopt "rsa_mgf1_md:$1" 2>/dev/null || echo "cannot decrypt"
}
echo "Crypt::OpenSSL::RSA $(perl -MCrypt::OpenSSL::RSA -e 'print Crypt::OpenSSL::RSA->VERSION'), $(openssl version)"
echo "openssl with SHA-256: $(opens sha256)"
echo "openssl with SHA-1:   $(opens sha1)"
[ "$(opens sha256)" = "cannot decrypt" ] && [ "$(opens sha1)" = secret ] || { echo "This changed."; exit 1; }
