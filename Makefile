# ecocd. `make demo` shows it at work, `make test` runs every test that this machine can run.

PREFIX ?= /usr
DESTDIR ?=
SWIFT ?= swift
RELEASE := -c release --static-swift-stdlib
BINARIES := .build/release
SCRIPTS := Tests/scripts
SECONDS ?= 60

BUILD_PACKAGES := pkg-config libsqlite3-dev libssl-dev libarchive-dev zlib1g-dev libxml2-dev libxmlsec1-dev libcurl4-openssl-dev
TEST_PACKAGES := faketime python3 python3-venv openssl xmlsec1 libxml2-utils unzip strace sqlite3 weasyprint chromium poppler-utils \
	bindfs golang-github-burntsushi-toml-dev default-jdk-headless libarchive-tools
DEMO_PACKAGES := openssl xmlsec1 unzip
POWERCUT_PACKAGES := nbdkit nbdkit-plugin-python libnbd-bin fuse3 xfsprogs gcc libc6-dev
SYSTEMD_PACKAGES := systemd-container mmdebstrap

.PHONY: build demo test fuzz sanitize bench install lint crash disk-full powercut systemd-test clean packages test-packages

build: packages
	$(SWIFT) build $(RELEASE) --product ecocd
	$(SWIFT) build $(RELEASE) --product ecocctl

demo: build
	@$(SCRIPTS)/require-packages $(DEMO_PACKAGES)
	$(BINARIES)/ecocctl demo

test: packages test-packages
	@$(SCRIPTS)/prepare-judges .build/judges
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	$(SCRIPTS)/run-or-skip $(SCRIPTS)/check-samples

# Fuzzes every parser for SECONDS each (TARGETS='message record': those only; SHORT=1: some seconds each). Inputs stay in .build/fuzz-inputs.
FUZZ := -c release --scratch-path .build/fuzz --product fuzz -Xswiftc -enable-testing -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld
fuzz: packages test-packages
	ECOCD_FUZZ=1 $(SWIFT) build $(FUZZ)
	$(SCRIPTS)/fuzz .build/fuzz/release/fuzz .build/fuzz-inputs $(if $(SHORT),--seconds 4 --seed 1,--seconds $(SECONDS)) $(TARGETS)

# The tests under the address sanitizer and under the thread sanitizer (SHORT=1: rooms that own C resources and threads).
sanitize: packages test-packages
	SWIFT=$(SWIFT) $(SCRIPTS)/sanitize address $(if $(SHORT),--short)
	SWIFT=$(SWIFT) $(SCRIPTS)/sanitize thread $(if $(SHORT),--short)

# What checking and writing costs; rate, memory, idleness and latency as ratios to this machine's own limits (BENCH='--only rate' and other words of the script).
bench: build
	@$(SCRIPTS)/require-packages python3 openssl
	$(SWIFT) build $(RELEASE) --product ledger-bench
	$(SCRIPTS)/bench $(BENCH)

lint: test-packages
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	$(SCRIPTS)/check-units
	$(SCRIPTS)/check-architecture
	$(SCRIPTS)/check-settings
	$(SCRIPTS)/run-or-skip $(SCRIPTS)/check-samples

# Kills the daemon at its renames, fsyncs and unlinks, one by one, in its work, in a change of volume and amid a collector and a cleaner (SHORT=1: a sample of them).
crash: build test-packages
	$(SCRIPTS)/crash-moves $(if $(SHORT),--short)
	$(SCRIPTS)/crash-roll $(if $(SHORT),--short)
	$(SCRIPTS)/run-or-skip $(SCRIPTS)/outbox-storm $(if $(SHORT),--short)

# A full disk under spool or ledger, at every step (SHORT=1: a sample of them). Needs root.
disk-full: build
	$(SCRIPTS)/run-or-skip $(SCRIPTS)/disk-full $(if $(SHORT),--short)

# What would be on disk if the power went? Many crash images of one run (POINTS=10: fewer). Needs root.
powercut: build
	@$(SCRIPTS)/require-packages $(POWERCUT_PACKAGES)
	$(SCRIPTS)/run-or-skip $(SCRIPTS)/powercut-test $(if $(POINTS),--points $(POINTS))

# The installed service under a real systemd in a container. Needs root.
systemd-test: build
	@$(SCRIPTS)/require-packages $(SYSTEMD_PACKAGES)
	$(SCRIPTS)/run-or-skip $(SCRIPTS)/systemd-test

packages:
	@$(SCRIPTS)/require-packages $(BUILD_PACKAGES)

test-packages:
	@$(SCRIPTS)/require-packages $(TEST_PACKAGES)

# Programs, units, users, folders, settings and documents. Builds nothing: `make build` first. Settings that are there already stay.
install:
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/lib/sysusers.d
	install -d $(DESTDIR)$(PREFIX)/lib/tmpfiles.d $(DESTDIR)$(PREFIX)/share/doc/ecocd/examples
	install -m 0755 $(BINARIES)/ecocd $(BINARIES)/ecocctl $(DESTDIR)$(PREFIX)/bin/
	sed 's#/usr/bin/ecoc#$(PREFIX)/bin/ecoc#g; s#/usr/share/doc#$(PREFIX)/share/doc#' \
		systemd/ecocd.service > $(DESTDIR)$(PREFIX)/lib/systemd/system/ecocd.service
	sed 's#/usr/bin/ecocctl#$(PREFIX)/bin/ecocctl#g; s#/usr/share/doc#$(PREFIX)/share/doc#' \
		systemd/ecocd-anchor.service > $(DESTDIR)$(PREFIX)/lib/systemd/system/ecocd-anchor.service
	sed 's#/usr/share/doc#$(PREFIX)/share/doc#' \
		systemd/ecocd-anchor.timer > $(DESTDIR)$(PREFIX)/lib/systemd/system/ecocd-anchor.timer
	chmod 0644 $(DESTDIR)$(PREFIX)/lib/systemd/system/ecocd.service $(DESTDIR)$(PREFIX)/lib/systemd/system/ecocd-anchor.*
	install -m 0644 systemd/ecocd.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/ecocd.conf
	install -m 0644 systemd/ecocd.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/ecocd.conf
	cd etc && find . -path ./examples -prune -o -name '*.toml' -print | while read -r file; do \
		target=$(DESTDIR)/etc/ecocd/$$file; \
		test -e "$$target" || install -D -m 0644 "$$file" "$$target" || exit 1; \
	done
	install -m 0644 README.md docs/*.md $(DESTDIR)$(PREFIX)/share/doc/ecocd/
	cp -R etc/examples/. Samples $(DESTDIR)$(PREFIX)/share/doc/ecocd/examples/
	@echo "Next: systemd-sysusers && systemd-tmpfiles --create && systemctl daemon-reload; then docs/operations.md, 'First set-up'."

clean:
	rm -rf .build .demo
