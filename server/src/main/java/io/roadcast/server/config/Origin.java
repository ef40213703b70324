package io.roadcast.server.config;

/**
 * Where a value was written, so that a complaint can say it.
 *
 * @param source a file's name, or an environment variable's name
 * @param line 1-based; 0 where there are no lines
 */
record Origin(String source, int line) {
  static Origin environment(String name) {
    return new Origin("environment " + name, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ", line " + line;
  }
}
