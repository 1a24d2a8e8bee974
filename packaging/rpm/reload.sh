[ ! -d /run/systemd/system ] || systemctl --system daemon-reload || :
