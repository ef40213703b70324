package io.roadcast.server;

/** Which build this is. */
public final class BuildInfo {
  private BuildInfo() {}

  /** Of the jar; "development" where the classes do not come from one. */
  public static String version() {
    String version = BuildInfo.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
