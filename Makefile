# Everything a developer runs. `make help` lists it.

GO      ?= go
BIN     := bin/gateway
FUZZ    ?= 30s
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.PHONY: help run build test race lint check generate fuzz bench conformance integration clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

run: ## serve the scripts of this repository on :9080, the admin API on 127.0.0.1:9081
	$(GO) run ./cmd/gateway serve

build: ## build the binary into bin/
	$(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/gateway

test: ## every test that needs no server, with the race detector
	$(GO) test -race -timeout 15m ./...

race: test ## the same as test

lint: ## gofmt, vet and staticcheck
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "gofmt these files:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

check: lint ## lint, and that generated files and examples are in order
	$(GO) run ./symbols/gen -check
	$(GO) run ./cmd/gateway check $$(git ls-files 'examples/*handler.go') scripts

generate: ## make the generated files anew
	$(GO) generate ./...

fuzz: ## random programs, compiled against interpreted, then every fuzz target, for FUZZ (30s) each
	$(GO) run ./integration/fuzz -time $(FUZZ)
	@for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZ) -fuzzminimizetime 10x $$pkg || exit 1; \
	  done; \
	done

bench: ## benchmarks, native and interpreted side by side, then over real HTTP
	$(GO) test -run '^$$' -bench . -benchmem ./...
	$(GO) run ./integration/load

conformance: ## compare with compiled programs and write docs/conformance.md
	$(GO) run ./integration/conformance

integration: ## the tests that need real servers, which it installs and starts
	integration/services.sh install
	integration/services.sh start
	$(GO) test -tags integration -count 1 -timeout 20m ./integration/...; \
	status=$$?; integration/services.sh stop; exit $$status

clean: ## remove what was built
	rm -rf bin
