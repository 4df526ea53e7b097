#!/usr/bin/env bash
# Runs a command that ends, with all it started, as soon as whoever holds this script's standard input ends or closes it.
set -m # the command gets a process group of its own
"$@" </dev/null &
command=$!
{
  cat >/dev/null
  kill -KILL -- "-$command"
} <&0 2>/dev/null &
leash=$!
wait "$command"
status=$?
kill -KILL -- "-$leash" 2>/dev/null
exit "$status"
