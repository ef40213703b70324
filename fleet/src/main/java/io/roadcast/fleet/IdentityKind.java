package io.roadcast.fleet;

import java.util.Arrays;
import java.util.Locale;

/** What sort of name a terminal goes by. */
public enum IdentityKind {
  /** The phone number in the header of JT/T 808; the one that names its streams. */
  PHONE,
  /** The id in the packets of JT/T 1078, where it is another one than the phone number. */
  MEDIA_ID,
  IMEI,
  /** Whatever else somebody wants it to be found by. */
  ALIAS;

  /** As it is written in the API and the database. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  public static IdentityKind ofLabel(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of identity: " + label));
  }
}
