#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-debian13.sh [CMAKE-OPTION…]: builds this source tree with Debian 13's Qt (6.8) in a chroot,
# runs all tests there as an ordinary user, and installs the DEB that it makes. Compiled objects are
# kept for the next run.
# TESTS: a regular expression of the tests to run. See with-chroot.sh for the rest.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${1:-} != --inside ]]; then
    exec packaging/with-chroot.sh trixie ccache,file,git,make \
        /source/packaging/check-debian13.sh --inside "$@"
fi
shift

as_builder() {
    runuser -u builder -- env -C /home/builder HOME=/home/builder CCACHE_DIR=/cache/ccache \
        QT_QPA_PLATFORM=offscreen "$@"
}
useradd --create-home --uid 1000 builder
install -d -o builder /cache/ccache
packaging/install-deps.sh build test >/var/log/packages || {
    tail /var/log/packages
    exit 1
}
as_builder cmake -S /source -B build -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DKEYWHEEL_WERROR=ON "$@"
as_builder nice -n 10 ninja -C build -j "$JOBS"
as_builder ctest --test-dir build --output-on-failure ${TESTS:+-R "$TESTS"}

as_builder cpack --config build/CPackConfig.cmake -G DEB -B packages
apt-get install -y --no-install-recommends /home/builder/packages/*.deb >/var/log/packages || {
    tail /var/log/packages
    exit 1
}
/usr/bin/keywheel --version
