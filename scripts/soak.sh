# Sourced by ./run: long runs. Twenty simulated cameras, and the recordings of real terminals where they are, are
# recorded, encrypted, and moved to an S3 server; the database and that server are away for a minute each (less in a soak
# of less than ten minutes), and then that server is slow. Then ffprobe reads every segment, and pictures sent are compared with pictures recorded.

soak() { # [MINUTES]
  local minutes=${1:-30}
  case "$minutes" in
    ''|*[!0-9]*|0) echo "usage: ./run soak [MINUTES]" >&2; exit 2 ;;
  esac
  local away=$((minutes * 6))
  [ $away -le 60 ] || away=60
  find_java
  find_maven
  cd "$top"
  mvn -B -ntp -Dstyle.color=never -pl e2e -am test -Dtest=RecordedCamerasTest \
    -Dsurefire.failIfNoSpecifiedTests=false -Drecorded.seconds=$((minutes * 60)) -Drecorded.outages=$away
  grep -h -e '^recorded:' -e '^outages:' e2e/target/surefire-reports/*RecordedCamerasTest*-output.txt
}
