#!/usr/bin/env python3
"""What 10,000 names add to a cold build.

Copies a newsroom four times: without entities (`none`), with their pages but names that are never looked for (`pages`),
with names that are looked for in every text and lead to nothing (`looked`), and with names that lead to their pages
(`found`). Builds them cold in turn and prints what each costs, and the ratio to the one before it, run by run. See
benches/README.md.
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

CASES = ["none", "pages", "looked", "found"]
# What the entities of a case say of their names.
MATCH = {"pages": "match: never\n", "looked": "match: exact\n"}
NAME = re.compile(r"^name: (.+)$", re.M)
ALIASES = re.compile(r"^aliases: \[(.*)\]$", re.M)


def names_of(text):
    aliases = ALIASES.search(text)
    return 1 + (aliases.group(1).count(",") + 1 if aliases else 0)


def with_more_names(texts, wanted):
    """The entities with so many names in all; what is added is written of letters that texts have, and in no text."""
    missing = wanted - sum(names_of(text) for text in texts.values())
    for path in sorted(texts):
        if missing <= 0:
            break
        text = texts[path]
        more = NAME.search(text).group(1) + " الأسبق"
        known = ALIASES.search(text)
        line = f"aliases: [{known.group(1)}, {more}]" if known else f"aliases: [{more}]"
        if known:
            texts[path] = ALIASES.sub(lambda _: line, text, count=1)
        else:
            texts[path] = NAME.sub(lambda name: f"{name.group(0)}\n{line}", text, count=1)
        missing -= 1
    return sum(names_of(text) for text in texts.values())


def copies(site, folder, wanted):
    """Writes the newsroom of each case; the articles name no entities themselves, so that those of all cases are alike."""
    entities = {p: p.read_text(encoding="utf-8") for p in (site / "content/entities").rglob("*.md")}
    n_names = with_more_names(entities, wanted)
    for case in CASES:
        shutil.copytree(site / "content", folder / case / "content",
                        ignore=lambda at, _: ["entities"] if pathlib.Path(at).name == "content" else [])
        shutil.copy(site / "brief.yaml", folder / case)
        for article in (folder / case / "content/articles").rglob("*.md"):
            text = article.read_text(encoding="utf-8")
            article.write_text(re.sub(r"^entities: .*\n", "", text, count=1, flags=re.M), encoding="utf-8")
        if case == "none":
            continue
        for path, text in entities.items():
            text = text.replace("---\n", "---\n" + MATCH.get(case, ""), 1)
            to = folder / case / path.relative_to(site)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_text(text, encoding="utf-8")
    return len(entities), n_names


def build(brief, site, out, now):
    command = [brief, "--root", site, "build", "--out", out, "--quiet"] + (["--now", now] if now else [])
    began = time.monotonic()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    if status != 0:
        sys.exit(f"brief could not build {site}")
    return time.monotonic() - began, used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=pathlib.Path, help="as `generate` writes it")
    parser.add_argument("--brief", default="target/release/brief")
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--now", help="RFC 3339; for generated sites the day that the generator names")
    asked = parser.parse_args()
    brief = str(pathlib.Path(asked.brief).resolve())
    folder = pathlib.Path(tempfile.mkdtemp(prefix="brief-names-"))
    try:
        n_entities, n_names = copies(asked.site, folder, asked.names)
        print(f"{n_entities} entities, {n_names} names")
        runs = {case: [] for case in CASES}
        for number in range(asked.runs):
            for case in CASES:
                out = str(folder / f"{case}-{number}")
                runs[case].append(build(brief, folder / case, out, asked.now))
                # Looked at by nobody; what it remembers stays beside the sources and is another one for each output.
                os.sync()
        print(f"{'case':8} {'wall s':>8} {'CPU s':>8}   {'wall ratio':>10} {'CPU ratio':>10}")
        for case, before in zip(CASES, [None, *CASES]):
            wall, cpu = (statistics.median(run[at] for run in runs[case]) for at in (0, 1))
            line = f"{case:8} {wall:8.3f} {cpu:8.3f}"
            if before:
                ratios = [
                    statistics.median(a[at] / b[at] for a, b in zip(runs[case], runs[before]))
                    for at in (0, 1)
                ]
                line += f"   {ratios[0]:10.3f} {ratios[1]:10.3f}   to {before}"
            print(line)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
