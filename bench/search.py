#!/usr/bin/env python3
"""Retrieval of SQLite FTS5 and PostgreSQL full text on the corpus and questions of `pholuat eval retrieval`.

usage: search.py fts5 CORPUS.jsonl QUERIES.jsonl RUN
       tools/with-postgres bench/search.py postgres CORPUS.jsonl QUERIES.jsonl RUN   (psql in PATH)
Both rank any-word matches over name, heading and text; the run is scored like every other. Prints
the time to build and what a question takes, asked one after the other and by 32 askers at once, each
with a connection of its own. BENCH_QUESTIONS asks only so many of the questions, evenly chosen.
Standard library only; .zst needs the zstd program.
"""
import concurrent.futures
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

DEPTH = 20
ASKERS = 32


def rows(path):
    if path.endswith(".zst"):
        data = subprocess.run(["zstd", "-dc", path], capture_output=True, check=True).stdout
    else:
        with open(path, "rb") as file:
            data = file.read()
    return [json.loads(line) for line in data.split(b"\n") if line.strip()]


def words(text):
    return list(dict.fromkeys(re.findall(r"\w+", text.lower())))


def report(name, times, seconds):
    times.sort()
    at = lambda share: times[int((len(times) - 1) * share)]
    print(f"{name}: p50 {at(.5):.2f} ms, p95 {at(.95):.2f} ms, p99 {at(.99):.2f} ms, {len(times) / seconds:.0f}/s")


def at_once(questions, ask):
    """Every asker takes its share of the questions; `ask` gives the times of a share in milliseconds."""
    start = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(ASKERS) as askers:
        shares = list(askers.map(ask, [questions[n::ASKERS] for n in range(ASKERS)]))
    report(f"{ASKERS} askers", [one for share in shares for one in share], time.perf_counter() - start)


def fts5(corpus, questions, run):
    start = time.time()
    folder = tempfile.TemporaryDirectory()
    place = os.path.join(folder.name, "fts5")
    db = sqlite3.connect(place)
    db.execute("CREATE VIRTUAL TABLE a USING fts5(id UNINDEXED, name, title, text, tokenize='unicode61 remove_diacritics 0')")
    db.executemany("INSERT INTO a VALUES (?, ?, ?, ?)", [(r["id"], r["law_name"], r["title"], r["text"]) for r in corpus])
    db.commit()
    print(f"index: {time.time() - start:.1f} s, {os.path.getsize(place) / 1e6:.0f} MB")

    def answer(connection, question):
        query = " OR ".join(f'"{word}"' for word in words(question["text"]))
        start = time.perf_counter()
        found = connection.execute("SELECT id FROM a WHERE a MATCH ? ORDER BY bm25(a, 0, 1, 2, 1) LIMIT ?", (query, DEPTH)).fetchall()
        return found, (time.perf_counter() - start) * 1e3

    times, began = [], time.perf_counter()
    for question in questions:
        found, took = answer(db, question)
        times.append(took)
        for rank, (one,) in enumerate(found, 1):
            run.write(f"{question['qid']} Q0 {one} {rank} {1 / rank} fts5\n")
    report("one asker", times, time.perf_counter() - began)

    def ask(share):
        connection = sqlite3.connect(place)
        return [answer(connection, question)[1] for question in share]

    at_once(questions, ask)


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

    def answers(share):
        script = ["\\timing on"]
        for question in share:
            query = quoted(" | ".join(words(question["text"])))
            script.append(
                f"SELECT '{question['qid']}', id FROM bench_a, to_tsquery('simple', {query}) q WHERE words @@ q "
                f"ORDER BY ts_rank(words, q, 1) DESC, id LIMIT {DEPTH};"
            )
        return psql("\n".join(script)).splitlines()

    def times_of(lines):
        return [float(line.split()[1]) for line in lines if line.startswith("Time: ")]

    ranks, began = {}, time.perf_counter()
    lines = answers(questions)
    report("one asker", times_of(lines), time.perf_counter() - began)
    for line in lines:
        if "|" in line:
            qid, one = line.split("|", 1)
            ranks[qid] = rank = ranks.get(qid, 0) + 1
            run.write(f"{qid} Q0 {one} {rank} {1 / rank} postgres\n")
    at_once(questions, lambda share: times_of(answers(share)))
    psql("DROP TABLE bench_a")


if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[1] not in ("fts5", "postgres"):
        sys.exit(__doc__)
    with open(sys.argv[4], "w", encoding="utf-8") as out:
        questions = rows(sys.argv[3])
        asked = int(os.environ.get("BENCH_QUESTIONS") or len(questions))
        questions = [questions[n * len(questions) // asked] for n in range(asked)]
        {"fts5": fts5, "postgres": postgres}[sys.argv[1]](rows(sys.argv[2]), questions, out)
