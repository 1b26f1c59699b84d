#!/usr/bin/env python3
"""Makes acts of a retrieval corpus, as JSON lines that `pholuat import` reads.

usage: corpus_acts.py CORPUS.jsonl[.zst] FOLDER
Articles with the same number of act become one act; a file holds two hundred acts. The corpus holds parts of
acts, and a reader of law takes "Điều 321" behind "Điều 8" for a quotation: articles are counted through, as
`pholuat eval retrieval` does. Standard library only; .zst needs the zstd program.
"""
import collections
import json
import os
import re
import subprocess
import sys
import unicodedata


def lines(path):
    if path.endswith(".zst"):
        return subprocess.run(["zstd", "-dc", path], capture_output=True, check=True).stdout.split(b"\n")
    with open(path, "rb") as file:
        return file.read().split(b"\n")


def article(number, row):
    heading = f"Điều {number}. {row['title']}".strip()
    return f"{heading}\n{row['text']}"


def key(number):
    """One act, however its number is written: `78/2025/NĐ-CP`, `78/2025/nd-cp`."""
    plain = unicodedata.normalize("NFD", number.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def place_of(row):
    """Articles stand in their order in an act: 7, 7a, 8; the corpus gives them as they came."""
    digits = re.match(r"\d*", row["article"])[0]
    return (int(digits or 0), row["article"])


def main(corpus, out):
    acts = collections.defaultdict(list)
    for line in lines(corpus):
        if line.strip():
            row = json.loads(line)
            acts[key(row["law_no"])].append(row)
    os.makedirs(out, exist_ok=True)
    for place, rows in enumerate(acts.values()):
        number = rows[0]["law_no"]
        rows.sort(key=place_of)
        title = next((row["law_name"] for row in rows if row["law_name"]), number)
        act = {"metadata": {"number": number, "title": title}, "raw_text": "\n".join([f"Số: {number}", *map(article, range(1, len(rows) + 1), rows)])}
        with open(os.path.join(out, f"{place // 200}.jsonl"), "a", encoding="utf-8") as file:
            file.write(json.dumps(act, ensure_ascii=False) + "\n")
    print(f"{len(acts)} acts, {sum(map(len, acts.values()))} articles")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
