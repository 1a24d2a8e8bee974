#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-debian13.sh [CMAKE-OPTION…]: builds this source tree with Debian 13's Qt (6.8) in a chroot,
# runs all tests there as an ordinary user, and installs the DEBs that it makes. Compiled objects are
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

# The one without a window too, whose program is built anew and links other libraries.
as_builder cmake -S /source -B headless -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DKEYWHEEL_WERROR=ON -DKEYWHEEL_GUI=OFF -DKEYWHEEL_TESTS=OFF
as_builder nice -n 10 ninja -C headless -j "$JOBS"
for build in headless build; do
    as_builder cpack --config "$build/CPackConfig.cmake" -G DEB -B "packages-$build"
    apt-get install -y --no-install-recommends "/home/builder/packages-$build"/*.deb >/var/log/packages || {
        tail /var/log/packages
        exit 1
    }
    /usr/bin/keywheel --version
done
