#!/usr/bin/env python3
"""How the house stands: what a newcomer has to read, and what says the same thing twice.

    tests/house/measure.py              the table, of the tree it is in
    tests/house/measure.py --detail     and what is behind each figure
    tests/house/measure.py --touched A B
                                        the files that differ between two commits: what one more
                                        page, table, rule or field costs

Tests are left out: the `tests` modules of `src`, and what stands below `#[cfg(test)]`. Nothing but
Python's own library is needed, and the sources as rustfmt leaves them.
"""

import collections
import pathlib
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
# A block of so many lines that stands twice is a piece that should stand once.
BLOCK = 10
LONG_FUNCTION = 60


def sources():
    """Every source file, as its path below src and its text without tests."""
    for path in sorted(SRC.rglob("*.rs")):
        below = path.relative_to(SRC)
        if "tests" in below.with_suffix("").parts:
            continue
        text = path.read_text()
        yield below, re.split(r"^\s*#\[cfg\(test\)\]\n\s*mod ", text, maxsplit=1, flags=re.M)[0]


def module_of(below):
    """`web/error/from.rs` is `web::error::from`."""
    parts = below.with_suffix("").parts
    if parts[-1] in ("mod", "lib"):
        parts = parts[:-1]
    return parts


def uses(text):
    """Every path of the `use` lines, with whether it is a `pub use`, and the name it is known by."""
    for public, tree in re.findall(r"^\s*(pub(?:\([^)]*\))? )?use ([^;]+);", text, flags=re.M):
        for path, name in flatten(re.sub(r"\s+", " ", tree)):
            yield bool(public), path, name


def flatten(tree, before=()):
    tree = tree.strip()
    if not tree:
        return
    if "{" not in tree:
        path, _, other = tree.partition(" as ")
        parts = before + tuple(path.strip().split("::"))
        if parts[-1] == "self":
            parts = parts[:-1]
        yield parts, (other.strip() or parts[-1])
        return
    head, rest = tree.split("{", 1)
    head = before + tuple(part for part in head.strip().split("::") if part)
    depth, part = 0, ""
    for sign in rest[: rest.rindex("}")]:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            yield from flatten(part, head)
            part = ""
        else:
            part += sign
    yield from flatten(part, head)


class Imports:
    """Which file uses what of which other file."""

    def __init__(self, files):
        self.files = {module_of(below): below for below, _ in files if str(below) != "main.rs"}
        self.again = {}
        for below, text in files:
            own = module_of(below)
            for public, path, name in uses(text):
                if public:
                    self.again[own + (name,)] = self.absolute(own, path)
        self.edges = collections.defaultdict(dict)
        for below, text in files:
            if str(below) != "main.rs":
                self.read(below, text)

    def absolute(self, own, path):
        """A path from the root of the crate; None where it leads out of it."""
        first, rest = path[0], path[1:]
        if first == "crate":
            return rest
        if first == "self":
            return own + rest
        while first == "super":
            own, first, rest = own[:-1], (rest[0] if rest else ""), rest[1:]
            if first != "super":
                return own + ((first,) if first else ()) + rest
        return own + path if own + (first,) in self.files else None

    def file(self, path):
        """The file in which what a path names is written."""
        for _ in range(8):
            again = next((n for n in range(len(path), 0, -1) if path[:n] in self.again), None)
            if again is None:
                break
            target = self.again[path[:again]]
            if target is None:
                return None
            path = target + path[again:]
        for length in range(len(path), -1, -1):
            if path[:length] in self.files:
                return self.files[path[:length]]
        return None

    def read(self, below, text):
        own, known = module_of(below), {}
        for public, path, name in uses(text):
            path = self.absolute(own, path)
            if path is not None:
                known[name] = path
                if not public:
                    self.add(below, path)
        code = re.sub(r"//.*", "", re.sub(r"^\s*(pub(\([^)]*\))? )?use [^;]+;", "", text, flags=re.M))
        for found in set(re.findall(r"\b[a-z_]\w*(?:::\w+)+", code)):
            path = tuple(found.split("::"))
            whole = known[path[0]] + path[1:] if path[0] in known else self.absolute(own, path)
            if whole is not None:
                self.add(below, whole)

    def add(self, below, path):
        other = self.file(path)
        if other is not None and other != below:
            self.edges[below].setdefault(other, "::".join(path))

    def circles(self):
        """Groups of files of which each uses all others, by way of whatever."""
        number, low, stack, groups = {}, {}, [], []
        sys.setrecursionlimit(10_000)

        def visit(file):
            number[file] = low[file] = len(number)
            stack.append(file)
            for other in self.edges.get(file, ()):
                if other not in number:
                    visit(other)
                if other in stack:
                    low[file] = min(low[file], low[other])
            if low[file] == number[file]:
                at = stack.index(file)
                group = stack[at:]
                del stack[at:]
                if len(group) > 1:
                    groups.append(group)

        for file in self.files.values():
            if file not in number:
                visit(file)
        return groups


def functions(text):
    """Name, whether it is a handler, and length of every function, as rustfmt indents them."""
    lines = text.splitlines()
    for start, line in enumerate(lines):
        head = re.match(r"(\s*)((?:pub(?:\([^)]*\))? )?(?:const |async |unsafe )*)fn (\w+)", line)
        if head:
            end = next((n for n in range(start, len(lines)) if lines[n] == head[1] + "}"), start)
            said = " ".join(lines[start : min(end, start + 14)])
            handler = "pub" in head[2] and "async" in head[2] and "HttpResponse, Error>" in said
            yield head[3], handler, end - start + 1


def blocks(files):
    """Blocks of lines that stand in two places: (first place, second place, length)."""
    said, lines = collections.defaultdict(list), {}
    for below, text in files:
        text = re.sub(r"^\s*(pub(\([^)]*\))? )?use [^;]+;", lambda m: "\n" * m[0].count("\n"), text, flags=re.M)
        kept = [(n + 1, line.strip()) for n, line in enumerate(text.splitlines())]
        lines[below] = [(n, line) for n, line in kept if line and not line.startswith("//")]
        for at in range(len(lines[below]) - BLOCK + 1):
            window = tuple(line for _, line in lines[below][at : at + BLOCK])
            # Closing brackets alone say nothing.
            if sum(len(line) > 3 for line in window) >= BLOCK * 0.6:
                said[window].append((below, at))
    pairs = {(one, other) for places in said.values() for one in places for other in places if one < other}
    for one, other in sorted(pairs):
        if ((one[0], one[1] - 1), (other[0], other[1] - 1)) in pairs:
            continue
        length = BLOCK
        while ((one[0], one[1] + length - BLOCK + 1), (other[0], other[1] + length - BLOCK + 1)) in pairs:
            length += 1
        yield (one[0], lines[one[0]][one[1]][0]), (other[0], lines[other[0]][other[1]][0]), length


def room(below):
    return "/".join(below.parts[: 2 if below.parts[0] == "web" else 1])


def table():
    files = list(sources())
    web = [(below, text) for below, text in files if below.parts[0] == "web"]
    structs = [
        (below, name, len(re.findall(r"^\s+(?:pub(?:\([^)]*\))? )?\w+: ", body, flags=re.M)))
        for below, text in web
        for name, body in re.findall(r"^(?:pub(?:\([^)]*\))? )?struct (\w+)[^;{(]*\{\n(.*?)^\}", text, flags=re.M | re.S)
    ]
    types = collections.defaultdict(list)
    for below, text in files:
        for name in re.findall(r"^\s*pub(?:\([^)]*\))? (?:struct|enum|trait|type|union) (\w+)", text, flags=re.M):
            types[name].append(str(below))
    twice = {name: places for name, places in types.items() if len(places) > 1}
    refusals = [f"{below}: {name}" for below, text in files for name in re.findall(r"enum (\w*Error)\b", text)]
    circles = Imports(files).circles()
    every = [(length, f"{below}: {name}", handler) for below, text in files for name, handler, length in functions(text)]
    handlers = [length for length, _, handler in every if handler]
    long = sorted(((length, name) for length, name, _ in every if length > LONG_FUNCTION), reverse=True)
    again = list(blocks(files))
    across = [pair for pair in again if room(pair[0][0]) != room(pair[1][0])]
    rows = [
        ("files, lines of src", f"{len(files)}, {sum(text.count(chr(10)) for _, text in files):,}", []),
        ("files, lines of src/web", f"{len(web)}, {sum(text.count(chr(10)) for _, text in web):,}", []),
        ("structs of src/web, their fields", f"{len(structs)}, {sum(n for _, _, n in structs)}", []),
        ("public type names used more than once", len(twice), [f"{len(p)} {n}: {', '.join(p)}" for n, p in sorted(twice.items(), key=lambda one: -len(one[1]))]),
        ("error enums", len(refusals), refusals),
        ("circles between files, files in them", f"{len(circles)}, {sum(map(len, circles))}", [" ".join(map(str, one)) for one in circles]),
        ("longest function; over 60 lines", f"{max(every)[0]}; {100 * len(long) / len(every):.1f} %", [f"{length} {name}" for length, name in long]),
        ("handlers: number, median, longest", f"{len(handlers)}, {statistics.median(handlers):.0f}, {max(handlers)}", []),
        ("longest file", max((text.count("\n"), str(below)) for below, text in files)[0], []),
        (f"blocks of {BLOCK} lines and more that stand twice", len(again), []),
        ("… in two rooms", len(across), [f"{length} {one[0]}:{one[1]} {other[0]}:{other[1]}" for one, other, length in sorted(again, key=lambda b: -b[2])]),
    ]
    detail = "--detail" in sys.argv
    print("| what | figure |\n|---|---|")
    for what, figure, behind in rows:
        print(f"| {what} | {figure} |")
        if detail:
            print("".join(f"    {line}\n" for line in behind), end="")


def touched(one, other):
    names = subprocess.run(
        ["git", "diff", "--name-only", one, other], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    print(f"{len(names)} files\n" + "\n".join(names))


if __name__ == "__main__":
    if "--touched" in sys.argv:
        touched(*sys.argv[sys.argv.index("--touched") + 1 :][:2])
    else:
        table()
