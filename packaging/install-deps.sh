#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the named uses need and this machine lacks: build (the default), test, desktop, sdk, lint,
# coverage, bench, profile, fuzz, soak, package, appimage, flatpak. Debian and Ubuntu: by apt, as root or through
# sudo, and only when something is missing. Elsewhere it says what is missing and how to get it. Quiet and quick
# when all is there.
set -euo pipefail

# A ? marks a package that only newer releases have.
# use      needs            apt                 dnf                     pacman          brew
readonly table='
build      c++              g++                 gcc-c++                 gcc             -
build      cmake            cmake               cmake                   cmake           cmake
build      ninja            ninja-build         ninja-build             ninja           ninja
build      Qt6::Core        qt6-base-dev        qt6-qtbase-devel        qt6-base        qt
build      Qt6::Network     qt6-base-dev        qt6-qtbase-devel        qt6-base        qt
build      Qt6::Sql         qt6-base-dev        qt6-qtbase-devel        qt6-base        qt
build      sqlite-driver    libqt6sql6-sqlite   qt6-qtbase              qt6-base        -
build      Qt6::HttpServer  qt6-httpserver-dev  qt6-qthttpserver-devel  qt6-httpserver  qt
build      Qt6::HttpServer  qt6-websockets-dev  qt6-qtwebsockets-devel  qt6-websockets  qt
build      Qt6::DBus        qt6-base-dev        qt6-qtbase-devel        qt6-base        qt
build      Qt6::Widgets     qt6-base-dev        qt6-qtbase-devel        qt6-base        qt
build      Qt6::Charts      qt6-charts-dev      qt6-qtcharts-devel      qt6-charts      qt
build      Qt6::Charts      libqt6opengl6-dev   qt6-qtbase-devel        qt6-base        qt
build      Qt6::Svg         qt6-svg-dev         qt6-qtsvg-devel         qt6-svg         qt
build      Qt6::Svg         qt6-svg-plugins?    -                       -               -
build      Qt6::LinguistTools qt6-l10n-tools    qt6-qttools-devel       qt6-tools       qt
build      Qt6::LinguistTools qt6-tools-dev     qt6-qttools-devel       qt6-tools       qt
build      Qt6::LinguistTools qt6-tools-dev-tools qt6-qttools-devel     qt6-tools       qt
build      X11::xcb         libxcb1-dev         libxcb-devel            libxcb          -
build      X11::xcb         libx11-dev          libX11-devel            libx11          -
build      Qt6Keychain      qtkeychain-qt6-dev  qtkeychain-qt6-devel    qtkeychain-qt6  qtkeychain
build      tl-expected      libexpected-dev     expected-devel          tl-expected     tl-expected
build      ZLIB             zlib1g-dev          zlib-devel              zlib            -
build      certificates     ca-certificates     ca-certificates         ca-certificates -
test       Qt6::Test        qt6-base-dev        qt6-qtbase-devel        qt6-base        qt
test       openssl          openssl             openssl                 openssl         openssl
test       libsecret        libsecret-1-0       libsecret               libsecret       -
test       dbus-daemon      dbus-daemon         dbus-daemon             dbus            -
test       gnome-keyring-daemon gnome-keyring   gnome-keyring           gnome-keyring   -
test       nginx            nginx-light         nginx                   nginx           nginx
test       python3          python3             python3                 python          python
test       curl             curl                curl                    curl            curl
desktop    Xvfb             xvfb                xorg-x11-server-Xvfb    xorg-server-xvfb -
desktop    openbox          openbox             openbox                 openbox         -
desktop    xdotool          xdotool             xdotool                 xdotool         -
desktop    xprop            x11-utils           xprop                   xorg-xprop      -
desktop    xwininfo         x11-utils           xwininfo                xorg-xwininfo   -
desktop    xclip            xclip               xclip                   xclip           -
desktop    wmctrl           wmctrl              wmctrl                  wmctrl          -
desktop    trayer           trayer              trayer                  trayer          -
desktop    import           imagemagick         ImageMagick             imagemagick     -
desktop    gdbus            libglib2.0-bin      glib2                   glib2           -
desktop    at-spi           at-spi2-core        at-spi2-core            at-spi2-core    -
desktop    pyatspi          python3-pyatspi     python3-pyatspi         python-atspi    -
desktop    fonts            fonts-dejavu-core   dejavu-sans-fonts       ttf-dejavu      -
desktop    fonts            fonts-noto-cjk      google-noto-sans-cjk-fonts noto-fonts-cjk -
sdk        node             nodejs              nodejs                  nodejs          node
sdk        npm              npm                 nodejs-npm              npm             node
lint       clang-format     clang-format        clang-tools-extra       clang           clang-format
lint       clang-tidy       clang-tidy          clang-tools-extra       clang           llvm
lint       shellcheck       shellcheck          ShellCheck              shellcheck      shellcheck
coverage   gcovr            gcovr               gcovr                   gcovr           gcovr
bench      nginx            nginx-light         nginx                   nginx           nginx
bench      wrk              wrk                 wrk                     wrk             wrk
bench      python3          python3             python3                 python          python
profile    valgrind         valgrind            valgrind                valgrind        -
fuzz       clang++          clang               clang                   clang           llvm
fuzz       libFuzzer        libclang-rt-dev     compiler-rt             compiler-rt     -
soak       python3          python3             python3                 python          python
soak       slowhttptest     slowhttptest        slowhttptest            -               slowhttptest
package    debootstrap      debootstrap         debootstrap             debootstrap     -
package    systemd-nspawn   systemd-container   systemd-container       systemd         -
package    lintian          lintian             -                       -               -
package    rpmbuild         rpm                 rpm-build               -               -
package    desktop-file-validate desktop-file-utils desktop-file-utils  desktop-file-utils -
package    appstreamcli     appstream           appstream               appstream       -
package    man              man-db              man-db                  man-db          -
appimage   patchelf         patchelf            patchelf                patchelf        -
appimage   wayland          qt6-wayland         qt6-qtwayland           qt6-wayland     -
appimage   portal-theme     qt6-xdgdesktopportal-platformtheme qt6-qtbase-gui qt6-base  -
appimage   qt-texts         qt6-translations-l10n qt6-qttranslations    qt6-translations -
appimage   libsecret        libsecret-1-0       libsecret               libsecret       -
flatpak    flatpak-builder  flatpak-builder     flatpak-builder         flatpak-builder -
flatpak    eu-strip         elfutils            elfutils                elfutils        -
'

# A command serves wherever it comes from; of Node.js, the version that tests/sdk/run.sh asks for.
have_command() {
    command -v "$1" >/dev/null || return 1
    [[ $1 != node || $(node --version) =~ ^v[2-9][0-9] ]]
}

# Prints those of the given packages that the package manager does not have installed.
not_installed() {
    case $manager in
    apt)
        comm -23 <(printf '%s\n' "$@" | sort) <({
            dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true
        } | sed -n 's/^installed //p' | sort)
        ;;
    dnf) for package in "$@"; do rpm -q --quiet --whatprovides "$package" || echo "$package"; done ;;
    pacman) pacman -T "$@" || true ;;
    brew) for package in "$@"; do brew list "$package" >/dev/null 2>&1 || echo "$package"; done ;;
    esac
}

# Prints the packages that the uses need and no command on the PATH stands for.
packages_for() {
    local use needs apt dnf pacman brew package
    # shellcheck disable=SC2034  # the managers' columns are read through ${!manager}
    while read -r use needs apt dnf pacman brew; do
        [[ " $* " == *" $use "* && ${!manager} != - ]] || continue
        have_command "$needs" && continue
        package=${!manager}
        [[ $package != *'?' ]] || apt-cache show "${package%\?}" >/dev/null 2>&1 || continue
        echo "${package%\?}"
    done <<<"$table" | sort -u
}

install_with_apt() {
    local root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || {
            echo "Missing packages: $*. As root: apt-get install $*" >&2
            exit 1
        }
        root=(sudo)
    fi
    echo "Installing: $*"
    "${root[@]}" apt-get update -qq
    # Now that apt knows all packages.
    read -r -d '' -a wanted < <(packages_for "${uses[@]}") || true
    read -r -d '' -a missing < <(not_installed "${wanted[@]}") || true
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" || {
        echo "apt could not install them. Keywheel needs Debian 12, Ubuntu 24.04, or later." >&2
        exit 1
    }
}

uses=("${@:-build}")
for use in "${uses[@]}"; do
    grep -q "^$use " <<<"$table" || {
        echo "$0: unknown use '$use'; there are: build, test, desktop, sdk, lint, coverage, bench, profile, fuzz, soak, package, appimage, flatpak" >&2
        exit 2
    }
done

manager=
for candidate in apt-get dnf pacman brew; do
    if command -v "$candidate" >/dev/null; then
        manager=${candidate%-get}
        break
    fi
done
if [[ -z $manager ]]; then
    # No package manager that this script knows: CMake, if it is there, names a missing library.
    have_command cmake && have_command ninja && have_command c++ && exit 0
    printf 'Needed, and not to be installed by this script here:\n%s' "$table" >&2
    exit 1
fi

# read instead of mapfile, which the bash of macOS does not have.
read -r -d '' -a wanted < <(packages_for "${uses[@]}") || true
((${#wanted[@]})) || exit 0
read -r -d '' -a missing < <(not_installed "${wanted[@]}") || true
((${#missing[@]})) || exit 0

case $manager in
apt) install_with_apt "${missing[@]}" ;;
dnf) hint="sudo dnf install" ;;
pacman) hint="sudo pacman -S --needed" ;;
brew) hint="brew install" ;;
esac
if [[ -n ${hint:-} ]]; then
    printf 'Missing packages (%s): %s\nInstall them with:\n  %s %s\n' \
        "${uses[*]}" "${missing[*]}" "$hint" "${missing[*]}" >&2
    exit 1
fi
