#!/usr/bin/env python3
"""Builds one newsroom with brief, with Hugo and with the floor program, and prints what each costs.

usage: benches/compare.py --generated N[,N…] [--short] [options]     newsrooms of the generator
       benches/compare.py SITE [options]                             a newsroom of yours, a brief site

options:
  --hugo PATH    also with this Hugo: the program itself, not a script that starts it
  --floor        also with the floor program, which reads the same inputs and writes the same files
  --runs R       runs of each case, of which the median counts [3]
  --pause S      seconds before each run [1]
  --brief PATH   the program to measure [target/release/brief]
  --tools DIR    where generate and floor are [benches/target/release]
  --keep DIR     make the sites and outputs in this folder, and leave them there
  --json         print one JSON object for each case instead of tables

Cases: `cold` into a fresh folder, nothing known; `same`, once more and nothing changed; `edited`, the title and the
body of one article changed; `added`, one article more; where brief has the option, `edited told` and `added told`,
the change named with --changed. Each run of a case is another edit or another article. `named` and `named told`: one
entity more, which no article names; brief alone has entities.

What the programs make is checked: as many article pages by Hugo as by brief, the same files and bytes by the floor.
benches/README.md says how to read the tables, and what to beware of.
"""

import argparse
import collections
import datetime
import itertools
import json
import math
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import hugo_site

HERE = pathlib.Path(__file__).resolve().parent
ARTICLE = re.compile(r"\d{4}/\d\d/\d\d/(?!index)[^/]+\.html$")
# A process begins with the memory of the one that starts it, as far as its peak is concerned; so programs are started
# by an interpreter that holds nothing.
STARTER = """
import json, os, sys, time
start = time.monotonic()
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(pid, 0)
wall = time.monotonic() - start
print(json.dumps([os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
"""

Row = collections.namedtuple("Row", "wall cpu peak_mb files mb")


def fail(message):
    sys.exit(f"compare: {message}")


def run(command, cwd, pause=0.0):
    """Runs a program to its end: wall seconds, CPU seconds, peak memory in MB, and what it printed."""
    os.sync()
    time.sleep(pause)
    starter = [sys.executable, "-S", "-E", "-c", STARTER, *map(str, command)]
    done = subprocess.run(starter, cwd=cwd, capture_output=True, text=True)
    said, _, measured = done.stdout.rstrip("\n").rpartition("\n")
    code, *numbers = json.loads(measured) if measured.startswith("[") else [done.returncode]
    if code != 0:
        fail(f"{' '.join(map(str, command))}: exit code {code}\n{said[-2000:]}{done.stderr[-2000:]}")
    return *numbers, said


def files_of(folder):
    """Path, length and identity of each file below a folder; a file that is written again has another identity."""
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    stat = entry.stat(follow_symlinks=False)
                    yield os.path.relpath(entry.path, folder), stat.st_size, (stat.st_ino, stat.st_mtime_ns)


class Tree:
    """What is in an output folder, and what a build changes of it."""

    def __init__(self, folder):
        self.folder, self.before = folder, {}

    def written(self):
        """Files and MB that are new or written again since the last look."""
        now, lengths = {}, 0
        n_changed = 0
        for path, length, identity in files_of(self.folder):
            now[path] = identity
            if self.before.get(path) != identity:
                n_changed, lengths = n_changed + 1, lengths + length
        self.before = now
        return n_changed, lengths / 1e6

    def articles(self):
        return sum(1 for path in self.before if ARTICLE.match(path))


class Brief:
    """Builds with brief."""

    name = "brief"

    def __init__(self, program, scratch, site, now):
        self.program, self.scratch, self.site = program, scratch, site
        self.now = ["--now", now] if now else []
        self.tree = None
        usage = subprocess.run([program, "build", "--help"], capture_output=True, text=True).stdout
        self.can_be_told = "--changed" in usage

    def fresh(self, number):
        """Forgets the last build, without deleting what would slow the next."""
        if (self.site / ".brief").exists():
            (self.site / ".brief").rename(self.scratch / f"state-{number}-{time.monotonic_ns()}")
        self.tree = Tree(self.scratch / f"brief-{number}")

    def command(self, told=None):
        changed = ["--changed", told.relative_to(self.site)] if told else []
        return [self.program, "build", "--quiet", "--out", self.tree.folder, *self.now, *changed]

    def change(self, path, is_new):
        pass


class Hugo:
    """Builds with Hugo."""

    name = "hugo"
    can_be_told = False

    def __init__(self, program, scratch, source):
        self.program, self.scratch, self.site = program, scratch, scratch / "hugo-site"
        self.source = hugo_site.HugoSite(source, self.site)
        self.source.write()
        self.tree = None

    def fresh(self, number):
        self.tree = Tree(self.scratch / f"hugo-{number}")

    def command(self, told=None):
        return [self.program, "--quiet", "--noBuildLock", "--destination", self.tree.folder]

    def change(self, path, is_new):
        self.source.write_new(path) if is_new else self.source.write_article(path)


class Measurement:
    """One newsroom: its cases, run by run."""

    def __init__(self, options, scratch, site, n_articles, now):
        self.options, self.site, self.n_articles = options, site, n_articles
        self.scratch = scratch
        self.rows = collections.defaultdict(list)
        self.tools = [Brief(options.brief, scratch, site, now)]
        if options.hugo:
            self.tools.append(Hugo(options.hugo, scratch, site))
        self.n_changes = 0

    def all_cases(self):
        options = self.options
        for number in range(options.runs):
            for tool in self.tools:
                tool.fresh(number)
                self.build("cold", tool)
            if options.floor:
                self.floor(number)
        self.check()
        for number in range(options.runs):
            for tool in self.tools:
                self.build("same", tool)
        cases = ["edited", "added"] if options.generated else ["edited"]
        for case, is_told in itertools.product(cases, (False, True)):
            tools = [tool for tool in self.tools if tool.can_be_told or not is_told]
            for number in range(options.runs if tools else 0):
                path = self.edit() if case == "edited" else self.add()
                for tool in tools:
                    tool.change(path, is_new=case == "added")
                    self.build(f"{case} told" if is_told else case, tool, path if is_told else None)
        brief = self.tools[0]
        for is_told in (False, brief.can_be_told):
            for _ in range(options.runs):
                path = self.name()
                self.build("named told" if is_told else "named", brief, path if is_told else None)

    def build(self, case, tool, told=None):
        *costs, _ = run(tool.command(told), tool.site, self.options.pause)
        self.rows[case, tool.name].append(Row(*costs, *tool.tree.written()))

    def floor(self, number):
        """The same inputs read and the same files written, after brief has written them."""
        built, out = self.tools[0].tree.folder, self.scratch / f"floor-{number}"
        program = self.options.tools / "floor"
        *costs, said = run([program, self.site, built, out], self.scratch, self.options.pause)
        measured = json.loads(said)
        written = Tree(out).written()
        if written != self.rows["cold", "brief"][-1][3:]:
            fail(f"the floor wrote {written}, brief {self.rows['cold', 'brief'][-1][3:]} (files, MB)")
        # The list of what to write is made before its clock starts.
        self.rows["cold", "floor"].append(Row(measured["wall"], *costs[1:], *written))

    def check(self):
        """Whether all made pages of the same articles; a newsroom of yours may hold what one of them leaves out."""
        pages = {tool.name: tool.tree.articles() for tool in self.tools}
        if set(pages.values()) != {self.n_articles}:
            said = f"{self.n_articles} articles, but pages of articles: {pages}"
            fail(said) if self.options.generated else print(said, file=sys.stderr)

    def edit(self):
        """Changes the title and the body of one of the newest articles."""
        self.n_changes += 1
        articles = sorted(self.site.glob("content/articles/**/*.md"))
        path = articles[-1 - self.n_changes % min(20, len(articles))]
        front, body = hugo_site.parts(path)
        number = f" ({self.n_changes})"
        front = re.sub(r"""^(title: .*?)(["']?)$""", rf"\1{number}\2", front, count=1, flags=re.M)
        first = next(line for line in body.splitlines() if line and not line.startswith("#"))
        path.write_text(f"---\n{front}---\n{body}\n{first}{number}\n", encoding="utf-8")
        return path

    def add(self):
        generate = self.options.tools / "generate"
        *_, said = run([generate, "--add", "1", self.site], self.scratch)
        return self.site / said.splitlines()[0]

    def name(self):
        """Adds an entity that no article names."""
        self.n_changes += 1
        path = self.site / "content" / "entities" / f"named-{self.n_changes}.md"
        path.write_text(f"---\nname: Xanthe Quillfeather {self.n_changes}\nkind: person\n---\n", encoding="utf-8")
        return path

    def medians(self):
        """For each case and program, the median of each column."""
        rows = self.rows.items()
        return {key: Row(*map(statistics.median, zip(*of_key))) for key, of_key in rows}


def table(measurement):
    """The medians of one newsroom, and the ratios."""
    medians = measurement.medians()
    print(f"\n{measurement.n_articles} articles")
    print(f"{'case':12} {'program':8}{'wall s':>10}{'CPU s':>10}{'peak MB':>10}{'files':>9}{'MB':>9}")
    for (case, tool), row in medians.items():
        print(f"{case:12} {tool:8}{row.wall:10.3f}{row.cpu:10.2f}{row.peak_mb:10.1f}{row.files:9.0f}{row.mb:9.1f}")
    for (case, tool), row in medians.items():
        brief = medians[case, "brief"]
        if tool == "hugo":
            costs = {"wall": row.wall / brief.wall, "CPU": row.cpu / brief.cpu, "memory": row.peak_mb / brief.peak_mb}
            told = medians.get((f"{case} told", "brief"))
            costs |= {"wall when told": row.wall / told.wall} if told else {}
            print(f"hugo/brief {case}: {', '.join(f'{cost} {ratio:.1f}' for cost, ratio in costs.items())}")
        elif tool == "floor":
            print(f"brief/floor {case}: wall {brief.wall / row.wall:.2f}")


def growth(measurements):
    """How time and memory grow from one newsroom to the next larger one."""
    print("\ngrowth: time for each doubling of the articles; peak memory for each article above the smallest")
    smallest = measurements[0]
    for less, more in itertools.pairwise(measurements):
        doublings = math.log2(more.n_articles / less.n_articles)
        least, before, after = smallest.medians(), less.medians(), more.medians()
        for (case, tool), row in after.items():
            ratio = (row.wall / before[case, tool].wall) ** (1 / doublings)
            n_more = more.n_articles - smallest.n_articles
            memory = (row.peak_mb - least[case, tool].peak_mb) * 1024 / n_more
            steps = f"{less.n_articles} → {more.n_articles}"
            print(f"{case:12} {tool:8} {steps:18} time(2N)/time(N) {ratio:5.2f}  {memory:9.2f} KB an article")


def records(measurement):
    """One JSON object a line."""
    for (case, tool), median in measurement.medians().items():
        rows = measurement.rows[case, tool]
        record = {"articles": measurement.n_articles, "case": case, "program": tool, **median._asdict()}
        print(json.dumps({**record, "runs": [row._asdict() for row in rows]}))


def generated(options, scratch, n_articles):
    """Generates a newsroom; its folder and the time at which all of it is out, and of what is added to it."""
    site = scratch / "site"
    short = ["--short"] if options.short else []
    generate = options.tools / "generate"
    *_, said = run([generate, "--articles", n_articles, "--seed", options.seed, *short, site], scratch)
    day = datetime.date.fromisoformat(said.split()[-1]) + datetime.timedelta(days=1)
    return site, f"{day}T00:00:00Z"


def parsed():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1])
    parser.add_argument("site", nargs="?", type=pathlib.Path)
    parser.add_argument("--generated", default=[], type=lambda text: sorted(set(map(int, text.split(",")))))
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--brief", default=HERE.parent / "target/release/brief", type=pathlib.Path)
    parser.add_argument("--hugo", type=pathlib.Path)
    parser.add_argument("--floor", action="store_true")
    parser.add_argument("--tools", default=HERE / "target/release", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if bool(options.site) == bool(options.generated) or options.runs < 1:
        parser.error("give either a site or --generated, and at least one run")
    for name in ("brief", "hugo", "tools"):
        path = getattr(options, name)
        if path and not path.exists():
            parser.error(f"there is no {path}")
        setattr(options, name, path and path.resolve())
    return options


def main():
    options = parsed()
    keep = options.keep
    root = pathlib.Path(keep or tempfile.mkdtemp(prefix="brief-compare-")).resolve()
    measurements = []
    for n_articles in options.generated or [None]:
        scratch = root / str(n_articles or "site")
        scratch.mkdir(parents=True)
        if n_articles is None:
            site, now = scratch / "site", None
            shutil.copytree(options.site, site, ignore=shutil.ignore_patterns("public*", ".brief"))
            n_articles = sum(1 for _ in site.glob("content/articles/**/*.md"))
        else:
            site, now = generated(options, scratch, n_articles)
        measurement = Measurement(options, scratch, site, n_articles, now)
        measurement.all_cases()
        measurements.append(measurement)
        records(measurement) if options.json else table(measurement)
    if len(measurements) > 1 and not options.json:
        growth(measurements)
    if keep:
        print(f"\nthe sites and what was built of them are in {root}", file=sys.stderr)
    else:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
