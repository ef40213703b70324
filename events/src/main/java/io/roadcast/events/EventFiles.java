package io.roadcast.events;

import java.util.HexFormat;

/**
 * What joins an event to the files that its terminal keeps.
 *
 * @param identifier as it came, in hexadecimal: 16 bytes, 40 by the Guangdong standard
 * @param count how many the terminal says there are
 */
public record EventFiles(String identifier, int count) {
  public EventFiles {
    HexFormat.of().parseHex(identifier);
  }
}
