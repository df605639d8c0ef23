#!/bin/sh
# Makes .venv from a lock file, or finds it made already: `deploy/environment.sh [requirements-dev.lock]`.
#
# Needs Python 3.11 or later and nothing else; uses uv when it is there. PYTHON=… names the interpreter to take.
# What is missing is said in one sentence on standard error, with exit status 2.
set -eu

cd "$(dirname "$0")/.."
lock=${1:-requirements.lock}
python=.venv/bin/python

fail() {
    echo "environment: $*" >&2
    exit 2
}

# A stamp tells which lock, settings and folder the environment was made for: a moved folder breaks its scripts.
stamp_text() {
    cksum "$lock" pyproject.toml
    pwd
}

stamp_of() {
    echo ".venv/made-from-$1"
}

is_made() {
    [ -f "$(stamp_of "$lock")" ] && [ "$(stamp_text)" = "$(cat "$(stamp_of "$lock")")" ] && "$python" -c 'import sys' 2>/dev/null
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# pip comes into a new environment from ensurepip, which Debian packages apart from Python.
can_make_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

choose_python() {
    new_enough=
    found=
    for candidate in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3 python}; do
        version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        found="$found $version"
        is_new_enough "$candidate" || continue
        new_enough=${new_enough:-$version}
        if [ "$with_uv" = yes ] || can_make_venv "$candidate"; then
            chosen=$candidate
            return
        fi
    done
    [ -z "$new_enough" ] || fail "Python $new_enough is here without its venv module: install it" \
        "(on Debian and Ubuntu the package is python$new_enough-venv) and run this again."
    [ -z "$found" ] || fail "Python 3.11 or later is needed and only$found is here: install a newer Python" \
        "(or name one with PYTHON=/path/to/python) and run this again."
    fail "Python 3.11 or later is needed and ${PYTHON:-python3} does not run: install it and run this again."
}

# An environment left half made, or whose Python has gone, is made anew.
is_usable() {
    is_new_enough "$python" && { [ "$with_uv" = yes ] || "$python" -m pip --version >/dev/null 2>&1; }
}

make_venv() {
    choose_python
    rm -rf .venv
    if [ "$with_uv" = yes ]; then
        uv venv --quiet --no-python-downloads --python "$(command -v "$chosen")" .venv
    else
        "$chosen" -m venv .venv
    fi || fail "$chosen could not make .venv; its message stands above."
}

install() {
    if [ "$with_uv" = yes ]; then
        # The service may not write where the program lies, and would compile all of it anew at every start.
        uv pip install --quiet --compile-bytecode --python "$python" "$@"
    else
        "$python" -m pip install --quiet --disable-pip-version-check "$@"
    fi || fail "the packages of $lock could not be installed; the message of $installer stands above." \
        "Check the network and run this again: it goes on where it stopped."
}

[ -f "$lock" ] || fail "there is no $lock in $(pwd)."
is_made && exit 0

if uv --version >/dev/null 2>&1; then
    with_uv=yes installer=uv
else
    with_uv=no installer=pip
fi

rm -f "$(stamp_of "$lock")" 2>/dev/null || fail ".venv cannot be changed by this user: remove it and run this again."
is_usable || make_venv
echo "environment: installing $lock with $installer (a few minutes the first time)"
install --require-hashes -r "$lock"
# setuptools, the build backend, is in the lock: nothing is fetched that the lock does not name.
install --no-deps --no-build-isolation -e .

stamp_text >"$(stamp_of "$lock")"
