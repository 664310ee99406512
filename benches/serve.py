#!/usr/bin/env python3
"""Measures `brief serve --watch` as a browser sees it: how long a start takes, and how long an edit.

    benches/serve.py SITE [SITE…] [--edits 200] [--brief PATH] [--now TIME] [--hugo PATH] [--hugo-edits 10] [--json]

In: folders of sites; each is worked on where it is, and every article is left as it was. Out: for each site the seconds from the
start of the program to the first page having been received, from nothing (`cold`) and from what the last run left (`warm`), and
the milliseconds from the write of an article to its new page having been received, over all edits.

The client is a browser in what it does: it listens for events, and asks for the page when it is told to. An edit is a line more in
the text of an article, written in place as most editors do, and one less the next time. What is served must be the new text, or
the run fails.

With --hugo the same articles are written out for Hugo (hugo_site.py), and the first edits are made once more while
`hugo server` shows them. Its client asks for the page again and again until it has the new line: no browser knows it sooner.
"""

import argparse
import glob
import http.client
import json
import os
import pathlib
import queue
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import hugo_site

DEBOUNCE = 50.0
SEED = 1
WARM_STARTS = 5


class Server:
    """The running program."""

    def __init__(self, brief, site, now):
        command = [brief, "serve", "--watch", "--port", "0", "--root", site]
        if now:
            command += ["--now", now]
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            found = re.search(r" articles at http://127\.0\.0\.1:(\d+)(/\S*)", line)
            if found:
                break
        else:
            sys.exit(f"{site} is not served")
        self.port, self.base = int(found[1]), found[2]
        threading.Thread(target=lambda: [None for _ in self.process.stdout], daemon=True).start()
        status, _ = self.get(self.base)
        self.seconds = time.perf_counter() - self.started
        if status != 200:
            sys.exit(f"the front page of {site} has status {status}")

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def listen(self):
        """Every event's name, with what it says."""
        events = queue.Queue()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3600)
        connection.request("GET", "/.brief/events")
        stream = connection.getresponse()

        def follow():
            name = ""
            for line in stream:
                if line.startswith(b"event: "):
                    name = line[7:].decode().strip()
                elif line.startswith(b"data: "):
                    events.put((name, json.loads(line[6:])))

        threading.Thread(target=follow, daemon=True).start()
        assert events.get(timeout=60)[0] == "hello"
        return events

    def memory(self):
        """Resident kilobytes, where the system tells."""
        try:
            with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
                return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])
        except OSError:
            return 0

    def stop(self):
        self.process.kill()
        self.process.wait()


class HugoServer:
    """`hugo server`, as it comes."""

    def __init__(self, hugo, site):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [hugo, "server", "--bind", "127.0.0.1", "--port", str(self.port), "--noBuildLock"]
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.until("/", b"<html")
        self.seconds = time.perf_counter() - self.started

    def until(self, page, word):
        """Asks for a page until it has a word."""
        for _ in range(60_000):
            if self.process.poll() is not None:
                sys.exit("hugo server has ended")
            try:
                status, body = Server.get(self, page)
                if status == 200 and word in body:
                    return
            except OSError:
                pass
            time.sleep(0.005)
        sys.exit(f"hugo server does not serve {page} anew")

    def stop(self):
        self.process.kill()
        self.process.wait()


def forget(site):
    for path in glob.glob(f"{glob.escape(site)}/.brief/serve*"):
        os.remove(path)


def articles(site):
    found = []
    for folder, _, names in os.walk(f"{site}/content/articles"):
        found += [os.path.join(folder, name) for name in names if name.endswith(".md")]
    return sorted(found)


def address(server, path):
    """Where an article is published by the default pattern."""
    with open(path, encoding="utf-8") as file:
        date = re.search(r"^date:\s*[\"']?(\d{4})-(\d{2})-(\d{2})", file.read(4000), re.M)
    stem = os.path.basename(path)[: -len(".md")]
    return urllib.parse.quote("{}{}/{}/{}/{}.html".format(server.base, *date.groups(), stem))


def edit(server, events, path, page, n):
    """Writes an article; milliseconds until its new page has been received, and until the browser was told."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    word = f"edit{n}x{SEED}"
    while not events.empty():
        events.get()
    start = time.perf_counter()
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{text.rstrip()}\n\n{word}\n")
    name, _ = events.get(timeout=60)
    told = time.perf_counter()
    status, body = server.get(page)
    done = time.perf_counter()
    if name != "reload" or status != 200 or word.encode() not in body:
        sys.exit(f"{page} was not served anew: {name}, {status}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    events.get(timeout=60)
    return (done - start) * 1000, (told - start) * 1000


def quantile(values, q):
    return sorted(values)[min(len(values) - 1, int(q * len(values)))]


def distribution(times):
    return {
        "least": min(times),
        "median": statistics.median(times),
        "p90": quantile(times, 0.9),
        "p99": quantile(times, 0.99),
        "most": max(times),
    }


def measure_hugo(site, edits, options):
    """The same articles, edited in the same way, in `hugo server`."""
    with tempfile.TemporaryDirectory(prefix="brief-serve-hugo-") as scratch:
        source = hugo_site.HugoSite(pathlib.Path(site), pathlib.Path(scratch) / "site")
        source.write()
        server = HugoServer(options.hugo, source.target)
        times = []
        for n, (path, _) in enumerate(edits[: options.hugo_edits]):
            front, _ = hugo_site.parts(pathlib.Path(path))
            day, stem = "/".join(hugo_site.day_of(front)), hugo_site.stem_of(pathlib.Path(path))
            file, page = source.target / "content" / day / f"{stem}.md", urllib.parse.quote(f"/{day}/{stem}.html")
            text, word = file.read_text(encoding="utf-8"), f"edit{n}x{SEED}"
            start = time.perf_counter()
            file.write_text(f"{text.rstrip()}\n\n{word}\n", encoding="utf-8")
            server.until(page, word.encode())
            times.append((time.perf_counter() - start) * 1000)
            # What it does after the page is there would be counted with the next edit.
            time.sleep(1)
        server.stop()
    return {"start_s": server.seconds, "edits": len(times), "ms": distribution(times)}


def measure(site, options):
    starts = {"cold": [], "warm": []}
    for kind in ["cold"] + ["warm"] * WARM_STARTS:
        if kind == "cold":
            forget(site)
        server = Server(options.brief, site, options.now)
        starts[kind].append(server.seconds)
        time.sleep(1.5)
        server.stop()
    server = Server(options.brief, site, options.now)
    time.sleep(1.5)
    events, chosen = server.listen(), random.Random(SEED)
    paths = articles(site)
    pages = []
    while len(pages) < options.edits:
        path = chosen.choice(paths)
        page = address(server, path)
        if server.get(page)[0] == 200:
            pages.append((path, page))
    before, times, told = server.memory(), [], []
    for n, (path, page) in enumerate(pages):
        served, heard = edit(server, events, path, page, n)
        times.append(served)
        told.append(heard)
    after = server.memory()
    server.stop()
    return {
        "site": site,
        "articles": len(paths),
        "cold_s": starts["cold"][0],
        "warm_s": starts["warm"],
        "edits": len(times),
        "ms": distribution(times),
        "told_ms": statistics.median(told),
        "memory_kb": [before, after],
    } | ({"hugo": measure_hugo(site, pages, options)} if options.hugo else {})


def shown(ms):
    return ", ".join(f"{name} {value:.1f}" for name, value in ms.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("sites", nargs="+", metavar="SITE")
    parser.add_argument("--brief", default=os.path.join(os.path.dirname(__file__), "../target/release/brief"))
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--now", default="2024-01-01T00:00:00Z")
    parser.add_argument("--hugo", help="also with this Hugo: the program itself, not a script that starts it")
    parser.add_argument("--hugo-edits", type=int, default=10)
    parser.add_argument("--json", action="store_true", help="one JSON object for each site")
    options = parser.parse_args()
    options.brief = os.path.abspath(options.brief)
    options.hugo = options.hugo and os.path.abspath(options.hugo)
    for site in options.sites:
        found = measure(os.path.abspath(site), options)
        if options.json:
            print(json.dumps(found), flush=True)
            continue
        ms = found["ms"]
        warm = ", ".join(f"{seconds:.2f}" for seconds in sorted(found["warm_s"]))
        print(f"{found['articles']} articles: ready in {found['cold_s']:.2f} s cold; warm, one start after another: {warm} s")
        print(f"  {found['edits']} edits, ms from the write to the new page: {shown(ms)}")
        print(
            f"  beyond the {DEBOUNCE:.0f} ms for which it waits for more: "
            f"median {ms['median'] - DEBOUNCE:.1f}, p99 {ms['p99'] - DEBOUNCE:.1f}"
        )
        print(f"  resident memory: {found['memory_kb'][0]} kB before the edits, {found['memory_kb'][1]} kB after", flush=True)
        hugo = found.get("hugo")
        if hugo:
            print(f"  hugo server: ready in {hugo['start_s']:.2f} s; {hugo['edits']} edits: {shown(hugo['ms'])}")
            start, median = hugo["start_s"] / found["cold_s"], hugo["ms"]["median"] / ms["median"]
            warm = hugo["start_s"] / statistics.median(found["warm_s"])
            print(f"  hugo/brief: start {start:.1f} (cold), {warm:.1f} (warm); the median edit {median:.1f}", flush=True)


if __name__ == "__main__":
    main()
