#!/usr/bin/env bash
# Creates the certificates in this directory. The key of the CA is deleted at the end.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }

# sign NAME SUBJECT FROM TO EXTENSIONS OPTION...: creates a certificate NAME.pem for the key in $key.
sign() {
    local name=$1 subject=$2 from=$3 to=$4
    printf '%b' "$5" >"$work/extensions"
    shift 5
    openssl req -new -key "$key" -subj "/CN=$subject" -out "$work/request"
    openssl ca -batch -notext -config "$work/config" -in "$work/request" -extfile "$work/extensions" \
        -startdate "$from" -enddate "$to" -out "$name.pem" "$@"
}

touch "$work/index"
cat >"$work/config" <<END
[ca]
default_ca = test
[test]
database = $work/index
new_certs_dir = $work
rand_serial = yes
unique_subject = no
default_md = sha256
policy = policy
[policy]
commonName = supplied
END

from=20000101000000Z
to=22000101000000Z
server='basicConstraints = critical, CA:FALSE\nextendedKeyUsage = serverAuth\nsubjectAltName = '
here=IP:127.0.0.2

key=$work/ca.key
key "$key"
sign ca 'authctl test CA' $from $to \
    'basicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign\n' -selfsign -keyfile "$key"
by_ca=(-cert ca.pem -keyfile "$work/ca.key")

key=server.key
key "$key"
sign trusted 'authctl test' $from $to "$server$here\n" "${by_ca[@]}"
sign expired 'authctl test, expired' $from 20010101000000Z "$server$here\n" "${by_ca[@]}"
sign other-name 'authctl test, another name' $from $to "${server}DNS:other.example, IP:127.0.0.3\n" "${by_ca[@]}"
sign self-signed 'authctl test, self-signed' $from $to "$server$here\n" -selfsign -keyfile "$key"
