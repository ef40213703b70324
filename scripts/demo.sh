# The server and three simulated vehicles, bound to loopback; Ctrl-C ends both. Sourced by run.

demo() {
  local http=${ROADCAST_HTTP_PORT:-8080} media=${ROADCAST_JT1078_PORT:-6611}
  export ROADCAST_OPEN_ACCESS=true
  export ROADCAST_DATA_DIRECTORY=${ROADCAST_DATA_DIRECTORY:-$top/data/demo}

  "$JAVA_HOME/bin/java" "${java_flags[@]}" -cp "$top/server/target/lib/*" io.roadcast.server.ServerMain server "$@" &
  server=$!
  vehicles=
  trap 'end_demo 0' INT TERM
  for _ in $(seq 150); do
    kill -0 "$server" 2>/dev/null || { wait "$server"; exit $?; }
    (exec 3<>"/dev/tcp/127.0.0.1/$http") 2>/dev/null && break
    sleep 0.2
  done

  "$JAVA_HOME/bin/java" "${java_flags[@]}" -cp "$top/dashcam-simulator/target/lib/*" io.roadcast.simulator.SimulateCommand \
    --push --host 127.0.0.1 --port "$media" --terminals 3 --scenes 3 --size 960x540 --fps 20 --audio pcma &
  vehicles=$!
  printf '\n  Three vehicles are on the road. Open http://127.0.0.1:%s/ in a browser; Ctrl-C ends the demo.\n\n' "$http"
  wait -n "$server" "$vehicles" || true
  end_demo 1
}

end_demo() { # EXIT-CODE
  trap '' INT TERM
  [ -n "$vehicles" ] && kill "$vehicles" 2>/dev/null
  kill "$server" 2>/dev/null
  wait "$vehicles" "$server" 2>/dev/null || true
  exit "$1"
}
