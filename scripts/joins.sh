# ./run bench joins, networks: these measurements live beside the browser tests, whose classes they need. Sourced by run.

in_browser() { # joins|networks MAIN-CLASS [ARGUMENT...]
  local what=$1 main=$2
  shift 2
  find_java
  find_maven
  (cd "$top" && mvn -q -B -ntp -Dstyle.color=never -Dspotless.check.skip=true -pl e2e -am \
    test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath >&2)
  exec "$JAVA_HOME/bin/java" "${java_flags[@]}" \
    -cp "$top/e2e/target/test-classes:$(cat "$top/e2e/target/test.classpath")" \
    "$main" --to "$top/target/$what" "$@"
}

joins() {
  in_browser joins io.roadcast.e2e.joins.JoinsCommand "$@"
}

networks() {
  in_browser networks io.roadcast.e2e.joins.NetworksCommand "$@"
}
