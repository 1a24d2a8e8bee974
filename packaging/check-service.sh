#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-service.sh: boots a fresh Debian 12 whose systemd runs keywheel-headless of `make build-all`,
# word for word as docs/server.md says, and sees that the services are up at once, confined, restarted,
# stopped, and down when their settings are bad.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    systemctl --no-pager status keywheel || true
    journalctl --no-pager -u keywheel
    echo "$*"
    exit 1
}

# In the chroot: what the package needs, since the booted system has no network.
prepare() {
    apt-get update
    apt-get install -y --no-install-recommends curl dbus-user-session libpam-systemd openssl sudo \
        systemd-sysv /source/build/packages/keywheel-headless_*.deb
    dpkg --purge keywheel-headless
    useradd --create-home --shell /bin/bash person
    install -D /dev/null /var/lib/systemd/linger/person
    install -D -t /root/build/packages /source/build/packages/keywheel-headless_*.deb
    install -D /source/packaging/check-service.sh /root/packaging/check-service.sh
    cat >/etc/systemd/system/check.service <<'END'
[Unit]
SuccessAction=exit
FailureAction=exit
[Service]
Type=oneshot
ExecStart=/root/packaging/check-service.sh --booted
StandardOutput=append:/var/log/check
StandardError=inherit
Environment=HOME=/root LANG=C.UTF-8 "SUDO_EDITOR=/root/packaging/check-service.sh --edit"
[Install]
WantedBy=multi-user.target
END
    systemctl enable check
}

# Of the running service: a property of its process.
process() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$(systemctl show -P MainPID keywheel)/status"; }
health() { curl -fs http://127.0.0.1:3000/health; }

system_service() {
    local user
    bash -euo pipefail /root/blocks/install || fail "the first block of docs/server.md ends with $?"
    [[ $(health | tr -d ' \n') == *'"total":1'[^0-9]* ]] || fail "it does not answer"
    user=$(process Uid | cut -f1)
    [[ $user != 0 && $(process CapEff) == 0000000000000000 && $(process Seccomp) == 2 ]] ||
        fail "it is not confined: $user, $(process CapEff), $(process Seccomp)"
    [[ $(stat -Lc %a-%u /var/lib/keywheel) == "700-$user" ]] || fail "its state folder is not its own"

    echo 'PORT=3001' >>/etc/keywheel/keywheel.env
    bash -euo pipefail /root/blocks/restart || fail "the restart ends with $?"
    ! health || fail "the restart did not read the settings"
    keywheel health --port 3001 || fail "it does not answer on its new port"

    echo 'PORT=none' >>/etc/keywheel/keywheel.env
    ! systemctl restart keywheel 2>/dev/null || fail "a bad setting starts"
    [[ $(systemctl show -P ExecMainStatus keywheel) == 2 && $(systemctl show -P NRestarts keywheel) == 0 ]] ||
        fail "a bad setting does not end it for good"
    journalctl --no-pager -u keywheel | grep -q 'PORT.*none' || fail "the journal does not name the bad setting"
    systemctl disable --quiet --now keywheel
}

user_service() {
    install -d -o person -m 700 /home/person/.config /home/person/.config/keywheel
    install -o person -m 600 <(echo KEYS_FILE=keys.txt) /home/person/.config/keywheel/.env
    install -o person -m 600 <(echo sk-test-0123456789abcdef) /home/person/.config/keywheel/keys.txt
    as_person() { setpriv --reuid person --regid person --init-groups env -C /home/person HOME=/home/person \
        XDG_RUNTIME_DIR="/run/user/$(id -u person)" "$@"; }
    as_person bash -euo pipefail -c "$(</root/blocks/user)" || fail "the user's service ends with $?"
    as_person keywheel health | grep -q '1 healthy' || fail "the user's service has no key"
    as_person keywheel keys list | grep -q 'sk-t' || fail "keys list"
    as_person systemctl --user disable --quiet --now keywheel
    ! health || fail "the user's service goes on"
}

case ${1:-} in
--inside)
    mkdir /root/blocks
    echo "$2" >/root/blocks/install
    echo "$3" >/root/blocks/restart
    echo "$4" >/root/blocks/user
    prepare >/tmp/said 2>&1 || {
        cat /tmp/said
        exit 1
    }
    ;;
--edit) # what a person does with /etc/keywheel/keys.txt; keywheel.env is fine as it is
    [[ $2 != *keys* ]] || echo sk-test-0123456789abcdef >>"$2"
    ;;
--booted)
    system_service
    user_service
    echo "services: up, confined, restarted, stopped"
    ;;
*)
    BOOT=yes exec packaging/with-chroot.sh bookworm '' /source/packaging/check-service.sh --inside \
        "$(tests/docs/block.py docs/server.md 'sudo apt install ./build/packages/keywheel-headless_*.deb')" \
        "$(tests/docs/block.py docs/server.md 'sudo systemctl restart keywheel')" \
        "$(tests/docs/block.py docs/server.md 'systemctl --user enable --now keywheel')"
    ;;
esac
