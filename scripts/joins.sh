# ./run bench joins: the measurement lives beside the browser tests, whose classes it needs. Sourced by run.

joins() {
  find_java
  find_maven
  (cd "$top" && mvn -q -B -ntp -Dstyle.color=never -Dspotless.check.skip=true -pl e2e -am \
    test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath >&2)
  exec "$JAVA_HOME/bin/java" "${java_flags[@]}" \
    -cp "$top/e2e/target/test-classes:$(cat "$top/e2e/target/test.classpath")" \
    io.roadcast.e2e.joins.JoinsCommand --to "$top/target/joins" "$@"
}
