package io.roadcast.media.nal;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The NAL units that came out of a picture's packets.
 *
 * @param nalUnits without start codes, none empty; their bytes belong to whoever holds this record
 * @param damaged whether at least one NAL unit is missing
 */
public record AccessUnit(List<ByteBuffer> nalUnits, boolean damaged) {
  public AccessUnit {
    nalUnits = List.copyOf(nalUnits);
  }
}
