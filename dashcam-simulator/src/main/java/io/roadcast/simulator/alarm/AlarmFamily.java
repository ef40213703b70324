package io.roadcast.simulator.alarm;

/** Where in a location report an alarm stands. */
public enum AlarmFamily {
  /** Item 0x64. */
  ADAS(0x64),
  /** Item 0x65. */
  DSM(0x65),
  /** Item 0x66, a bit of a wheel. */
  TPMS(0x66),
  /** Item 0x67. */
  BSD(0x67),
  /** Item 0x70. */
  DRIVING(0x70),
  /** A bit of the report's alarm flags. */
  FLAG(0),
  /** A bit of item 0x14. */
  VIDEO(0x14);

  private final int item;

  AlarmFamily(int item) {
    this.item = item;
  }

  int item() {
    return item;
  }

  /** Whether it has an identifier that files are asked for with. */
  boolean hasFiles() {
    return this != FLAG && this != VIDEO;
  }
}
