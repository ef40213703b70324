package io.roadcast.jtt.jt808;

/**
 * An edition of JT/T 808: of a header, where 2011 and 2013 are the same, or of a body's layout. A
 * terminal may combine a header of 2019 with bodies of 2013.
 */
public enum ProtocolVersion {
  /** JT/T 808-2011. */
  V2011(2011),
  /** JT/T 808-2013. */
  V2013(2013),
  /** JT/T 808-2019. */
  V2019(2019);

  private final int year;

  ProtocolVersion(int year) {
    this.year = year;
  }

  public int year() {
    return year;
  }

  /** How many bytes a terminal's phone number has in the header. */
  public int phoneBytes() {
    return this == V2019 ? 10 : 6;
  }

  boolean before2019() {
    return this != V2019;
  }

  /**
   * The edition of a year.
   *
   * @throws IllegalArgumentException if there was none
   */
  public static ProtocolVersion ofYear(int year) {
    for (ProtocolVersion version : values()) {
      if (version.year == year) {
        return version;
      }
    }
    throw new IllegalArgumentException("there is no JT/T 808-" + year);
  }
}
