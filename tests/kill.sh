#!/usr/bin/env bash
# Kills `brief build` with SIGKILL at random moments while content changes, and looks each time whether one more build
# publishes what a cold build of the same sources publishes. Runs from any folder, on a copy of the demo site.
#
#   tests/kill.sh [TIMES]     100 times unless told
#
# BRIEF names the program (target/release/brief), BRIEF_SEED the first random number; the moments depend on the machine.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
brief=${BRIEF:-$root/target/release/brief}
times=${1:-100}
seed=${BRIEF_SEED:-1}
RANDOM=$seed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
site=$work/site

# build FOLDER [OPTION…]
build() {
  "$brief" build --quiet --now 2024-01-01T00:00:00Z --root "$@"
}

# one_of FILE…: one of its arguments, in $REPLY: a subshell would take the same random number again and again.
one_of() {
  local -a items=("$@")
  REPLY=${items[RANDOM % ${#items[@]}]}
}

# The name of one of the entities, in $REPLY.
some_name() {
  one_of "$site"/content/entities/*/*.md
  REPLY=$(sed -n 's/^name: //p' "$REPLY")
}

# change N: one change of content, by chance; what was done is added to $done.
change() {
  local number=$1 name file
  local -a added=("$site"/content/articles/2023/11/24/*.md)
  some_name
  name=$REPLY
  case $((RANDOM % 8)) in
    0) one_of "$site"/content/articles/2023/09/*/*.md
       file=$REPLY
       printf '\n\n%s, %s.\n' "$name" "$number" >>"$file"
       done+=("body $file") ;;
    1) one_of "$site"/content/entities/*/*.md
       file=$REPLY
       sed -i "s/^role: .*/role: Number $number/" "$file"
       done+=("role $file") ;;
    2) file=${added[RANDOM % ${#added[@]}]}
       [[ $file == */kept.md ]] || rm "$file"
       done+=("delete $file") ;;
    3) file=${added[RANDOM % ${#added[@]}]}
       [[ $file == */kept.md ]] || mv "$file" "${file%.md}-moved.md"
       done+=("move $file") ;;
    4) mkdir -p "$site/static"
       printf '%s\n' "$name" >"$site/static/note-$((RANDOM % 3)).txt"
       done+=("static file") ;;
    *) file=$site/content/articles/2023/11/24/new-$number.md
       printf -- '---\ntitle: Number %s\ndate: 2023-11-24\ntopics: [diplomacy]\n---\n%s.\n' "$number" "$name" >"$file"
       done+=("add $file") ;;
  esac
}

# change_all N: a change that every page shows.
change_all() {
  if ((RANDOM % 2)); then
    sed -i "s/^description: .*/description: Number $1/" "$site/brief.yaml"
    done+=("description")
  else
    mkdir -p "$site/templates/parts"
    sed "1i <p>Number $1</p>" "$root/templates/parts/footer.html" >"$site/templates/parts/footer.html"
    done+=("footer")
  fi
}

# time_build [OPTION…]: microseconds of a build of the site as it stands, in $REPLY.
time_build() {
  local start=${EPOCHREALTIME/./}
  build "$site" "$@"
  REPLY=$((${EPOCHREALTIME/./} - start))
}

# kill_build MICROSECONDS: begins a build and kills it at some moment before that time has passed, more often in the
# second half of it, when files are written. False if the build ended before.
kill_build() {
  touch "$work/begun"
  "$brief" build --quiet --now 2024-01-01T00:00:00Z --root "$site" 2>"$work/said" &
  local pid=$! moment=$((RANDOM * 32768 + RANDOM)) from=$((RANDOM % 3 ? $1 / 2 : 0)) code=0
  moment=$((from + moment % ($1 - from)))
  sleep "$((moment / 1000000)).$(printf '%06d' $((moment % 1000000)))"
  # One that has ended is not there any more.
  kill -9 "$pid" 2>/dev/null || true
  { wait "$pid"; } 2>/dev/null || code=$?
  case $code in
    0) return 1 ;;
    137) ;;
    *) cat "$work/said" >&2
       exit 1 ;;
  esac
  n_killed=$((n_killed + 1))
  # `.brief-output` is written before the first file and after the last.
  if [[ -n $(find "$site/public" -type f -newer "$work/begun" ! -name '.brief-output' -print -quit) ]]; then
    n_writing=$((n_writing + 1))
  fi
}

# Compares the site's output with that of a build in a folder of its own.
compare() {
  local cold=$work/cold-$1 folder
  mkdir "$cold"
  for folder in brief.yaml content templates static; do
    [[ ! -e $site/$folder ]] || cp -r "$site/$folder" "$cold/"
  done
  build "$cold" && diff -r -x .brief-output "$cold/public" "$site/public"
}

mkdir -p "$site"
cp -r "$root/brief.yaml" "$root/content" "$site/"
mkdir -p "$site/content/articles/2023/11/24"
printf -- '---\ntitle: Kept\ndate: 2023-11-24\n---\n' >"$site/content/articles/2023/11/24/kept.md"
build "$site"
time_build --cold
for_all=$REPLY
time_build
for_one=$REPLY

n_killed=0
n_writing=0
for ((round = 1; n_killed < times && round <= 5 * times; round++)); do
  done=()
  change "$round-a"
  limit=$for_one
  if ((round % 2)); then
    change_all "$round"
    limit=$for_all
  fi
  kill_build "$limit" || continue
  if ((RANDOM % 2)); then
    done+=("(killed)")
    change "$round-b"
  fi
  if ! build "$site" || ! compare "$round" >"$work/differences" 2>&1; then
    head -n 20 "$work/differences" >&2
    printf 'seed %s, round %s: the build after the killed one is not right; changed: %s\n' "$seed" "$round" "${done[*]}" >&2
    exit 1
  fi
done
printf '%s builds were killed, %s of them while writing; the build after each was right\n' "$n_killed" "$n_writing"
if ((n_killed < times)); then
  echo 'the others ended before they could be killed; try again' >&2
  exit 1
fi
