# Equipoise: what can be made here
#
#   make run        build, then validate the cohort with a planted gap; ends with its verdict and report
#   make test       every test (what is missing on a Debian machine is installed first)
#   make check      test, lint, and that documents and reports come out as they are committed
#   make reports    Reports/<name>/ of every cohort in Cohorts/ that ships its cases
#   make bench      our time and memory beside the rivals', in one run (needs EQUIPOISE_SHARED and python3)
#   make simulate   docs/coverage.md, docs/coverage-tests.md: what intervals cover and tests reject (hours; goes on where it stopped)
#   make goldens    the reference values of Tests/Goldens from R and Python (needs them installed)
#   make fuzz       ten minutes of mutated input for every fuzzer: tables, formats, joins, values, plans
#   make format     lay out all sources
#   make lint       refuse sources that are not laid out
#   make docs       docs/methods.md from the catalogue of metrics, docs/cookbook.md from the messy files of the tests
#   make install    a stripped binary, completions and the manual page under PREFIX (default /usr/local)
#   make dist       a tarball and a Debian package for machines without a network, in .build/dist/
#   make dist-test  installs that package into a bare Debian 12 without a network and runs the main job (root, debootstrap)
#   make clean      remove what was built

SHELL := /bin/sh
PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 600
BUILD := swift build -c release
EQUIPOISE := .build/release/equipoise
SOURCES := Package.swift Sources Tests

.PHONY: run test check reports bench simulate goldens fuzz format lint docs install dist dist-test clean build dependencies
.DEFAULT_GOAL := run

dependencies:
	@.ci/dependencies

build: dependencies
	@$(BUILD) --product equipoise

# 0, 1 and 2 are verdicts; anything above is a failure.
run: build
	@$(EQUIPOISE) validate Cohorts/cxr-triage-gap/plan.yaml --out Reports/cxr-triage-gap || [ $$? -le 2 ]

test: dependencies
	swift test -c release

check: test lint docs reports
	git diff --exit-code --stat -- Reports docs

reports: build
	@for plan in Cohorts/*/plan.yaml; do \
	  folder=$${plan%/plan.yaml}; \
	  if [ -e "$$folder/cases.csv" ]; then \
	    echo "Reports/$${folder#Cohorts/}"; \
	    $(EQUIPOISE) validate "$$plan" --out "Reports/$${folder#Cohorts/}" --quiet || [ $$? -le 2 ] || exit 1; \
	  fi; \
	done

bench: build
	Tests/Benchmarks/run

simulate: dependencies
	$(BUILD) --product CoverageStudy
	.build/release/CoverageStudy tests docs/coverage-tests.md .build/coverage-tests.txt
	.build/release/CoverageStudy intervals docs/coverage.md .build/coverage-intervals.txt

goldens:
	@for script in Tests/Goldens/generate/*.py; do \
	  echo "$$script"; python3 "$$script" > Tests/Goldens/$$(basename "$$script" .py).json || exit 1; \
	done
	@for script in Tests/Goldens/generate/*.R; do \
	  echo "$$script"; Rscript "$$script" > Tests/Goldens/$$(basename "$$script" .R).json || exit 1; \
	done

fuzz: dependencies
	Tests/Fuzz/run $(FUZZ_SECONDS)

format:
	swift format --in-place --recursive $(SOURCES)

lint:
	swift format lint --strict --recursive $(SOURCES)

docs: build
	@.ci/methods $(EQUIPOISE) > docs/methods.md.new && mv docs/methods.md.new docs/methods.md
	@.ci/cookbook > docs/cookbook.md.new && mv docs/cookbook.md.new docs/cookbook.md

install: dependencies
	$(BUILD) --product equipoise --static-swift-stdlib --scratch-path .build/install
	swift package --scratch-path .build/manual generate-manual
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -s -m 755 .build/install/release/equipoise "$(DESTDIR)$(PREFIX)/bin/equipoise"
	install -m 644 .build/manual/plugins/GenerateManual/outputs/EquipoiseCLI/*.1 "$(DESTDIR)$(PREFIX)/share/man/man1/"
	"$(DESTDIR)$(PREFIX)/bin/equipoise" --generate-completion-script bash \
	  > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/equipoise"
	"$(DESTDIR)$(PREFIX)/bin/equipoise" --generate-completion-script zsh \
	  > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_equipoise"
	"$(DESTDIR)$(PREFIX)/bin/equipoise" --generate-completion-script fish \
	  > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/equipoise.fish"

dist: dependencies
	@.ci/dist

dist-test: dist
	@.ci/dist-test

clean:
	rm -rf .build
