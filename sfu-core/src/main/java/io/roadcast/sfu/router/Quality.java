package io.roadcast.sfu.router;

/** Which of a camera's encodings a stream is. */
public enum Quality {
  MAIN,
  SUB;

  /** The name used in URLs and JSON. */
  public String label() {
    return this == MAIN ? "main" : "sub";
  }

  /**
   * @throws IllegalArgumentException if the label is none of ours
   */
  public static Quality ofLabel(String label) {
    return switch (label) {
      case "main" -> MAIN;
      case "sub" -> SUB;
      default -> throw new IllegalArgumentException("quality is \"main\" or \"sub\"");
    };
  }
}
