#!/bin/sh
# Generates the models (generate), or checks all of it (check), with Python's tools at the versions of requirements.txt.
set -eu
cd "$(dirname "$0")"
command -v python3 >/dev/null && python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "SKIPPED: the client for Python is not checked, since there is no Python 3.11 or newer." >&2
  exit 0
}
venv=../../.gl/python
if [ ! -f "$venv/ready" ] || [ requirements.txt -nt "$venv/ready" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r requirements.txt
  touch "$venv/ready"
fi
PATH=$PWD/$venv/bin:$PATH
models=src/gospelib/models.py
generate() { datamodel-codegen --output "$1" 2>/dev/null; }
if [ "${1-}" = generate ]; then
  generate "$models"
  exit
fi
# Beside it: how long a line may be is read from pyproject.toml.
generated=src/gospelib/models.generated.py
trap 'rm -f "$generated"' EXIT
generate "$generated"
cmp "$generated" "$models" || {
  echo "$models is not what clients/openapi.json makes: run ./gl exec nx run @gospelib/client-python:generate" >&2
  exit 1
}
rm "$generated"
ruff check .
ruff format --check .
mypy src tests
pytest
