# Atrium's tasks. What a task does beyond one line is in `dev` (Sources/Executables/dev), and what
# has to work before Swift does is in packages/install.

MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
DEV := .build/debug/dev

.DEFAULT_GOAL := help
.PHONY: help run test check dev format lint coverage bench requirements image clean setup setup-test tool

help: ## Show this list.
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: setup ## Set up what is missing, build, and serve on http://127.0.0.1:4000.
	@echo "run: building"
	@swift build -c release --static-swift-stdlib --product atrium
	@exec .build/release/atrium serve --app icons --app studio $(ARGS)

test: setup-test ## Set up what is missing, then run every test on both engines.
	@echo "test: building"
	@swift build --build-tests
	@$(DEV) test

check: setup-test ## Tests, format, tidy, sanitizers, shell and YAML: all of it.
	@packages/install check
	@swift build --build-tests
	@$(DEV) check

dev: setup tool ## Build and serve; rebuild and restart when a source changes.
	@$(DEV) watch --app icons --app studio $(ARGS)

format: ## Write every Swift file in the house style.
	@swift format format --in-place --parallel --recursive Package.swift Plugins Sources Tests

lint: ## Say where a Swift file is not in the house style.
	@swift format lint --strict --parallel --recursive Package.swift Plugins Sources Tests

coverage: setup-test tool ## Line coverage of each target beside what is asked (S3-31).
	@$(DEV) coverage

bench: ## Measure Atrium beside nginx, pgbench, SQLite and bcrypt, and end with a table (S3-32).
	@packages/install build test bench
	@echo "bench: building"
	@swift build -c release --static-swift-stdlib --product atrium
	@swift build -c release --static-swift-stdlib --product echo-websocket
	@swift build -c release --static-swift-stdlib --product dev
	@.build/release/dev bench $(ARGS)

requirements: tool ## Write into docs/requirements.md which tests name which line.
	@$(DEV) requirements

image: setup ## Lay out the production image without Docker, in .build/image (as root; needs debootstrap).
	@packages/image

clean: ## Remove what was built; data stays.
	@rm -rf .build

setup:
	@packages/install build

setup-test:
	@packages/install build test

tool:
	@swift build --product dev
