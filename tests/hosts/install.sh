#!/usr/bin/env bash
# Installs the programs that the tests beside this file need, with apt-get and as root only, and names on a line of its
# own each that is then still not found. Tests that need one of those are skipped.
set -euo pipefail

# What is looked for, and the package of Debian that has it; a file with a slash, or else a command.
programs=(
    "/usr/bin/chromium chromium"
    "soffice libreoffice-calc"
    "/usr/share/i18n/locales/tr_TR locales"
    "localedef libc-bin"
    "node nodejs"
    "npm npm"
)

there() {
    case "$1" in
        */*) [ -e "$1" ] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

packages=()
for program in "${programs[@]}"; do
    read -r name package <<<"$program"
    if ! there "$name"; then packages+=("$package"); fi
done

if [ ${#packages[@]} -gt 0 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    echo "+ apt-get install ${packages[*]}"
    apt-get update -qq || true
    for package in "${packages[@]}"; do
        apt-get install -y -qq --no-install-recommends "$package" >/dev/null || true
    done
fi

for program in "${programs[@]}"; do
    read -r name package <<<"$program"
    if ! there "$name"; then echo "not found: $name; Debian has it in $package"; fi
done
if there npm && ! npm view typescript version >/dev/null 2>&1; then
    echo "not found: the registry of npm; nothing can be fetched from it"
fi
