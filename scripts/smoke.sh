#!/usr/bin/env bash
# Starts the clone as the README says (`npm start`) and asks it what the README shows; stops it again.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
# A group of its own: npm ends without passing the signal on, and what it started would live on.
set -m
npm start -- --port 0 --aws-port 0 --log-format json --ephemeral >"$log" 2>&1 &
process=$!
trap 'kill -- -"$process" 2>/dev/null || true; wait "$process" 2>/dev/null || true; rm -f "$log"' EXIT

for _ in $(seq 1 300); do
  grep -q '"msg":"ready"' "$log" && break
  kill -0 "$process" 2>/dev/null || { cat "$log"; echo 'npm start ended before it was ready'; exit 1; }
  sleep 0.1
done
api=$(grep '"msg":"ready"' "$log" | sed -E 's/.*"api":"([^"]+)".*/\1/')
aws=$(grep '"msg":"ready"' "$log" | sed -E 's/.*"aws":"([^"]+)".*/\1/')

passed=0
expect() { # expect WANTED COMMAND…
  local wanted=$1 got
  shift
  got=$("$@")
  if [ "$got" != "$wanted" ]; then
    printf 'smoke: %s\n  wanted %s\n  got    %s\n' "$*" "$wanted" "$got"
    cat "$log"
    exit 1
  fi
  passed=$((passed + 1))
}

expect '{"greeting": "Hello Ada!"}' curl -s "$api/dev/greeting?name=Ada"
expect '{"code":"VEN","name":"Ven"}' curl -s "$api/dev/desk/harbours/ven"
expect '{"message":"Missing Authentication Token"}' curl -s "$api/dev/nowhere"
expect '201' curl -s -o /dev/null -w '%{http_code}' -d '{"sailing":"SAL-VEN-0900","passengers":[{"age":34}]}' -H 'content-type: application/json' "$api/dev/quotes"
expect '400' curl -s -o /dev/null -w '%{http_code}' -d '{"sailing":"SAL-VEN-0900"}' -H 'content-type: application/json' "$api/dev/quotes"
expect '409' curl -s -o /dev/null -w '%{http_code}' -d '{"sailing":"SAL-VEN-0900","passengers":[{"age":34}],"vehicle":"car"}' -H 'content-type: application/json' "$api/dev/quotes"
expect '200' curl -s -o /dev/null -w '%{http_code}' "$aws/_lambdarium/health"
echo "$passed passed, 0 failed"
