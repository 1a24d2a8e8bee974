#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# build-packages.sh: every package that this machine can make of build/release and build/headless,
# which must be configured, with the source, a list of components (SPDX) and SHA256SUMS, in
# build/packages. The same commit gives the same source archive and the same dates.
# KEYWHEEL_HOMEPAGE: the CMake option, for these packages.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly packages=$PWD/build/packages
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:.*=//p' build/headless/CMakeCache.txt)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)
export SOURCE_DATE_EPOCH

kinds=TGZ
command -v dpkg-shlibdeps >/dev/null && kinds+=';DEB' || echo "no DEB: dpkg-dev is not there"
command -v rpmbuild >/dev/null && kinds+=';RPM' || echo "no RPM: rpmbuild is not there"

rm -rf "$packages"
mkdir -p "$packages"
for build in release headless; do
    cmake --preset "$build" ${KEYWHEEL_HOMEPAGE:+-DKEYWHEEL_HOMEPAGE="$KEYWHEEL_HOMEPAGE"} \
        >"$packages/log" # dates are read here
    cmake --build --preset "$build" --target keywheel >>"$packages/log"
    cpack --config "build/$build/CPackConfig.cmake" -G "$kinds" -B "$packages" >"$packages/log" || {
        cat "$packages/log"
        exit 1
    }
done
rm -rf "$packages/_CPack_Packages" "$packages/log"

if git rev-parse --verify -q HEAD >/dev/null; then
    git archive --format=tar --prefix="keywheel-$version/" HEAD | gzip -9n \
        >"$packages/keywheel-$version-source.tar.gz"
fi
packaging/sbom.sh "$version" build/release/bin/keywheel >"$packages/keywheel-$version.spdx"
(cd "$packages" && sha256sum -- * >SHA256SUMS)
ls -l "$packages"
