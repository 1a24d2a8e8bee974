# shellcheck shell=sh
[ ! -d /run/systemd/system ] || systemctl --system daemon-reload || :
