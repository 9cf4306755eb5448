#!/bin/sh
# Makes .venv from the locks, and installs what the browser tests need.
#
#   setup.sh run       .venv with what running needs
#   setup.sh test      .venv with what the tests need besides
#   setup.sh browser   Chromium and Node, by apt when root
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

# install PACKAGE...: by apt when root; otherwise name the command and stop.
install() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "apt-get install $*"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    else
        say "Thiếu: $*. Hãy chạy lệnh sau rồi thử lại:"
        say "    sudo apt install $*"
        exit 1
    fi
}

# try_install PACKAGE: by apt when root and apt knows it; otherwise nothing.
try_install() {
    if [ "$(id -u)" = 0 ] && apt-cache show "$1" >/dev/null 2>&1; then
        (install "$1") || say "Không cài được $1, tiếp tục không có nó."
    fi
}

make_venv() {
    command -v "$PYTHON" >/dev/null || install python3
    if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        say "Cần Python 3.11 trở lên; $PYTHON là $("$PYTHON" --version). Chỉ định bằng PYTHON=..."
        exit 1
    fi
    if [ ! -x .venv/bin/python ]; then
        "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || install python3-venv
        say "Tạo .venv ..."
        "$PYTHON" -m venv .venv
    fi
}

# The locks hold exact versions; the build tools are among them, so nothing else is fetched.
pip_install() {
    say "Cài các thư viện trong $1 (lần đầu mất vài phút) ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$1"
    # What pip says of an editable installation matters only when it fails.
    if ! said=$(.venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-deps --no-build-isolation -e . 2>&1); then
        say "$said"
        exit 1
    fi
}

case "$1" in
run)
    make_venv
    pip_install requirements.lock
    touch .venv/run
    ;;
test)
    make_venv
    pip_install requirements-dev.lock
    touch .venv/run .venv/test
    ;;
browser)
    command -v chromium >/dev/null || install chromium
    # The same Chromium without its windows: pages open in a third of the time. It can be done without.
    command -v chromium-headless-shell >/dev/null || try_install chromium-headless-shell
    command -v pdftotext >/dev/null || install poppler-utils
    command -v npm >/dev/null || install nodejs npm
    if [ ! -f voila_templates/node_modules/.package-lock.json ] ||
        [ voila_templates/package-lock.json -nt voila_templates/node_modules/.package-lock.json ]; then
        npm --prefix voila_templates ci --no-audit --no-fund --loglevel=error
    fi
    ;;
*)
    say "setup.sh run | test | browser"
    exit 2
    ;;
esac
