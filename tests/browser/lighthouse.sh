#!/usr/bin/env bash
# What Lighthouse says on a phone of each kind of page of the demo site, and of the front pages of a site in five languages;
# every category must reach 99. Not part of scripts/test, for its score of speed is noisy on small machines.
# Usage: tests/browser/lighthouse.sh [OUTPUT [PATH…]]: of a built site (its front page), else of these, which are built.
# Needs Node, Chromium and the npm registry; installs nothing in the tree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT
brief=$(realpath "${BRIEF_BINARY:-target/debug/brief}")
export CHROME_PATH=${CHROMIUM:-/usr/bin/chromium}
npm install --silent --no-fund --no-audit --prefix "$work" @lhci/cli@0.15.1
# As any host serves it, gzipped; the server prints its address.
cat >"$work/serve.mjs" <<JS
import { serve } from "$PWD/tests/browser/server.mjs";
console.log((await serve(process.argv[2])).origin);
JS
failed=0

# look OUTPUT PATH…
look() {
  local origin path
  : >"$work/origin"
  node "$work/serve.mjs" "$(realpath "$1")" >"$work/origin" &
  server=$!
  shift
  until [[ -s $work/origin ]]; do sleep 0.2; done
  origin=$(<"$work/origin")
  for path; do judge "$origin" "$path" || failed=1; done
  kill "$server"
  server=
}

# judge ORIGIN PATH
judge() {
  rm -f "$work/report.json"
  "$work/node_modules/.bin/lighthouse" "$1$2" --quiet --output json --output-path "$work/report.json" \
    --chrome-flags='--headless=new --no-sandbox --disable-gpu' || return 1
  node - "$work/report.json" "$2" <<'JS'
const report = JSON.parse(require("node:fs").readFileSync(process.argv[2]));
const scores = Object.values(report.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
console.log(process.argv[3], scores.map((it) => it.join(" ")).join(", "));
for (const { title, auditRefs } of Object.values(report.categories)) {
  for (const { id, weight } of auditRefs) {
    const { score, title: what, explanation, details } = report.audits[id];
    if (weight > 0 && score !== null && score < 0.9) console.log(`  ${title}: ${what}`, explanation ?? "", JSON.stringify(details?.items ?? []));
  }
}
process.exitCode = scores.every(([, score]) => score >= 99) ? 0 : 1;
JS
}

# build NAME SITE: with its state beside its output, not in the tree.
build() {
  mkdir "$work/$1"
  cp -r "$2/content" "$2/brief.yaml" "$work/$1"
  "$brief" build --root "$work/$1" --out "$work/$1/out" --now 2024-01-01T00:00:00Z --quiet
}

if (($# > 0)); then
  look "$1" "${@:2}" $( (($# > 1)) || echo /)
else
  build demo .
  look "$work/demo/out" / /2023/09/13/vostochny-summit.html /2023/10/13/thousand-containers.html /topics/sanctions/ \
    /topics/ /entities/kim-jong-un/ /entities/vladivostok/ /entities/un-security-council/ /entities/kim-putin-summit-2023/ \
    /entities/malligyong-1/ /entities/ /stories/far-east-summit/ /stories/ /2023/09/13/ /2023/09/ /2023/ /archive/ \
    /about.html
  build languages tests/cases/five-languages
  look "$work/languages/out" / /fa/ /ur/ /he/ /en/
fi
exit "$failed"
