#!/usr/bin/env python3
"""One bench for each phase of a build.

Builds a site several times and prints, for each phase, the median time, what it worked on and the time for one item:
cold into fresh folders, then with nothing changed, then after a change of one article's body. See benches/README.md.
"""

import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import tempfile


def build(brief, site, out, now, *more):
    command = [brief, "--root", site, "build", "--out", out, "--timings", "--format", "json", *more]
    if now:
        command += ["--now", now]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return {phase["phase"]: phase for phase in json.loads(done.stdout)["timings"]["phases"]}


def table(case, runs):
    for name in runs[0]:
        phases = [run[name] for run in runs if name in run]
        micros = statistics.median(phase["micros"] for phase in phases)
        items, n_bytes = phases[0]["items"], phases[0]["bytes"]
        each = f"{micros / items:10.1f}" if items else " " * 10
        print(f"{case:8} {name:8} {micros / 1000:11.1f} {items:10} {n_bytes / 1e6:10.1f} {each}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("--brief", default="target/release/brief")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--now", help="RFC 3339; for generated sites the day that the generator names")
    asked = parser.parse_args()
    brief = str(pathlib.Path(asked.brief).resolve())
    folder = pathlib.Path(tempfile.mkdtemp(prefix="brief-phases-"))
    try:
        print(f"{'case':8} {'phase':8} {'ms':>11} {'items':>10} {'MB':>10} {'us an item':>10}")
        outs = [str(folder / str(number)) for number in range(asked.runs)]
        table("cold", [build(brief, asked.site, out, asked.now) for out in outs])
        table("same", [build(brief, asked.site, outs[-1], asked.now) for _ in outs])
        article = max((asked.site / "content/articles").rglob("*.md"))
        text = article.read_text(encoding="utf-8")
        runs = []
        try:
            for number in range(asked.runs):
                article.write_text(f"{text}\n{number}.\n", encoding="utf-8")
                runs.append(build(brief, asked.site, outs[-1], asked.now))
        finally:
            article.write_text(text, encoding="utf-8")
        table("edited", runs)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
