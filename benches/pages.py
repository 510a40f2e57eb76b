"""Web pages per second of processor time: to events with dateline, from files and from one WARC.gz, to body and day with trafilatura, in turns in one run.

Usage: pages.py DATELINE FOLDER    with .html.gz files; trafilatura must be installed
"""

import glob
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time

import trafilatura

dateline, files = sys.argv[1], sorted(glob.glob(os.path.join(sys.argv[2], "*.html.gz")))
pages = [gzip.open(file).read() for file in files]


def archive():
    """The pages as a web archive, a packed member each."""
    out = tempfile.NamedTemporaryFile(suffix=".warc.gz")
    for page in pages:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
        out.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    out.flush()
    return out


def ours(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([dateline, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env={**os.environ, "RAYON_NUM_THREADS": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout.count(b"\n")


def theirs(fast):
    begun = time.process_time()
    found = sum(trafilatura.bare_extraction(page, fast=fast) is not None for page in pages)
    return time.process_time() - begun, found


warc = archive()
runs = {"dateline, to events": lambda: ours(["extract", "--format", "html", *files]),
        "dateline, WARC.gz to events": lambda: ours(["extract", "--format", "warc", warc.name]), "trafilatura": lambda: theirs(False),
        "trafilatura, fast": lambda: theirs(True)}
best = {}
for _ in range(3):
    for name, run in runs.items():
        seconds, found = run()
        best[name] = min(best.get(name, (1e9, 0)), (seconds, found))
for name, (seconds, found) in best.items():
    print(f"{name}: {len(pages) / seconds:.0f} pages/s, {seconds / len(pages) * 1000:.1f} ms a page, {found} of {len(pages)} read")
