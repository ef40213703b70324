# Finds a JDK 25 or newer and Maven 3.8 or newer, and builds what is missing or older than its sources.
# Sourced by run and test, which set $top.

java_flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
# Without it the server stops for three whole collections while it loads its classes.
server_flags=(-XX:MetaspaceSize=128m)
wanted_java=25
# With one (./run aot-cache) the server starts in half the time. It serves the jars that it was made of.
aot_cache=$top/server/target/roadcast.aot

java_version_of() { # HOME: prints the major version, nothing when it is no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_java() {
  local home version
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    version=$(java_version_of "$home")
    if [ -n "$version" ] && [ "$version" -ge "$wanted_java" ]; then
      export JAVA_HOME=$home
      return
    fi
  done
  echo "Roadcast needs a JDK $wanted_java or newer: install one (such as the package temurin-$wanted_java-jdk or openjdk-$wanted_java-jdk) or point JAVA_HOME at it." >&2
  exit 1
}

# Installs packages of the distribution where we may; otherwise says which ones are missing.
install_packages() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing: $*" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 && return
  fi
  echo "please install: $*" >&2
  exit 1
}

find_maven() {
  # Maven 3.8 itself uses what a JDK 24 or newer warns of.
  export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
  command -v mvn >/dev/null || install_packages maven
}

build() {
  echo "building (the first time this takes some minutes) ..." >&2
  (cd "$top" && mvn -q -B -ntp -Dstyle.color=never -pl server,dashcam-simulator,bench -am -Dmaven.test.skip=true -Dspotless.check.skip=true package >&2) || { echo "the build failed; its messages stand above" >&2; exit 1; }
  touch "$top/server/target/built"
}

build_if_needed() {
  find_java
  local stamp=$top/server/target/built
  if [ ! -e "$stamp" ] || [ -n "$(find "$top" -path '*/target' -prune -o -path '*/src/test' -prune -o \
      \( -path '*/src/*' -o -name pom.xml \) -type f -newer "$stamp" -print -quit)" ]; then
    find_maven
    build
  fi
  if [ -e "$aot_cache" ] && [ -z "$(find "$top/server/target/lib" -newer "$aot_cache" -print -quit)" ]; then
    server_flags+=("-XX:AOTCache=$aot_cache")
  fi
}
