#!/bin/sh
# Runs a server, and ends it when whoever started this script is gone: standard input is a pipe that only the starter
# holds, so it closes even when the starter is killed with SIGKILL. Called as: watchdog.sh <seconds> <command> [argument…]
# The script and the server are a process group of their own; <seconds> is how long the server may take to end in order.
grace=$1
shift
trap : TERM INT
exec 4<&0 </dev/null

"$@" 4<&- &
server=$!

(
  cat <&4 >/dev/null
  kill -TERM "$server" 2>/dev/null
  while [ "$grace" -gt 0 ] && kill -0 "$server" 2>/dev/null; do
    sleep 1
    grace=$((grace - 1))
  done
  kill -KILL 0
) &
watcher=$!
exec 4<&-

# A signal to the group ends `wait` early; the server then still has to end.
while :; do
  wait "$server"
  status=$?
  kill -0 "$server" 2>/dev/null || break
done
trap '' TERM
kill -TERM "$watcher" 2>/dev/null
exit "$status"
