#!/usr/bin/env python3
"""Retrieval of SQLite FTS5 and PostgreSQL full text on the corpus and questions of `pholuat eval retrieval`.

usage: search.py fts5 CORPUS.jsonl QUERIES.jsonl RUN
       tools/with-postgres bench/search.py postgres CORPUS.jsonl QUERIES.jsonl RUN   (psql in PATH)
Both rank any-word matches over name, heading and text; the run is scored like every other. Prints
the time to build and p50/p95 of a question. Standard library only.
"""
import json
import os
import re
import sqlite3
import subprocess
import sys
import time

DEPTH = 20


def rows(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file.read().split("\n") if line.strip()]


def words(text):
    return list(dict.fromkeys(re.findall(r"\w+", text.lower())))


def report(times):
    times.sort()
    print(f"p50 {times[len(times) // 2]:.2f} ms, p95 {times[len(times) * 95 // 100]:.2f} ms")


def fts5(corpus, questions, run):
    start = time.time()
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE a USING fts5(id UNINDEXED, name, title, text, tokenize='unicode61 remove_diacritics 0')")
    db.executemany("INSERT INTO a VALUES (?, ?, ?, ?)", [(r["id"], r["law_name"], r["title"], r["text"]) for r in corpus])
    print(f"index: {time.time() - start:.1f} s")
    times = []
    for question in questions:
        query = " OR ".join(f'"{word}"' for word in words(question["text"]))
        start = time.perf_counter()
        found = db.execute("SELECT id FROM a WHERE a MATCH ? ORDER BY bm25(a, 0, 1, 2, 1) LIMIT ?", (query, DEPTH)).fetchall()
        times.append((time.perf_counter() - start) * 1e3)
        for rank, (one,) in enumerate(found, 1):
            run.write(f"{question['qid']} Q0 {one} {rank} {1 / rank} fts5\n")
    report(times)


def psql(script):
    answer = subprocess.run(
        ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", os.environ["PHOLUAT_TEST_PG"]],
        input=script, capture_output=True, text=True, check=True,
    )
    return answer.stdout


def quoted(text):
    return "'" + text.replace("\x00", " ").replace("'", "''") + "'"


def postgres(corpus, questions, run):
    start = time.time()
    values = ",\n".join(f"({quoted(r['id'])}, {quoted(' '.join((r['law_name'], r['title'], r['text'])))})" for r in corpus)
    psql(
        "CREATE TABLE bench_a (id text, words tsvector);\n"
        f"INSERT INTO bench_a SELECT id, to_tsvector('simple', t) FROM (VALUES {values}) AS v(id, t);\n"
        "CREATE INDEX ON bench_a USING gin (words); ANALYZE bench_a;"
    )
    print(f"index: {time.time() - start:.1f} s")
    script = ["\\timing on"]
    for question in questions:
        query = quoted(" | ".join(words(question["text"])))
        script.append(
            f"SELECT '{question['qid']}', id FROM bench_a, to_tsquery('simple', {query}) q WHERE words @@ q "
            f"ORDER BY ts_rank_cd(words, q) DESC, id LIMIT {DEPTH};"
        )
    times, ranks = [], {}
    for line in psql("\n".join(script)).splitlines():
        if line.startswith("Time: "):
            times.append(float(line.split()[1]))
        elif "|" in line:
            qid, one = line.split("|", 1)
            ranks[qid] = rank = ranks.get(qid, 0) + 1
            run.write(f"{qid} Q0 {one} {rank} {1 / rank} postgres\n")
    psql("DROP TABLE bench_a")
    report(times)


if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[1] not in ("fts5", "postgres"):
        sys.exit(__doc__)
    with open(sys.argv[4], "w", encoding="utf-8") as out:
        {"fts5": fts5, "postgres": postgres}[sys.argv[1]](rows(sys.argv[2]), rows(sys.argv[3]), out)
