package io.roadcast.jtt.jt808;

import java.util.Locale;

/** Which of two standards an active safety message follows; its lengths tell, not the header. */
public enum SafetyVariant {
  /** T/JSATL 12-2017, Jiangsu. */
  SU(16, 7),
  /** T/GDRTA 002-2020, Guangdong. */
  YUE(40, 30);

  private final int identifierBytes;
  private final int terminalIdBytes;

  SafetyVariant(int identifierBytes, int terminalIdBytes) {
    this.identifierBytes = identifierBytes;
    this.terminalIdBytes = terminalIdBytes;
  }

  /** Bytes of an {@link AlarmIdentifier}. */
  public int identifierBytes() {
    return identifierBytes;
  }

  /** Bytes of the terminal's id in front of it. */
  public int terminalIdBytes() {
    return terminalIdBytes;
  }

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
