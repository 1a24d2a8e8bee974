#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# build-appimage.sh [BUILD [FOLDER]]: makes FOLDER/Keywheel.AppDir (build/appimage) of the program that
# is built in BUILD (build/release), with Qt and what else a desktop may lack, and an AppImage of it
# where appimagetool is on the PATH. Needs patchelf; packaging/install-deps.sh build appimage gets all
# but appimagetool.
# It runs where glibc and libstdc++ are no older than those of this machine: build it on the oldest.
# Qt's GTK theme stays out, for it would need all of GTK; and libproxy's modules, so that
# UPSTREAM_PROXY=system means the environment's proxies.
set -euo pipefail
cd "$(dirname "$0")/../.."

build=$(realpath "${1:-build/release}")
folder=$(realpath -m "${2:-build/appimage}")
readonly build folder appdir=$folder/Keywheel.AppDir
readonly lib=$appdir/usr/lib plugins=$appdir/usr/plugins

# On every desktop, or part of its display and its drivers: from AppImage's list of libraries that
# stay out, https://github.com/AppImageCommunity/pkg2appimage/blob/master/excludelist.
readonly of_the_system=' ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 libanl.so.1 libc.so.6 libdl.so.2
    libm.so.6 libmvec.so.1 libpthread.so.0 libresolv.so.2 librt.so.1 libutil.so.1
    libgcc_s.so.1 libstdc++.so.6
    libEGL.so.1 libGL.so.1 libGLX.so.0 libGLdispatch.so.0 libOpenGL.so.0 libdrm.so.2 libgbm.so.1 libglapi.so.0
    libICE.so.6 libSM.so.6 libX11-xcb.so.1 libX11.so.6 libwayland-client.so.0 libxcb-dri2.so.0
    libxcb-dri3.so.0 libxcb.so.1
    libexpat.so.1 libfontconfig.so.1 libfreetype.so.6 libfribidi.so.0 libharfbuzz.so.0
    libcom_err.so.2 libgmp.so.10 libgpg-error.so.0 libusb-1.0.so.0 libuuid.so.1 libz.so.1 '

# Folders of Qt's plugins, with a pattern of names; what does not match anything is told.
readonly wanted='
platforms                           libqxcb.so
platforms                           libqwayland-*.so
platforms                           libqoffscreen.so
xcbglintegrations                   *.so
wayland-shell-integration           *.so
wayland-decoration-client           *.so
wayland-graphics-integration-client *.so
platforminputcontexts               *.so
platformthemes                      libqxdgdesktopportal.so
iconengines                         libqsvgicon.so
imageformats                        libqsvg.so
networkinformation                  *.so
sqldrivers                          libqsqlite.so
tls                                 libqopensslbackend.so
'
# Loaded by name at run time: TLS, and the keychain.
readonly loaded=(libssl.so.3 libcrypto.so.3 libsecret-1.so.0)

fail() {
    echo "$*" >&2
    exit 1
}

path_of() { # of a library, as the loader would find it
    ldconfig -p | awk -v name="$1" '$1 == name && /64/ && !found++ { print $NF }'
}

copy_plugins() {
    local from kind pattern files
    from=$(qmake6 -query QT_INSTALL_PLUGINS)
    while read -r kind pattern; do
        [[ $kind ]] || continue
        mapfile -t files < <(compgen -G "$from/$kind/$pattern")
        if ((${#files[@]})); then
            install -D -m 644 -t "$plugins/$kind" "${files[@]}"
        else
            echo "left out: $kind/$pattern, which is not on this machine"
        fi
    done <<<"$wanted"
    [[ -f $plugins/platforms/libqxcb.so && -f $plugins/sqldrivers/libqsqlite.so &&
        -f $plugins/tls/libqopensslbackend.so ]] || fail "Without these it would not work."
}

# What `loaded` names, and what that, the program and the plugins need, but for what the system has.
copy_libraries() {
    local name path needed
    mkdir -p "$lib"
    for name in "${loaded[@]}"; do
        path=$(path_of "$name")
        [[ $path ]] || fail "$name is not on this machine."
        install -m 644 "$path" "$lib/$name"
        # Qt asks for libssl.so first, which a developer's machine has, of whatever version.
        ln -s "$name" "$lib/${name%.so.*}.so"
    done
    needed=$(find "$appdir/usr" -type f \( -name '*.so*' -o -path '*/bin/keywheel' \) -exec ldd {} +)
    ! grep 'not found' <<<"$needed" || fail "The libraries above are missing."
    while read -r name path; do
        [[ $of_the_system == *[[:space:]]"$name"[[:space:]]* || -e $lib/$name ]] ||
            install -m 644 "$path" "$lib/$name"
    done < <(awk '$2 == "=>" { print $1, $3 }' <<<"$needed" | sort -u)
}

# The licences of what was copied, where the package manager knows them.
copy_licences() {
    local files package
    command -v dpkg-query >/dev/null || return 0
    mapfile -t files < <(find "$lib" "$plugins" -name '*.so*' -printf '%f\n' | sort -u)
    while read -r package; do
        [[ ! -f /usr/share/doc/$package/copyright ]] ||
            install -D -m 644 -t "$appdir/usr/share/doc/$package" "/usr/share/doc/$package/copyright"
    done < <(dpkg-query -S "${files[@]/#/*/}" 2>/dev/null | sed 's/:.*//' | sort -u)
    # The texts that those refer to.
    install -D -m 644 -t "$appdir/usr/share/common-licenses" /usr/share/common-licenses/{Apache,GPL,LGPL,MPL}-*
}

command -v patchelf >/dev/null || fail "patchelf is missing: packaging/install-deps.sh appimage"
[[ -x $build/bin/keywheel ]] || fail "$build has no program: make build"

rm -rf "$appdir"
# One component, so that the list that `make uninstall` reads stays as it is.
env -u DESTDIR cmake --install "$build" --prefix "$appdir/usr" --component Unspecified --strip >/dev/null
copy_plugins
copy_libraries
copy_licences
translations=$(qmake6 -query QT_INSTALL_TRANSLATIONS)
install -D -m 644 -t "$appdir/usr/translations" "$translations"/qtbase_zh_CN.qm "$translations"/qt_zh_CN.qm ||
    echo "left out: Qt's own texts in Chinese"

# An RPATH (not RUNPATH) of the program holds for plugins and libraries too. LD_LIBRARY_PATH would
# also reach the programs that it starts, such as a file manager.
patchelf --force-rpath --set-rpath "\$ORIGIN/../lib" "$appdir/usr/bin/keywheel"
cat >"$appdir/usr/bin/qt.conf" <<'END'
[Paths]
Prefix = ..
Plugins = plugins
Translations = translations
END

ln -s usr/bin/keywheel "$appdir/AppRun"
ln -s usr/share/applications/keywheel.desktop "$appdir/keywheel.desktop"
ln -s usr/share/icons/hicolor/scalable/apps/keywheel.svg "$appdir/keywheel.svg"
ln -s keywheel.svg "$appdir/.DirIcon"
echo "made: $appdir ($(du -sh "$appdir" | cut -f 1))"

if command -v appimagetool >/dev/null; then
    version=$(sed -n 's/^CMAKE_PROJECT_VERSION:.*=//p' "$build/CMakeCache.txt")
    image=$folder/Keywheel-$version-$(uname -m).AppImage
    ARCH=$(uname -m) appimagetool "$appdir" "$image"
    echo "made: $image"
else
    echo "There is no AppImage, only the folder: appimagetool is not on the PATH."
    echo "It is at https://github.com/AppImage/appimagetool/releases."
fi
