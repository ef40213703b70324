# The server and three simulated vehicles, bound to loopback; Ctrl-C ends both. Sourced by run.

demo() {
  local http=${ROADCAST_HTTP_PORT:-8080} signalling=${ROADCAST_JT808_PORT:-7611} media=${ROADCAST_JT1078_PORT:-6611}
  export ROADCAST_OPEN_ACCESS=true
  export ROADCAST_PAGE_OPEN_AT_START=${ROADCAST_PAGE_OPEN_AT_START:-3}
  export ROADCAST_DATA_DIRECTORY=${ROADCAST_DATA_DIRECTORY:-$top/data/demo}

  "$JAVA_HOME/bin/java" "${java_flags[@]}" "${server_flags[@]}" -cp "$top/server/target/lib/*" io.roadcast.server.ServerMain server "$@" &
  server=$!
  vehicles=
  trap 'end_demo 0' INT TERM
  local status=0
  for _ in $(seq 300); do
    kill -0 "$server" 2>/dev/null || { wait "$server"; exit $?; }
    import_vehicles "$http" 2>/dev/null || true
    [ "$status" = 200 ] && break # until its database is there it refuses
    sleep 0.2
  done

  # Video on demand where the server keeps a fleet and speaks JT/T 808; unasked where it does not.
  local way=(--push --port "$media")
  if [ "$status" = 200 ] && (exec 3<>"/dev/tcp/127.0.0.1/$signalling") 2>/dev/null; then
    way=(--jt808-port "$signalling" --report-seconds 2 --channels 2 --alarms natural --alarm-seconds 40)
  fi
  "$JAVA_HOME/bin/java" "${java_flags[@]}" -cp "$top/dashcam-simulator/target/lib/*" io.roadcast.simulator.SimulateCommand \
    --host 127.0.0.1 "${way[@]}" --terminals 3 --scenes 3 --size 960x540 --fps 20 --audio pcma &
  vehicles=$!
  printf '\n  Three vehicles are on the road. Open http://127.0.0.1:%s/ in a browser; Ctrl-C ends the demo.\n\n' "$http"
  wait -n "$server" "$vehicles" || true
  end_demo 1
}

# Tells the server whose terminals are about to call; the plates are those in the pictures. Sets status to that of the answer.
import_vehicles() { # HTTP-PORT
  local fleet
  fleet=$'plate,plate_color,name,phone,channels\nRC-1024,blue,Coast express,13912345678,2\nRC-2048,yellow,Hill bus,13912345679,2\nRC-4096,green,Night taxi,13912345680,2\n'
  status=0
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'POST /api/v1/vehicles/import HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nContent-Type: text/csv\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' "$1" "${#fleet}" "$fleet" >&3
  read -r -t 10 _ status _ <&3 || status=0
  exec 3>&-
}

end_demo() { # EXIT-CODE
  trap '' INT TERM
  [ -n "$vehicles" ] && kill "$vehicles" 2>/dev/null
  kill "$server" 2>/dev/null
  wait "$vehicles" "$server" 2>/dev/null || true
  exit "$1"
}
