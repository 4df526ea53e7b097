# What `./grantway bench` runs; sourced by it, with root, dist, JAVA_HOME and its functions.
# Exit codes: 0 measured, 1 a wrong answer or a missed bound, 2 usage, 3 something outside failed.

bench_parts=$root/target/bench/parts
# How long each part of the last whole run took and how it ended: name, seconds, exit code.
bench_run=$root/target/bench/run.tsv
# Where `profile` has recordings put; empty where nothing is recorded.
recordings=""

# Tests of a module by name, with options of Maven, one run at a time.
by_maven() {
  local modules=$1 tests=$2 status=0
  shift 2
  lock
  (cd "$root" && nice ./mvnw --no-transfer-progress -q -pl "$modules" -am test \
    ${tests:+"-Dtest=$tests"} -Dsurefire.failIfNoSpecifiedTests=false "$@") || status=$?
  unlock
  return "$status"
}

# Tests against a running sandbox, at the priority of what they measure.
by_browser() {
  local tests=$1 status=0
  shift
  need_chromium
  stage sandbox
  lock
  (cd "$root" && ./mvnw --no-transfer-progress -q -Pbench -pl acceptance -am test "-Dtest=$tests" -Dsurefire.failIfNoSpecifiedTests=false "$@") || status=$?
  unlock
  return "$status"
}

# By name, the class path of DynamoDB Local, for a process of its own.
with_table() {
  stage sandbox
  by_maven "$@" "-Dgrantway.table.classpath=$(cat "$dist/sandbox-table.classpath")"
}

# JMH and what needs no more than its class path.
by_jmh() {
  local place=""
  stage bench
  # As small as a function with 512 MB: one core, and a heap that soon shows what grows.
  [ "${1:-}" != soak ] || place="-XX:ActiveProcessorCount=1 -XX:+UseSerialGC -Xmx256m"
  "$JAVA_HOME/bin/java" $place --sun-misc-unsafe-memory-access=allow -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
    "-Dgrantway.home=$root" -cp "$(cat "$dist/benchmarks.classpath")" dev.grantway.benchmarks.Bench "$@"
}

# Process starts, with Node where it can be had.
cold() {
  stage sandbox
  train_both
  node_peer
  if [ -n "$peer" ]; then
    (run_sandbox "" cold "$@" ${recordings:+--recordings "$recordings"} --node "$peer")
  else
    say "Node is left out: $why"
    (run_sandbox "" cold "$@" ${recordings:+--recordings "$recordings"} --without-node "$why")
  fi
}

load() {
  stage sandbox
  (
    [ -z "$recordings" ] || sandbox_options=("-XX:StartFlightRecording=settings=profile,filename=\"$recordings/%p.jfr\"")
    run_sandbox "" load "$@"
  )
}

# The report, in one run: at most 30 minutes on two quiet cores, more with --full. What an earlier run left in the
# report goes; a part that fails leaves the others to be measured, and the worst answer is the exit code.
bench_all() {
  local full=() worst=0 begun=$SECONDS
  case "$*" in
    "") ;;
    --full) full=(-Dgrantway.full=true) ;;
    *) say "usage is ./grantway bench [--full], or ./grantway bench NAME [OPTIONS]; --help names them"; return 2 ;;
  esac
  # A JVM that is interrupted ends by itself, and the shell would go on with the next part.
  trap 'exit 130' INT TERM
  rm -rf "$bench_parts" "$bench_run"
  mkdir -p "$bench_parts"
  part_of_all cold --into "$bench_parts/cold.json"
  part_of_all load --rounds 2 --seconds 4 --warm-up 4 --into "$bench_parts/load.json"
  part_of_all by_jmh --brief
  part_of_all by_jmh over-grants
  part_of_all with_table policy-admin ScaleBench "-Dgrantway.figures=$bench_parts/scale.json" ${full[@]+"${full[@]}"}
  part_of_all by_browser SessionsBench "-Dgrantway.figures=$bench_parts/sessions.json"
  part_of_all by_jmh compose
  say "measured in $(((SECONDS - begun) / 60)) min $(((SECONDS - begun) % 60)) s, exit code $worst: target/bench/report.html"
  return "$worst"
}

# Any benchmark by name, each JVM of it recorded by JDK Flight Recorder; what it measures meanwhile is no figure.
profile() {
  local name=${1:-} status=0
  case $name in
    "" | -* | profile | compose) say "usage is ./grantway bench profile NAME [OPTIONS]; bench --help has the names"; return 2 ;;
  esac
  stage bench
  recordings=$root/target/bench/recordings
  rm -rf "$recordings"
  mkdir -p "$recordings"
  (
    export GRANTWAY_RECORDINGS=$recordings
    export JAVA_TOOL_OPTIONS="${JAVA_TOOL_OPTIONS:-} -XX:StartFlightRecording=filename='$recordings/%p.jfr',settings=profile"
    bench "$@"
  ) || status=$?
  by_jmh profile-of "$recordings" > "$root/target/bench/profile-$name.md" || return
  say "where time and memory went is in target/bench/profile-$name.md"
  return "$status"
}

# A wrong answer is worse than something that is missing.
part_of_all() {
  local status=0 begun=$SECONDS
  say "bench: $*"
  ("$@") || status=$?
  say "bench: ${*:1:2} took $((SECONDS - begun)) s, exit code $status"
  printf '%s\t%s\t%s\n' "${*:1:2}" "$((SECONDS - begun))" "$status" >>"$bench_run"
  case $worst:$status in
    *:0 | 1:*) ;;
    *) worst=$status ;;
  esac
}

bench() {
  local name=${1:-}
  [ $# = 0 ] || shift
  case $name in
    "") bench_all ;;
    --full) bench_all --full "$@" ;;
    -h | --help)
      usage | sed -n '/^  bench /,$p'
      by_jmh --help
      ;;
    worlds) by_maven shared-model "" -Pbench "$@" ;;
    reads) by_maven authorizer ReadsTest -Pbench -Dsurefire.jvm=-Xmx4g "$@" ;;
    publish) by_maven sandbox-table PublishSpeedTest -Pbench "$@" ;;
    store) by_maven shared-model,sandbox-table PublisherProcessTest,RaceTest,HistoryTest,CostTest -Pbench "$@" ;;
    inforce) by_maven policy-admin InForceTrialsTest -Dgrantway.trials=200 "$@" ;;
    review) with_table policy-admin ReviewBench "$@" ;;
    scale)
      if [ "${1:-}" = --full ]; then
        shift
        set -- -Dgrantway.full=true "$@"
      fi
      with_table policy-admin ScaleBench "$@"
      ;;
    matrix) by_maven policy-admin MatrixBench,RoutesBench "$@" ;;
    findings) by_maven policy-admin FindingsBench "$@" ;;
    who-can) by_maven policy-admin WhoCanBench "$@" ;;
    ui) by_browser UiBench "$@" ;;
    sessions) by_browser SessionsBench "$@" ;;
    screens) by_browser ScreensBench "$@" ;;
    export) by_maven reports ExportBench -Pbench -Dsurefire.jvm=-Xmx256m "$@" ;;
    usage) by_maven usage LogBench -Pbench "$@" ;;
    import) by_maven imports ImportBench -Pbench "$@" ;;
    cold | load | profile) "$name" "$@" ;;
    *) by_jmh "$name" "$@" ;;
  esac
}
