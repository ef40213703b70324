package io.roadcast.server.config;

import java.nio.file.Path;

/** The same over TLS. Without a certificate of the operator's one is made at the first start. */
public record HttpsSection(
    boolean enabled,
    @Between(min = "0", max = "65535") int port,
    Path certificateFile,
    Path keyFile) {
  public HttpsSection {
    if (isSet(certificateFile) != isSet(keyFile)) {
      throw new IllegalArgumentException(
          "certificate-file and key-file are set together, or neither");
    }
  }

  /** Whether the operator brings a certificate of his own. */
  public boolean ownCertificate() {
    return isSet(certificateFile);
  }

  private static boolean isSet(Path path) {
    return !path.toString().isEmpty();
  }
}
