# Everything a newcomer or a contributor does, from a bare clone. `make` lists the targets.
#
# One build directory, release, for the tool, its plugins and the tests. Two things keep it one:
#  - the static Swift runtime is a linker setting of the command and the plugins (Package.swift), not
#    --static-swift-stdlib, which changes every compile command and which `swift test` does not have;
#  - `swift test` gets --disable-testable-imports: otherwise it compiles everything once more with
#    -enable-testing, for `@testable`, which no test here uses.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PREFIX ?= $(HOME)/.local
DESTDIR ?=
CONFIGURATION := release
BUILD := .build/$(CONFIGURATION)
MODEL := models/all-MiniLM-L6-v2
DEMO := .build/demo
SWIFT_SOURCES := Sources Plugins Tests Examples Package.swift
TEST_FLAGS := -c $(CONFIGURATION) --disable-xctest --disable-testable-imports

.PHONY: help setup build demo test install uninstall dist bench example campaign-law campaign-hostile campaign-history campaign-mcp campaign-plugins format lint clean campaign-fuzz campaign-sanitizers

help: ## list these targets
	@echo "codira: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS=$$'\t' read -r name text; do \
	  printf '  %-16s %s\n' "$$name" "$$text"; done
	@echo "PREFIX=$(PREFIX) (set it on the command line); CODIRA_NO_INSTALL=1 keeps apt-get out of it"

setup: ## install what is missing; fetch Swift packages, grammars and the model
	@scripts/setup

build: setup ## build the tool and its plugins
	@swift build -c $(CONFIGURATION)
	@scripts/queries

demo: build ## set up, build, index this repository and ask it three questions
	@scripts/demo $(DEMO)

test: ## run every test; FILTER=regex runs some
	@scripts/setup --tests
	@swift test $(TEST_FLAGS) $(if $(FILTER),--filter '$(FILTER)')

install: build ## install into PREFIX; the checkout may go away afterwards
	@scripts/install '$(DESTDIR)$(PREFIX)'

uninstall: ## remove what `make install` put into PREFIX
	@scripts/install --remove '$(DESTDIR)$(PREFIX)'

dist: build ## make a relocatable archive in dist/, with all libraries but libc
	@scripts/dist

bench: build ## run the benchmarks in Benchmarks/
	@Benchmarks/run

example: setup ## build the example that uses the embedding library as a package, and run it
	@swift build -c $(CONFIGURATION) --package-path Examples/embed-text --scratch-path .build-example
	@printf '%s\n' 'open a socket' 'read a file line by line' 'sort numbers' | \
	  .build-example/$(CONFIGURATION)/embed-text $(MODEL) 'iterate over the lines of a text'

campaign-law: build ## compare incremental indexes with clean ones, on a real tree with the real model
	@Benchmarks/campaign-law

campaign-hostile: build ## feed every analyzer hostile sources; TREES=folders to take samples from
	@Benchmarks/campaign-hostile $(or $(MUTATIONS),100000) $(TREES)

campaign-history: build ## replay the last commits of git folders; REPOSITORIES=folders
	@Benchmarks/campaign-history $(REPOSITORIES)

campaign-mcp: build ## put the MCP server through what clients do to it; TREE=folder, ARGUMENTS=--short or --idle 3600
	@Benchmarks/mcp/campaign $(or $(TREE),.) $(ARGUMENTS)

campaign-fuzz: ## feed the readers of foreign data what libFuzzer makes up, 15 minutes each; SECONDS=60 for less, READERS=Worker
	@Benchmarks/campaign-fuzz $(or $(SECONDS),900) $(READERS)

campaign-sanitizers: ## run host, kit and C plugins under the address and the thread sanitizer and valgrind; TOOLS=address for one
	@Benchmarks/campaign-sanitizers $(TOOLS)

campaign-plugins: build ## run plugins that misbehave through `codira index`; ARGUMENTS=--short for a few
	@Benchmarks/plugins/campaign $(ARGUMENTS)

format: ## format the Swift sources
	@swift format --in-place --recursive $(SWIFT_SOURCES)

lint: ## check format, scripts and forbidden words
	@scripts/lint $(SWIFT_SOURCES)

clean: ## remove what was built; keep what was fetched
	@swift package clean
	@rm -rf dist $(DEMO)
