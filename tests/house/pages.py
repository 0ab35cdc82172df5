#!/usr/bin/env python3
"""Whether two builds of the program show the same pages, byte for byte.

    tests/house/pages.py BINARY OTHER [--content DIR]

The first makes a demo's database; each then serves a copy of it, and whoever there is (nobody, a
citizen, each role of the staff) follows its links in both languages. What differs from one request
to the next anyhow, such as the id of a form, is left out. Exit code 1 where pages differ.
"""

import argparse
import difflib
import html
import http.cookiejar
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
# So many pages of each person in each language, and so many of those that differ in an id alone.
MOST, ALIKE = 120, 2
BEGIN = ["/", "/moduli", "/cerca?q=spid", "/punti", "/mio-percorso", "/punto", "/rete", "/redazione",
         "/amministrazione", "/accesso", "/nessuna-pagina", "/api/v1/openapi.json"]
CHANCE = [
    (re.compile(rb'name="una-volta" value="[^"]*"'), b'name="una-volta"'),
    (re.compile(rb"127\.0\.0\.1:\d+"), b"HOST"),
    # Of a session, and of the second factor that it sets up.
    (re.compile(rb"/accesso/sessioni/[0-9a-f-]+"), b"/accesso/sessioni/ID"),
    (re.compile(rb"data:image/svg\+xml;base64,[^\"]+|<strong>([A-Z2-7]{4} ?){8}</strong>"), b"SECRET"),
    # When it was opened, or ends.
    (re.compile(rb"\b\d\d:\d\d\b"), b"TIME"),
]


def start(binary, *words):
    server = subprocess.Popen([binary, *words, "--listen", "127.0.0.1:0"], cwd=ROOT,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return server, server.stdout.readline().strip()


def stop(server):
    server.terminate()
    server.wait(timeout=60)


class Person:
    """A browser, as far as it takes one: cookies, a language, links."""

    def __init__(self, site, lang):
        self.site = site
        self.cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(self.cookies)
        self.get(f"/?lingua={lang}")

    def get(self, address, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(self.site + address, data)
        request.add_header("Origin", self.site)
        try:
            answer = self.browser.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.headers.get("content-type", ""), answer.read()

    def enter(self, account):
        if "card" in account:
            self.get("/tessera", {"tessera": account["card"], "pin": account["pin"], "letta": "1"})
        else:
            self.get("/accedi", {"email": account["email"], "password": account["password"]})

    def pages(self):
        """Address, status and bytes of every page there is a way to."""
        queue, seen, alike, shown = list(BEGIN), set(BEGIN), {}, 0
        while queue and shown < MOST:
            address = queue.pop(0)
            status, kind, body = self.get(address)
            for chance, instead in CHANCE:
                body = chance.sub(instead, body)
            yield address, status, body
            shown += 1
            if not kind.startswith("text/html"):
                continue
            for link in re.findall(rb'<a [^>]*?href="(/[^"#]*)', body):
                link = html.unescape(link.decode())
                like = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{2}-\d{3}|\?.*", "*", link)
                like = re.sub(r"^(/moduli/[^/]+)/.*", r"\1/*", like)
                alike[like] = alike.get(like, 0) + 1
                if link not in seen and alike[like] <= ALIKE and "lingua=" not in link:
                    seen.add(link)
                    queue.append(link)


def shown(binary, made, content, folder, accounts):
    """Every page by person, language and address."""
    database = folder / "copy.db"
    shutil.copy(made / "demo.db", database)
    server, address = start(binary, "serve", "--content", content, "--database", f"sqlite:{database}",
                            "--keys", made / "keys.toml")
    pages = {}
    # What it clears as it starts stands in the register of acts.
    time.sleep(3)
    try:
        for lang in ("it", "en"):
            for account in [None, *accounts]:
                person = Person(address, lang)
                if account:
                    person.enter(account)
                who = account["role"] if account else "nobody"
                for page, status, body in person.pages():
                    pages[who, lang, page] = (status, body)
    finally:
        stop(server)
    return pages


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("binaries", nargs=2, type=pathlib.Path)
    words.add_argument("--content", default="content")
    words.add_argument("--most", type=int, default=40, help="lines of differences to print")
    given = words.parse_args()
    binaries = [binary.resolve() for binary in given.binaries]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        demo, line = start(binaries[0], "demo", "--format", "json", "--content", given.content,
                           "--database", f"sqlite:{folder}/demo.db", "--keys", folder / "keys.toml")
        stop(demo)
        by_role = {account["role"]: account for account in reversed(json.loads(line)["accounts"])}
        before, after = (shown(binary, folder, given.content, folder, by_role.values()) for binary in binaries)
    differ = [page for page in before if before[page] != after.get(page)]
    differ += [page for page in after if page not in before]
    print(f"{len(before)} pages of {len({page[2] for page in before})} addresses, {len(differ)} differ")
    for page in differ[: given.most]:
        (status, one), (other_status, other) = (where.get(page, (0, b"")) for where in (before, after))
        print(*page, status, other_status)
        lines = difflib.unified_diff(one.decode(errors="replace").splitlines(), other.decode(errors="replace").splitlines(), lineterm="", n=0)
        print("\n".join(f"    {line[:200]}" for line in list(lines)[2:8]))
    sys.exit(bool(differ) or not before)


if __name__ == "__main__":
    main()
