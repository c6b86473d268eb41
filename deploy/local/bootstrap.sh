#!/bin/sh
# Make .venv with the locked packages: bootstrap.sh LOCKFILE
# Does nothing when that was done before and neither the lock file nor Python has changed.
set -eu
cd "$(dirname "$0")/../.."
lock=${1:-requirements.txt}
python=.venv/bin/python
stamp=.venv/installed-${lock%.txt}

say() { printf '%s\n' "$*" >&2; }

digest() { "$python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"; }

is_wanted_python() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1; }

find_python() {
    if command -v uv >/dev/null 2>&1; then
        found=$(uv python find --no-python-downloads --no-project 3.13 2>/dev/null || true)
        [ -n "$found" ] && is_wanted_python "$found" && { echo "$found"; return; }
    fi
    for candidate in python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python "$HOME"/.pyenv/versions/3.13*/bin/python \
        python3 /usr/local/bin/python3.13; do
        is_wanted_python "$candidate" && { command -v "$candidate"; return; }
    done
    # uv may be able to fetch one.
    if command -v uv >/dev/null 2>&1 && uv python install 3.13 >&2; then
        uv python find --no-project 3.13
        return
    fi
    return 1
}

if ! is_wanted_python "$python"; then
    if ! base=$(find_python); then
        say "Videnbro needs Python 3.13, and none was found (looked for: uv, python3.13, ~/.pyenv/versions/3.13*)."
        say "Get one with 'uv python install 3.13' or 'pyenv install 3.13', or from your system's packages, and start again."
        exit 1
    fi
    say "Making .venv with $base"
    rm -rf .venv
    "$base" -m venv .venv
fi

wanted=$(digest "$lock")
[ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && exit 0

say "Installing the packages of $lock"
# Packages come from the index that pip or uv is set up with; the hashes say which files are accepted.
if command -v uv >/dev/null 2>&1; then
    installer="uv pip install --quiet --python $python"
else
    installer="$python -m pip install --quiet --disable-pip-version-check"
fi
if ! $installer --require-hashes -r "$lock"; then
    say "The packages of $lock could not be installed (see above). Is there a network?"
    exit 1
fi
echo "$wanted" >"$stamp"
# The development packages include the ones to run with.
[ "$lock" = requirements-dev.txt ] && digest requirements.txt >.venv/installed-requirements
exit 0
