# SPDX-License-Identifier: GPL-3.0-or-later
# A thin front to CMake and the binary. `make help` lists the targets.
# ARGS="…" goes to the program: make run ARGS="--port 4000"
# PEERS="name=http://127.0.0.1:8080:PID …" puts other proxies into the table of `make bench`.

JOBS   ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu)
PREFIX ?= /usr/local
ARGS   ?=
PEERS  ?=
FUZZ_SECONDS ?= 60
FUZZ_JOBS    ?= $(JOBS)
SOAK_BUILD ?= release
SOAK_SECONDS ?= 600
BIN    := build/release/bin/keywheel
DEPS   := packaging/install-deps.sh

# In the recipe, so that a ccache installed meanwhile is found.
CONFIGURE = cmake --preset $* $(if $(shell command -v ccache),-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
BUILD     = cmake --build --parallel $(JOBS) --preset

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help build build-all demo run dev test test-asan test-tsan test-desktop test-sdk coverage bench bench-desktop \
        profile conformance fuzz soak screenshots \
        appimage flatpak check-packaging check-image check-readme check-debian13 docker-build docker-run \
        lint clang-tidy fmt translations tidy health stats blacklist reset-keys install uninstall clean deps-build deps-test deps-fuzz

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The order-only prerequisites below do nothing when all is installed.
deps-build:
	@$(DEPS) build
deps-fuzz:
	@$(DEPS) build test fuzz
deps-test:
	@$(DEPS) build test

# Ninja sees to changes of CMakeLists.txt by itself; the presets are read here only.
build/fuzz/build.ninja: | deps-fuzz
build/%/build.ninja: CMakePresets.json | deps-build
	$(CONFIGURE) && touch $@

build: build/release/build.ninja | deps-build ## Build build/release/bin/keywheel
	$(BUILD) release --target keywheel

build-all: build build/headless/build.ninja ## Make every package that this machine can make: build/packages
	$(BUILD) headless --target keywheel
	@$(DEPS) package
	packaging/build-packages.sh

appimage: build ## Make an AppImage, or its folder where appimagetool is missing: build/appimage
	@$(DEPS) appimage
	packaging/appimage/build-appimage.sh

flatpak: ## Make the Flatpak and install it for this user; its runtime comes from Flathub
	@$(DEPS) flatpak
	@version=$$(flatpak-builder --version | grep -o '[0-9.]*$$'); printf '%s\n' 1.3.4 "$$version" | sort -VC || \
	  { echo "The SDK needs flatpak-builder 1.3.4 or later, not $$version." >&2; exit 1; }
	flatpak remotes --user --columns=name | grep -qx flathub || \
	  flatpak remote-add --user flathub https://dl.flathub.org/repo/flathub.flatpakrepo
	flatpak-builder --user --install --force-clean --install-deps-from=flathub --ccache \
	  --state-dir=build/flatpak-builder build/flatpak packaging/flatpak/io.github.keywheel.keywheel.yaml

demo: build ## Run against a simulated upstream with sample keys
	$(BIN) --demo $(ARGS)

run: build ## Run without a window, with .env and keys.txt of this folder
	$(BIN) --headless $(ARGS)

dev: build/asan/build.ninja | deps-build ## The same with AddressSanitizer and UBSan
	$(BUILD) asan --target keywheel
	UBSAN_OPTIONS=print_stacktrace=1 build/asan/bin/keywheel --headless $(ARGS)

test: build/release/build.ninja | deps-test ## Build and run all tests
	$(BUILD) release
	ctest --preset release

test-asan: build/asan/build.ninja | deps-test ## All tests with AddressSanitizer and UBSan
	$(BUILD) asan
	ctest --preset asan

test-tsan: build/tsan/build.ninja | deps-test ## All tests with ThreadSanitizer
	$(BUILD) tsan
	ctest --preset tsan

test-desktop: build ## Drive the tray and the window in a desktop session without a screen
	@$(DEPS) test desktop
	/usr/bin/python3 tests/desktop/run.py $(BIN)

test-sdk: build ## Test with the official openai package of npm
	@$(DEPS) sdk
	tests/sdk/run.sh

coverage: build/coverage/build.ninja | deps-test ## Line coverage of core and app by all tests
	@$(DEPS) coverage
	$(BUILD) coverage
	find build/coverage -name '*.gcda' -delete
	ctest --preset coverage
	mkdir -p build/coverage/report
	gcovr --root . --object-directory build/coverage --filter core/ --filter app/ \
	  --exclude '.*_autogen.*' --print-summary --html-details build/coverage/report/index.html
	@echo "Report: build/coverage/report/index.html"

bench: build/headless/build.ninja | deps-build ## Measure the server: beside nginx CPU, latency, streams, memory; the keychain
	@$(DEPS) bench test
	$(BUILD) headless --target keywheel streamload bench_keypool bench_keychain
	build/headless/tests/bench_keypool
	build/headless/tests/bench_keychain
	tests/bench/compare.py build/headless --json build/headless/bench.json $(PEERS:%=--peer %) $(ARGS)

profile: build/headless/build.ninja | deps-build ## Count instructions per request, beside nginx; the profile is for callgrind_annotate
	@$(DEPS) bench profile
	$(BUILD) headless --target keywheel
	tests/bench/instructions.py build/headless --profile build/headless/keywheel.profile $(ARGS)

bench-desktop: build ## What the open window costs under load: delays, throughput, memory
	@$(DEPS) test desktop bench
	/usr/bin/python3 tests/desktop/load.py $(BIN) $(ARGS)

screenshots: build ## Pictures of every page into build/screenshots
	@$(DEPS) desktop
	$(BUILD) release --target keywheel_ui_preview
	tests/ui/preview/screenshots.sh build/release/bin/keywheel_ui_preview build/screenshots

conformance: build ## Send the cases of test_conformance to Keywheel and to nginx, and compare
	@$(DEPS) bench test
	$(BUILD) release --target print_conformance_cases
	tests/conformance/compare.py build/release

# FUZZ_JOBS=7 runs all at once.
fuzz: build/fuzz/build.ninja ## Fuzz each parser for FUZZ_SECONDS (60), FUZZ_JOBS at once
	$(BUILD) fuzz --target fuzzers
	tests/fuzz/run.sh build/fuzz $(FUZZ_SECONDS) $(FUZZ_JOBS)

soak: ## Mixed load and faults for SOAK_SECONDS=600, then slow clients; SOAK_BUILD=asan is the other build
	@$(DEPS) soak
	$(MAKE) build/$(SOAK_BUILD)/build.ninja
	$(BUILD) $(SOAK_BUILD) --target keywheel
	tests/soak/soak.py build/$(SOAK_BUILD) --seconds $(SOAK_SECONDS) $(ARGS)

check-packaging: build-all ## Validate what packages hold; install, boot and purge them in a chroot (root)
	packaging/check-files.sh build/headless
	lintian --allow-root --fail-on error build/packages/*.deb
	packaging/check-tarball.sh
	packaging/check-deb.sh
	packaging/check-service.sh
	packaging/docker/check-chroot.sh

check-image: ## Build and run the container image of the last commit (podman or docker)
	packaging/docker/check-image.sh

check-readme: ## Run what README.md tells a newcomer, on the last commit in a fresh Debian 12 (root)
	packaging/check-readme.sh

check-debian13: ## Build and test with Qt 6.8 in a Debian 13 chroot (root)
	packaging/check-debian13.sh $(ARGS)

ENGINE = $(or $(shell command -v podman || command -v docker),\
  $(error Neither podman nor docker is there; packaging/docker/check-chroot.sh tries the image without them))
docker-build: ## Build the container image keywheel (podman or docker)
	BUILDAH_FORMAT=docker $(ENGINE) build -t keywheel -f packaging/docker/Dockerfile .

docker-run: ## Run it on 127.0.0.1:3000 with AUTH_KEY and the keys.txt of this folder
	@[ -n "$$AUTH_KEY" ] || { echo "Set AUTH_KEY first: export AUTH_KEY=…"; exit 1; }
	@[ -f keys.txt ] || { echo "Put your API keys into keys.txt first, one a line."; exit 1; }
	$(ENGINE) run --rm --read-only --tmpfs /tmp --cap-drop ALL -e AUTH_KEY \
	  -p 127.0.0.1:3000:3000 -v "$(CURDIR)/keys.txt:/run/secrets/keys.txt:ro" keywheel $(if $(ARGS),--headless $(ARGS))

lint: ## Check format, sizes, layers, dependency list and scripts
	@$(DEPS) lint
	tests/tree/lint.sh

FILES ?=
clang-tidy: build ## Run clang-tidy on all sources, or on FILES="…"; it takes half an hour with two cores
	@$(DEPS) lint
	tests/tree/clang-tidy.sh build/release $(JOBS) $(FILES)

fmt: ## Format all C++ files
	@$(DEPS) lint
	find core ui app tests -name '*.cpp' -o -name '*.h' | xargs clang-format -i

translations: build/release/build.ninja ## Bring the .ts files up to date with the sources
	$(BUILD) release --target translations

tidy: ## Check that install-deps.sh and CMake name the same libraries
	tests/tree/dependencies.sh

$(BIN):
	$(MAKE) build

health stats blacklist reset-keys: | $(BIN)
	@$(BIN) $@ $(ARGS)
health: ## Ask the running instance how it is
stats: ## … for its statistics
blacklist: ## … for the keys that it does not use, and why
reset-keys: ## … to use them again

install: build ## Install to PREFIX (/usr/local); DESTDIR is respected
	cmake --install build/release --prefix $(PREFIX)

uninstall: ## Remove what `make install` installed
	@# The manifest's last line has no end.
	@while read -r file || [ -n "$$file" ]; do rm -fv "$(DESTDIR)$$file"; done \
	  < build/release/install_manifest.txt
	@find "$(DESTDIR)$$(sed -n 's,/README.md$$,,p' build/release/install_manifest.txt)" -depth -type d -empty -delete

clean: ## Remove build/release and the other presets' folders
	rm -rf $(addprefix build/,release headless dev asan tsan coverage fuzz)
