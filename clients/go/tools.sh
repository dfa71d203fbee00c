#!/bin/sh
# Generates the package api (generate), or checks all of it (check).
set -eu
cd "$(dirname "$0")"
command -v go >/dev/null || {
  echo "SKIPPED: the client for Go is not checked, since there is no Go." >&2
  exit 0
}
generator=github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2
generate() { go run "$generator" -generate types,client -package api -o "$1" ../openapi.json; }
if [ "${1-}" = generate ]; then
  generate api/api.go
  exit
fi
generated=$(mktemp -d)
trap 'rm -rf "$generated"' EXIT
generate "$generated/api.go"
cmp "$generated/api.go" api/api.go || {
  echo "api/api.go is not what clients/openapi.json makes: run ./gl exec nx run @gospelib/client-go:generate" >&2
  exit 1
}
unformatted=$(gofmt -l .)
[ -z "$unformatted" ] || { echo "not as gofmt writes it: $unformatted" >&2; exit 1; }
go vet ./...
# The race detector needs a C compiler.
command -v cc >/dev/null && race=-race || { race=; echo "SKIPPED: the race detector, since there is no C compiler." >&2; }
go test ${race:+"$race"} -count=1 ./...
