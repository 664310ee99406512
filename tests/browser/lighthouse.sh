#!/usr/bin/env bash
# What Lighthouse says of the demo site on a phone: front, article, topic, person, edition; every category must reach 99.
# Not part of scripts/test, for its score of speed is noisy on small machines. Usage: tests/browser/lighthouse.sh [OUTPUT]
# OUTPUT is a built site (else the demo is built). Needs Node, Chromium and the npm registry; installs nothing in the tree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT
out=${1:-$work/out}
[[ -n ${1:-} ]] || "${BRIEF_BINARY:-target/debug/brief}" build --out "$out" --now 2024-01-01T00:00:00Z --quiet
export CHROME_PATH=${CHROMIUM:-/usr/bin/chromium}
npm install --silent --no-fund --no-audit --prefix "$work" @lhci/cli@0.15.1
# As any host serves it, gzipped; the server prints its address.
cat >"$work/serve.mjs" <<JS
import { serve } from "$PWD/tests/browser/server.mjs";
console.log((await serve(process.argv[2])).origin);
JS
node "$work/serve.mjs" "$(realpath "$out")" >"$work/origin" &
server=$!
until [[ -s $work/origin ]]; do sleep 0.2; done
origin=$(<"$work/origin")
failed=0
for path in ${LIGHTHOUSE_PATHS:-/ /2023/09/13/vostochny-summit.html /topics/sanctions/ /entities/kim-jong-un/ /2023/09/13/}; do
  "$work/node_modules/.bin/lighthouse" "$origin$path" --quiet --output json --output-path "$work/report.json" \
    --chrome-flags='--headless=new --no-sandbox --disable-gpu'
  node - "$work/report.json" "$path" <<'JS' || failed=1
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
done
exit "$failed"
