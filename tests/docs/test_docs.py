#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the pages against the program: test_docs.py BINARY [ROOT]

Runs the sh blocks of README.md, CONTRIBUTING.md and docs/ as blocks.py says, with BINARY as keywheel;
fails for one that blocks.py does not name, and for a name without block. Checks the other blocks as far
as their language allows, `make` targets and `keywheel` commands in the text, links and pictures. Goes on
after a finding and fails at the end."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from blocks import BLOCKS, Elsewhere, Run
from markdown import Page
from world import KEYS, SECONDS, Home, Server, base_environment, shown

# Languages of blocks that are there to be read.
UNCHECKED = {"", "ini", "json", "toml", "yaml"}


class Docs:
    def __init__(self, root, binary, work):
        self.root, self.work, self.findings, self.counts = root, work, [], {}
        self.environment = base_environment(work, binary)
        os.environ["PATH"] = self.environment["PATH"]  # subprocess looks for programs there
        paths = [root / "README.md", root / "CONTRIBUTING.md", *sorted(root.glob("docs/*.md"))]
        self.pages = [Page(root, path) for path in paths]
        self.table = {
            (page, name): how for page, blocks in BLOCKS.items() for name, how in blocks.items()}
        usage = self.output("keywheel", "--help")[1]
        self.options = set(re.findall(r"(?m)^  (--[a-z-]+)", usage))
        commands = re.findall(r"(?m)^  keywheel ((?:[a-z-]+ )+)", usage)
        self.commands = [words.split() for words in commands]
        self.targets = {}

    def find(self, page, what, line=None):
        place = f"{page.name}:{line}" if line else page.name
        self.findings.append(f"{place}: {what}")

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def output(self, *command, text=None):
        done = subprocess.run(
            command, input=text, cwd=self.root, env={**self.environment, "HOME": str(self.work)}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, check=False)
        return done.returncode, done.stdout

    def check(self):
        for page in self.pages:
            self.check_links(page)
            for code in page.codes():
                self.note_target(page, None, code)
                if re.match(r"(\S*/)?keywheel( |$)", code):
                    self.check_call(page, None, code)
            for block in page.blocks:
                self.check_block(page, block)
        self.check_targets()
        self.run_all()
        known = {(page.name, block.name) for page in self.pages for block in page.shell_blocks()}
        for page, name in self.table.keys() - known:
            self.findings.append(f"tests/docs/blocks.py: {page} has no block that begins with: {name}")

    def check_links(self, page):
        for link in page.links():
            if re.match(r"[a-z]+:", link):
                continue
            self.count("links")
            name, _, anchor = link.partition("#")
            target = (page.folder / name).resolve() if name else self.root / page.name
            if not target.exists():
                self.find(page, f"no such file: {link}")
            elif anchor and anchor not in Page(self.root, target).anchors():
                self.find(page, f"no such heading: {link}")

    def check_block(self, page, block):
        check = getattr(self, f"check_{block.language}", None)
        if check:
            self.count(block.language)
            check(page, block)
        elif block.language not in UNCHECKED:
            self.find(page, f"test_docs.py does not know how to check {block.language}", block.line)

    def check_sh(self, page, block):
        how = self.table.get((page.name, block.name))
        if how is None:
            self.find(page, f"tests/docs/blocks.py does not say how to run: {block.name}", block.line)
        code, said = self.output("bash", "-n", text=block.text)
        if code:
            self.find(page, f"bash -n: {said}", block.line)
        for line in block.text.split("\n"):
            self.note_target(page, block.line, line)
            call = re.search(r"(?:^|[/ ])(keywheel(?: .*)?)$", line)
            if call:
                self.check_call(page, block.line, call[1])
        if isinstance(how, Elsewhere):
            self.count("run elsewhere")
            if block.name not in (self.root / how.program).read_text(encoding="utf-8"):
                self.find(page, f"{how.program} does not name {block.name}", block.line)

    def check_python(self, page, block):
        try:
            compile(block.text, page.name, "exec")
        except SyntaxError as error:
            self.find(page, f"Python: {error.msg}", block.line)

    def check_js(self, page, block):
        if not shutil.which("node"):
            print(f"not checked: {page.name}:{block.line}: there is no node")
            return
        code, said = self.output("node", "--input-type=module", "--check", "-", text=block.text)
        if code:
            self.find(page, f"node: {said}", block.line)

    def check_nginx(self, page, block):
        if not shutil.which("nginx"):
            print(f"not checked: {page.name}:{block.line}: there is no nginx")
            return
        config = self.work / "nginx.conf"
        folders = "".join(f"{kind}_temp_path {self.work}/nginx;\n"
                          for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config.write_text(
            f"pid {self.work}/nginx.pid; error_log stderr; events {{}}\nhttp {{ access_log off;\n{folders}"
            f"server {{ listen unix:{self.work}/nginx.sock;\n{block.text}\n}} }}\n")
        code, said = self.output(
            "nginx", "-t", "-q", "-p", str(self.work), "-e", "stderr", "-c", str(config))
        if code:
            self.find(page, f"nginx: {said}", block.line)

    def note_target(self, page, line, code):
        found = re.match(r"make ([a-z][a-z0-9-]*)", code)
        if found:
            self.targets.setdefault(found[1], (page, line))

    def check_targets(self):
        if not shutil.which("make"):
            print("not checked: make's targets: there is no make")
            return
        for target, (page, line) in self.targets.items():
            self.count("targets")
            # The targets of containers look for an engine even so.
            code, said = self.output("make", "-n", "ENGINE=docker", target)
            if code:
                self.find(page, f"make -n {target}: {said}", line)

    def check_call(self, page, line, call):
        """What a call of keywheel begins with, and its options, are among those of --help."""
        self.count("calls")
        arguments = re.split(r"[#|;&<>…]", call)[0].split()[1:]
        for option in arguments:
            if option.startswith("--") and option not in self.options:
                self.find(page, f"{call}: there is no option {option}", line)
        words = []
        for word in arguments:
            if not re.fullmatch(r"[a-z][a-z-]*", word):
                break
            words.append(word)
        if words and not any(words[:len(known)] == known[:len(words)] for known in self.commands):
            self.find(page, f"{call}: there is no such command", line)

    def run_all(self):
        api_home = self.work / "api"
        api_home.mkdir(mode=0o700)
        homes = {"HOME": str(api_home), "XDG_RUNTIME_DIR": str(api_home)}
        api = Server(api_home, {**self.environment, **homes}, "--demo")
        try:
            for page in self.pages:
                self.run_page(page, api)
        finally:
            api.close()

    def run_page(self, page, api):
        hows = [(block, self.table.get((page.name, block.name))) for block in page.shell_blocks()]
        wanted = [(block, how) for block, how in hows if isinstance(how, Run)]
        if not wanted:
            return
        home = Home(self.work / page.name.replace("/", "-"), self.environment, api)
        try:
            for block, how in wanted:
                self.count("run")
                self.run_block(page, block, how, home)
        finally:
            home.close()

    def run_block(self, page, block, how, home):
        code, said = home.run(block.text)
        if any(key in said for key in KEYS):
            self.find(page, "prints a key", block.line)
        if code != 0:
            self.find(page, f"ends with {code}:\n{block.text}\n--\n{shown(said)}", block.line)
        elif not re.search(how.says, said):
            self.find(page, f"does not say {how.says}:\n{block.text}\n--\n{shown(said)}", block.line)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else pathlib.Path(__file__).parents[2]).resolve()
    with tempfile.TemporaryDirectory() as work:
        docs = Docs(root, sys.argv[1], pathlib.Path(work))
        docs.check()
    print(", ".join(f"{count} {what}" for what, count in docs.counts.items()))
    for finding in docs.findings:
        print(finding)
    sys.exit(bool(docs.findings))


if __name__ == "__main__":
    main()
