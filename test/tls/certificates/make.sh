#!/bin/sh
# Makes the certificates of the tests, in this folder. They are committed, so that the tests need no openssl, and are valid
# from 2020 to 2120. The keys are used by nothing else.
#
#   usage: sh test/tls/certificates/make.sh
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: > "$work/index.txt"
cat > "$work/ca.conf" << END
[ca]
default_ca = authority
[authority]
database = $work/index.txt
new_certs_dir = $work
certificate = ca.pem
private_key = $work/ca-key.pem
default_md = sha256
policy = any
rand_serial = yes
unique_subject = no
[any]
commonName = supplied
END

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out "$1"; }

# sign <request> <certificate> <extensions> <last day> [<option of ca> …]
sign() {
  printf "$3\n" > "$work/extensions"
  request=$1 certificate=$2 end=$4
  shift 4
  openssl ca -batch -notext -config "$work/ca.conf" -in "$request" -out "$certificate" -extfile "$work/extensions" \
    -startdate 20200101000000Z -enddate "${end}000000Z" "$@"
}

# Python 3.13 requires them.
IDENTIFIERS='subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid'

# make <name> <common name> <names> <last day>
make() {
  key "$1-key.pem"
  openssl req -new -key "$1-key.pem" -subj "/CN=$2" -out "$work/$1.csr"
  sign "$work/$1.csr" "$1.pem" "subjectAltName=$3\nbasicConstraints=CA:FALSE\n$IDENTIFIERS" "$4"
}

# The authority that signs the others. Its key is not kept.
key "$work/ca-key.pem"
openssl req -new -key "$work/ca-key.pem" -subj '/CN=Berkeley test authority' -out "$work/ca.csr"
sign "$work/ca.csr" ca.pem "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash" 21200101 -selfsign -keyfile "$work/ca-key.pem"

make server localhost 'DNS:localhost,IP:127.0.0.1,IP:::1' 21200101
make other other.example 'DNS:other.example' 21200101
make client 'a client' 'DNS:client.example' 21200101
make expired localhost 'DNS:localhost,IP:127.0.0.1' 20200201
