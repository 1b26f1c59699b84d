#!/usr/bin/env bash
# Measures the service beside nginx on this machine. See bench/README.md.
#   bench/run.sh pages   the page of a code from memory, beside nginx gzip_static
#   bench/run.sh first   the first request after a change, beside nginx static uncompressed
#   bench/run.sh memory  resident memory with the whole HTML set loaded and read
#   bench/run.sh versions  amended acts derived again; a past day beside today
#   bench/run.sh import  acts a second for 1,000 and 4,000 acts, beside reading them alone and copying them
#   bench/run.sh agency  a province of 200 units, 5,000 accounts, 50,000 posts: its pages beside the law's, publishing until seen
#   bench/run.sh search  the search page at 32 connections over the large retrieval corpus, beside FTS5 and PostgreSQL
#   bench/run.sh all     one after the other
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
shared=${PHOLUAT_SHARED:-$root/../shared}
address=${BENCH_PATH:-/van-ban/91-2015-qh13}
rounds=${BENCH_ROUNDS:-7}
seconds=${BENCH_SECONDS:-5}
connections=${BENCH_CONNECTIONS:-16}
port=18080 metrics=18081 nginx_port=18082

work=$(mktemp -d)
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT

build() {
    bin=${BENCH_PROGRAM:-$root/target/release/pholuat}
    [ -n "${BENCH_PROGRAM:-}" ] ||
        (cd "$root" && cargo build --release -p pholuat --bin pholuat --example first_request)
    export PHOLUAT_LOG_LEVEL=warn PHOLUAT_SERVER_LISTEN=127.0.0.1:$port \
        PHOLUAT_SERVER_METRICS_LISTEN=127.0.0.1:$metrics TOKIO_WORKER_THREADS=1
}

# The law package of `make run`, or any file or folder named by BENCH_ACTS.
import_acts() {
    acts=${BENCH_ACTS:-$work/laws}
    [ -n "${BENCH_ACTS:-}" ] || "$root/tools/law-package" "$acts"
    "$bin" --data "$work/data" import "$acts" >"$work/import.log" 2>&1
}

# One worker thread on core 0; the load comes from core 1.
start_service() {
    taskset -c 0 "$bin" --data "$work/data" serve >"$work/serve.log" 2>&1 &
    pids+=($!)
    service=$!
    for _ in $(seq 100); do
        curl -sf "http://127.0.0.1:$port/readyz" >/dev/null && return
        sleep 0.1
    done
    echo "bench: the service did not start" >&2; cat "$work/serve.log" >&2; exit 1
}

# nginx with one worker on core 0, serving exactly the bytes our page has, and the same uncompressed.
start_nginx() {
    mkdir -p "$work/www"
    curl -sf -H 'Accept-Encoding: gzip' "http://127.0.0.1:$port$address" -o "$work/www/page.html.gz"
    gzip -dc "$work/www/page.html.gz" >"$work/www/page.html"
    chmod -R a+rX "$work"
    sed "s|@ROOT@|$work|g; s|@PORT@|$nginx_port|" "$here/nginx.conf" >"$work/nginx.conf"
    taskset -c 0 nginx -c "$work/nginx.conf" &
    pids+=($!)
    sleep 0.5
    curl -sf -H 'Accept-Encoding: gzip' "http://127.0.0.1:$nginx_port/page.html" | cmp - "$work/www/page.html.gz"
    echo "page: $(stat -c %s "$work/www/page.html") bytes, $(stat -c %s "$work/www/page.html.gz") compressed"
}

rate() {
    taskset -c 1 wrk -t1 -c"$connections" -d"${seconds}s" -H 'Accept-Encoding: gzip' "$1" |
        awk '/Requests\/sec/ {rate=$2} /Non-2xx|Socket errors/ {bad=1} END {print bad ? "errors" : rate}'
}

pages() {
    build; import_acts; start_service; start_nginx
    echo "round  nginx/s  pholuat/s  ratio"
    for round in $(seq "$rounds"); do
        a=$(rate "http://127.0.0.1:$nginx_port/page.html")
        b=$(rate "http://127.0.0.1:$port$address")
        awk -v r="$round" -v a="$a" -v b="$b" 'BEGIN {printf "%5d %8.0f %10.0f  %.3f\n", r, a, b, b / a}' |
            tee -a "$work/ratios"
    done
    sort -k4 -n "$work/ratios" |
        awk '{r[NR] = $4} END {printf "median ratio (bar: at least 1.0)  %.3f\n", r[int((NR + 1) / 2)]}'
}

first() {
    build; import_acts; start_service; start_nginx
    taskset -c 1 "$root/target/release/examples/first_request" \
        "$work/data" "$port" "$address" "$nginx_port" /plain/page.html "${BENCH_CHANGES:-60}"
}

memory() {
    build
    set_file=$shared/data/acts/html.tar.zst
    [ -e "$set_file" ] || { echo "bench: $set_file is missing" >&2; exit 1; }
    unset TOKIO_WORKER_THREADS
    mkdir "$work/html" && tar --zstd -xf "$set_file" -C "$work/html"
    "$bin" --data "$work/data" import "$work/html" | tail -n 20
    start_service
    peak=0
    # The sitemap is an index of sitemaps.
    for part in $(curl -sf "http://127.0.0.1:$port/sitemap.xml" | grep -o '/sitemap/[^<]*'); do
        curl -sf "http://127.0.0.1:$port$part" || true
    done | grep -o '<loc>[^<]*</loc>' | sed -n 's|<loc>[a-z]*://[^/]*\(/van-ban/[^<]*\)</loc>|\1|p' | sort -u >"$work/paths"
    [ -s "$work/paths" ] || { echo "bench: the sitemap names no act" >&2; exit 1; }
    for coding in br gzip identity; do
        while read -r path; do
            curl -sf -H "Accept-Encoding: $coding" "http://127.0.0.1:$port$path" -o /dev/null || true
        done <"$work/paths"
    done
    peak=$(awk '/VmHWM/ {print $2}' "/proc/$service/status")
    now=$(awk '/VmRSS/ {print $2}' "/proc/$service/status")
    echo "acts read: $(wc -l <"$work/paths") in three codings"
    awk -v p="$peak" -v n="$now" 'BEGIN {printf "resident memory: %.0f MiB, highest %.0f MiB (bar: under 300)\n", n / 1024, p / 1024}'
}

# COUNT act pages in FOLDER: those of the HTML set, then again with other numbers (12/2020/… → 12 2 2020/…).
make_set() {
    mkdir "$2"
    find "$work/html" -name '*.html' | sort >"$work/names"
    local made=0 round=0 file
    while [ "$made" -lt "$1" ]; do
        while read -r file; do
            made=$((made + 1))
            [ "$made" -le "$1" ] || break
            sed -E "s#([0-9]+)/((19|20)[0-9]{2})/#\1${round#0}/\2/#g" "$file" >"$2/$made.html"
            echo "<!-- $made -->" >>"$2/$made.html"
        done <"$work/names"
        round=$((round + 1))
    done
}

# Milliseconds until nothing is due, with the start of the program: all amended acts at once, then each on its
# own as it was, with every version written anew, and with its page made and kept besides.
derive() {
    python3 - "$bin" "$work/data" "$work/nothing" <<'EOF'
import sqlite3, subprocess, sys, time
program, data, nothing = sys.argv[1:]
AMENDED = "SELECT act_id FROM act_versions WHERE known_until IS NULL UNION SELECT act_id FROM act_changes WHERE known_until IS NULL"

def derive(acts, forget=False, more=()):
    with sqlite3.connect(f"{data}/pholuat.sqlite") as db:
        db.executemany("INSERT INTO versions_due VALUES (?, 1)", [(act,) for act in acts])
        if forget:
            db.executemany("UPDATE act_versions SET hash = '' WHERE act_id = ? AND known_until IS NULL", [(act,) for act in acts])
    began = time.time()
    subprocess.run([program, "--data", data, "import", *more, nothing], capture_output=True)
    return 1000 * (time.time() - began)

with sqlite3.connect(f"{data}/pholuat.sqlite") as db:
    acts = [row[0] for row in db.execute(AMENDED)]
    slugs = dict(db.execute("SELECT id, slug FROM acts"))
print(f"derived again: {len(acts)} acts at once in {derive(acts):.0f} ms")
ways = [("as they were", False, ()), ("every version anew", True, ["--no-pages"]), ("every version and page anew", True, ())]
for what, *how in ways:
    times = sorted((derive([act], *how), slugs[act]) for act in acts)
    longest = ", ".join(f"{took:.0f} ({slug})" for took, slug in times[:-4:-1])
    print(f"each on its own, {what}: median {times[len(times) // 2][0]:.0f} ms, longest {longest}")
EOF
}

versions() {
    build
    unset TOKIO_WORKER_THREADS
    mkdir "$work/html" "$work/nothing" && tar --zstd -xf "$shared/data/acts/html.tar.zst" -C "$work/html"
    time_import "the HTML set with versions" "$work/html"
    derive
    read -r slug day < <(python3 - "$work/data/pholuat.sqlite" <<'EOF'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(*db.execute("SELECT a.slug, min(v.valid_from) FROM act_versions v JOIN acts a ON a.id = v.act_id "
                  "GROUP BY v.act_id HAVING count(*) > 1 ORDER BY sum(length(v.content)) DESC LIMIT 1").fetchone())
EOF
    )
    start_service
    echo "round   today/s    past/s  ratio  ($slug, $day)"
    for round in $(seq "$rounds"); do
        a=$(rate "http://127.0.0.1:$port/van-ban/$slug")
        b=$(rate "http://127.0.0.1:$port/van-ban/$slug?ngay=$day")
        awk -v r="$round" -v a="$a" -v b="$b" 'BEGIN {printf "%5d %9.0f %9.0f  %.3f\n", r, a, b, b / a}'
    done
}

# One import into an empty place: acts a second, and processor seconds of all its processes for one act.
time_import() {
    local before after
    rm -rf "$work/data"
    before=$(children_ticks)
    "$bin" --data "$work/data" import --json "$2" >"$work/summary.json" 2>"$work/import.log"
    after=$(children_ticks)
    python3 - "$work/summary.json" "$1" "$((after - before))" "$(getconf CLK_TCK)" <<'EOF'
import json, sys
summary = json.load(open(sys.argv[1]))
acts = summary["new"] + summary["updated"]
rate, cpu = acts / summary["seconds"], int(sys.argv[3]) / int(sys.argv[4]) / acts
print(f"{sys.argv[2]:<26} {acts:5} acts {summary['seconds']:7.1f} s {rate:7.1f} acts/s {1000 * cpu:6.1f} ms of processor an act")
EOF
    [ -s "$work/import.log" ] && { echo "bench: the import complained:" >&2; head -3 "$work/import.log" >&2; }
    return 0
}

# Answers a second from memory of each page, beside the page of an article, round after round.
beside_law() {
    local law=$1 page a b
    shift
    for page in "$@"; do
        for round in $(seq "$rounds"); do
            a=$(rate "http://127.0.0.1:$port$law")
            b=$(rate "http://127.0.0.1:$port$page")
            echo "$a $b"
        done | awk '{print $2 / $1, $1, $2}' | sort -n |
            awk -v p="$page" '{r[NR] = $1; a[NR] = $2; b[NR] = $3} END {m = int((NR + 1) / 2); printf "%-48s %7.0f/s  law %7.0f/s  ratio %.2f\n", p, b[m], a[m], r[m]}'
    done
}

# Milliseconds of the first answer of each address of standard input, one after the other.
first_answers() {
    sed "s|.*|url = \"http://127.0.0.1:$port&\"\noutput = \"/dev/null\"|" >"$work/addresses"
    curl -s -K "$work/addresses" -w '%{http_code} %{time_total}\n' | sort -k2 -n |
        awk -v n="$1" '$1 != 200 {bad++} {t[NR] = 1000 * $2} END {printf "%-24s first answers of %d: median %.1f ms, 99 of 100 %.1f ms, %d failed\n", n, NR, t[int((NR + 1) / 2)], t[int(NR * .99)], bad}'
}

agency() {
    build
    unset TOKIO_WORKER_THREADS
    [ -n "${BENCH_PROGRAM:-}" ] && agency=${BENCH_AGENCY:?the built example agency} || {
        (cd "$root" && cargo build --release -p pholuat --example agency)
        agency=$root/target/release/examples/agency
    }
    if [ -n "${PHOLUAT_TEST_PG:-}" ]; then
        psql -q "$PHOLUAT_TEST_PG" -c "CREATE DATABASE bench_agency"
        export DATABASE_URL=${PHOLUAT_TEST_PG/postgres\?/bench_agency?}
    fi
    import_acts
    "$agency" fill "$work/data" "${BENCH_UNITS:-200}" "${BENCH_ACCOUNTS:-5000}" "${BENCH_POSTS:-50000}"
    start_service
    ports=$port
    if [ -n "${DATABASE_URL:-}" ]; then
        PHOLUAT_SERVER_LISTEN=127.0.0.1:$((port + 5)) PHOLUAT_SERVER_METRICS_LISTEN='' \
            "$bin" --data "$work/second" serve >"$work/second.log" 2>&1 &
        pids+=($!)
        until curl -sf "http://127.0.0.1:$((port + 5))/readyz" >/dev/null; do sleep 0.2; done
        ports="$port $((port + 5))"
    fi
    curl -sf "http://127.0.0.1:$port/api/v1/acts?limit=1" >/dev/null
    local law=/van-ban/91-2015-qh13
    seq 100 400 | sed "s|^|$law/dieu-|" | first_answers "articles"
    curl -sf "http://127.0.0.1:$port/sitemap/bai.xml" | grep -o '/bai/[^<]*' | awk 'NR % 100 == 1' | first_answers "posts"
    seq 300 | sed 's|^|/bai?trang=|' | first_answers "list of posts"
    seq 1 199 | sed 's|^|/don-vi/do-tai-|' | first_answers "units"
    post=$(curl -sf "http://127.0.0.1:$port/bai" | grep -o '/bai/[^"]*' | awk 'NR == 1')
    beside_law "$law/dieu-20" / "/bai?nhom=dan-su" /don-vi/do-tai-7 "$post"
    # shellcheck disable=SC2086
    "$agency" publish "$work/data" $ports
}

# Processor time of finished children of this script, in ticks.
children_ticks() { awk '{print $16 + $17}' "/proc/$$/stat"; }

# What the same files cost without the service: reading alone (one reader), hashing and copying to disk.
reference() {
    local start end
    tar -cf "$work/set.tar" -C "$1" .
    start=$(date +%s.%N)
    "$bin" --data "$work/none" inspect --json "$work/set.tar" >/dev/null
    end=$(date +%s.%N)
    awk -v a="$start" -v b="$end" -v n="$2" 'BEGIN {printf "reading alone, one reader  %5d files %6.1f s %7.1f files/s\n", n, b - a, n / (b - a)}'
    start=$(date +%s.%N)
    mkdir "$work/copy"
    sha256sum "$1"/*.html >/dev/null
    cp "$1"/*.html "$work/copy" && sync -f "$work/copy"
    end=$(date +%s.%N)
    awk -v a="$start" -v b="$end" -v n="$2" 'BEGIN {printf "sha256 and copy            %5d files %6.1f s %7.1f files/s\n", n, b - a, n / (b - a)}'
    rm -rf "$work/copy" "$work/set.tar"
}

import() {
    build
    unset TOKIO_WORKER_THREADS
    set_file=$shared/data/acts/html.tar.zst
    [ -e "$set_file" ] || { echo "bench: $set_file is missing" >&2; exit 1; }
    mkdir "$work/html" && tar --zstd -xf "$set_file" -C "$work/html"
    make_set 1000 "$work/1000"
    make_set 4000 "$work/4000"
    reference "$work/1000" 1000
    unset DATABASE_URL
    time_import "the HTML set as published" "$set_file"
    time_import "1,000 pages, SQLite" "$work/1000"
    time_import "4,000 pages, SQLite" "$work/4000"
    [ -n "${PHOLUAT_TEST_PG:-}" ] || return 0
    for count in 1000 4000; do
        psql -q "$PHOLUAT_TEST_PG" -c "CREATE DATABASE bench$count"
        export DATABASE_URL=${PHOLUAT_TEST_PG/postgres\?/bench$count?}
        time_import "$count pages, PostgreSQL" "$work/$count"
    done
}

# Load and service share both cores, as on a machine of two. Once with every address new, so that each
# answer is computed, once with the same questions again and again, as when many ask the same.
search() {
    build
    unset TOKIO_WORKER_THREADS
    corpus=$shared/data/retrieval/corpus_large.jsonl.zst
    [ -e "$corpus" ] || { echo "bench: $corpus is missing" >&2; exit 1; }
    "$here/corpus_acts.py" "$corpus" "$work/acts"
    "$bin" --data "$work/data" import "$work/acts" >"$work/import.log" 2>&1
    grep -E 'Nhập mới|Từ chối' "$work/import.log"
    local start=$SECONDS
    "$bin" --data "$work/data" search "đất đai" | head -n 1
    echo "index: $((SECONDS - start)) s, $(du -sm "$work/data/index" | cut -f1) MB"
    export BENCH_LIST=$work/list
    python3 -c 'import json, sys, urllib.parse
for line in open(sys.argv[1], encoding="utf-8"):
    if line.strip():
        print("/tim?q=" + urllib.parse.quote(json.loads(line)["text"][:600]))' "$shared/data/retrieval/queries_dev.jsonl" >"$BENCH_LIST"
    "$bin" --data "$work/data" serve >"$work/serve.log" 2>&1 &
    pids+=($!)
    until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do sleep 0.2; done
    searcher=$!
    for distinct in 1 0; do
        for connections in 1 32; do
            [ "$distinct" = 1 ] && echo "$connections connections, every address new" || echo "$connections connections, the same questions again"
            BENCH_DISTINCT=$distinct wrk -t1 -c"$connections" -d"${seconds}s" --latency -s "$here/search.lua" "http://127.0.0.1:$port" |
                grep -E '50%|99%|Requests/sec|Non-2xx|Socket' || true
        done
    done
    kill "$searcher"; wait "$searcher" 2>/dev/null || true
    queries=$shared/data/retrieval/queries_dev.jsonl
    echo "pholuat eval retrieval, one asker inside the process"
    "$bin" eval retrieval --corpus "$corpus" --queries "$queries" --run "$work/pholuat.run" | grep -vE '^[a-z]+ [0-9]+ R@1'
    echo "SQLite FTS5"
    "$here/search.py" fts5 "$corpus" "$queries" "$work/fts5.run"
    if [ -n "${PHOLUAT_TEST_PG:-}" ]; then
        echo "PostgreSQL full text"
        "$here/search.py" postgres "$corpus" "$queries" "$work/postgres.run"
    fi
    for run in "$work"/*.run; do
        # A run may hold answers to some of the questions (BENCH_QUESTIONS).
        awk 'NR == FNR {asked["\"" $1 "\""]; next} {for (qid in asked) if (index($0, qid)) {print; next}}' "$run" "$queries" >"$run.asked"
        echo "$(basename "$run" .run): $(python3 "$shared/tools/score_run.py" "$run" "$run.asked" | sed -n 1p)"
    done
}

case ${1:-} in
    pages | first | memory | import | search | versions | agency) "$1" ;;
    all) for topic in pages first memory import; do "$0" "$topic"; done ;;
    *) sed -n '2,9p' "$0"; exit 2 ;;
esac
