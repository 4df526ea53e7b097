#!/usr/bin/env bash
# Everything CI runs, in the order in which it fails cheapest. Called by `./grantway test`, which sets JAVA_HOME.
# Exit codes: 0 all green, 1 a check or test failed, 2 usage, 3 something outside is missing.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/common.sh

modules=(house-rules figures shared-model policy-file reports imports usage conformance authorizer authorizer-events frontend policy-admin cli sandbox-table sandbox issuers deploy images acceptance benchmarks)

names() {
  cat <<'NAMES'
names that `--only` knows:
  format        google-java-format, as Spotless checks it
  compile       every module, main and test, with lint, Error Prone and NullAway
  unit          every test that needs no running sandbox (conformance and integration are among them)
  conformance   the case tables, on every implementation that runs them
  integration   the gateway twin, the issuer, the table and the launcher, in process
  issuers       docs/issuers.md against a real Keycloak and, where Node is, cognito-local
  browser       everything against a running sandbox: the newcomer's script, kill and restart, table down, axe
  newcomer      the newcomer's script alone
NAMES
  echo "  MODULE        one of: ${modules[*]}"
  echo "  CLASS         one test class by its simple name, such as DecisionsTest"
}

usage() {
  echo "$1" >&2
  names >&2
  exit 2
}

only=all
coverage=false
while (($#)); do
  case $1 in
    --only) (($# > 1)) || usage "--only needs a name"; only=$2; shift 2 ;;
    --only=*) only=${1#--only=}; shift ;;
    --coverage) coverage=true; shift ;;
    -h | --help) echo "usage: ./grantway test [--only NAME] [--coverage]"; names; exit 0 ;;
    *) usage "unknown argument \`$1\`: usage is ./grantway test [--only NAME] [--coverage]" ;;
  esac
done

failed() {
  echo
  echo "grantway test: $1 failed after ${SECONDS} s" >&2
  exit 1
}

# Reports of coverage are written in `verify`. What runs in processes of its own, as a sandbox does, is in none.
goal=test
options=()
if $coverage; then
  goal=verify
  options=(-Pcoverage)
  mkdir -p target
  started=target/coverage.started
  touch "$started"
  asked=${modules[*]}
  case $only in
    all) only=unit ;;
    format | compile | browser | newcomer | acceptance)
      usage "nothing of \`$only\` can be covered: tests against a running sandbox and builds run no code that is watched" ;;
  esac
fi

# One line for each module that was asked for and whose report was written since this began.
tell_coverage() {
  local module csv
  step "coverage; by package and line in MODULE/target/site/jacoco/index.html"
  for module in ${asked//,/ }; do
    csv=$module/target/site/jacoco/jacoco.csv
    [[ -n $(find "$csv" -newer "$started" 2>/dev/null) ]] || continue
    awk -F, -v module="$module" '
      function part(covered, missed) {
        return covered + missed ? sprintf("%5.1f %% of %5d", 100 * covered / (covered + missed), covered + missed) : "none"
      }
      NR > 1 { branches += $7; unbranched += $6; lines += $9; unlined += $8 }
      END { printf "%-14s lines %s, branches %s\n", module, part(lines, unlined), part(branches, unbranched) }' "$csv"
  done
}

step() {
  echo
  echo "== $1"
}

maven() {
  ./mvnw -B -Dstyle.color=never ${options[@]+"${options[@]}"} "$@" 2>&1 | fold_downloads
}

# Test classes of one module (or of all), by file name; Maven then runs these and no others.
classes() {
  local where=$1 pattern=$2 file list=""
  while IFS= read -r file; do
    list+="${list:+,}$(basename "$file" .java)"
  done < <(find $where -path '*/src/test/java/*' -name "$pattern" 2>/dev/null | sort)
  echo "$list"
}

run_classes() {
  asked=$1
  maven -pl "$1" -am "$goal" "-Dtest=$2" -Dsurefire.failIfNoSpecifiedTests=false ${without_node[@]+"${without_node[@]}"}
}

check_format() {
  step "format"
  maven spotless:check || failed "format (./mvnw spotless:apply repairs it)"
}

# Tokens of the authorizer's tests carry this text; whatever the run printed, logged or threw is in the reports.
canary=canary7f3a

search_for_canaries() {
  step "nothing secret in what the tests said"
  local found
  found=$(grep -rl "$canary" */target/surefire-reports 2>/dev/null)
  [[ -z $found ]] || { echo "a token's contents stand in: $found" >&2; failed "the search for canaries"; }
}

# Synthesis runs in Node; nothing else of what Maven builds does.
without_node=()
if (($(node_major) < 18)); then
  echo "templates are not synthesised: that needs Node 18 or newer, and there is $(node --version 2>/dev/null || echo none) here"
  without_node=(-Dsurefire.excludedGroups=browser,bench,issuers,synthesis)
fi

verify() {
  step "compile with lint, unit, conformance and integration tests"
  maven verify ${without_node[@]+"${without_node[@]}"} || failed "./mvnw verify"
  search_for_canaries
}

# Puts what its lock file pins below target, once; npm runs no package's scripts.
install_cognito() {
  local from=issuers/cognito into=issuers/target/cognito
  ! cmp -s $from/package-lock.json $into/installed || return 0
  rm -rf $into
  mkdir -p $into
  cp $from/package.json $from/package-lock.json $into/
  npm ci --prefix $into --ignore-scripts --prefer-offline --no-audit --no-fund >&2 || return 1
  cp $from/package-lock.json $into/installed
}

issuers() {
  step "recipes against real issuers"
  local tests=KeycloakTest node
  node=$(command -v npm >/dev/null && node --version 2>/dev/null)
  node=${node#v}
  if ((${node%%.*} + 0 >= 18)); then
    install_cognito || failed "installing cognito-local with npm"
    tests+=,CognitoTest
  else
    echo "cognito-local is not tried: it needs Node 18 or newer with npm, and there is ${node:-none} here"
  fi
  maven -Pissuers -pl issuers -am test "-Dtest=$tests" -Dsurefire.failIfNoSpecifiedTests=false || failed "the recipes of issuers"
  search_for_canaries
}

stage() {
  step "staging the distribution, as ./grantway up does"
  ./grantway stage || failed "./grantway stage"
}

browser() {
  step "tests against a running sandbox, in $CHROME"
  # The longest classes first, so that all forks end at about the same time: their names happen to sort so. Three on
  # two cores: these tests wait for clocks, caches and browsers more than they compute.
  maven -Pbrowser -pl acceptance -am test -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.forks=3 -Dsurefire.runOrder=reversealphabetical "$@" || failed "the browser tests"
}

case $only in
  all)
    need_chromium
    check_format
    verify
    issuers
    stage
    browser
    ;;
  format) check_format ;;
  compile)
    step "compile with lint"
    maven test-compile || failed compile
    ;;
  unit) verify ;;
  conformance)
    step "conformance"
    run_classes "$(IFS=,; echo "${modules[*]}")" "$(classes . '*Conformance*Test.java')" || failed conformance
    ;;
  integration)
    step "integration"
    run_classes sandbox-table,sandbox "$(classes 'sandbox sandbox-table' '*Test.java')" || failed integration
    ;;
  issuers) issuers ;;
  browser) need_chromium; stage; browser ;;
  newcomer) need_chromium; stage; browser -Dtest=NewcomerTest ;;
  *)
    files=$(find . -path '*/src/test/java/*' -name "$only.java")
    if [[ $only == acceptance ]]; then
      need_chromium
      stage
      browser
    elif [[ " ${modules[*]} " == *" $only "* ]]; then
      step "tests of $only"
      run_classes "$only" "$(classes "$only" '*Test.java')" || failed "$only"
    elif [[ $only =~ ^[A-Za-z0-9_]+$ && -n $files ]]; then
      if grep -q '@Tag("browser")' $files; then
        $coverage && usage "\`$only\` runs against a sandbox, whose processes are not watched"
        need_chromium
        stage
        browser "-Dtest=$only"
      elif grep -q '@Tag("issuers")' $files; then
        issuers
      else
        step "$only"
        run_classes "$(sed 's|^\./||; s|/.*||' <<<"$files" | paste -sd, -)" "$only" || failed "$only"
      fi
    else
      usage "no test is named \`$only\`"
    fi
    ;;
esac

if $coverage; then tell_coverage; fi
echo
echo "grantway test: green in ${SECONDS} s"
