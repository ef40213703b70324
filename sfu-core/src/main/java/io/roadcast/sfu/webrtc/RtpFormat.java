package io.roadcast.sfu.webrtc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One payload type of an offered media section.
 *
 * @param payloadType 0 to 127
 * @param name encoding name as offered; for static payload types the one of RFC 3551
 * @param parameters the {@code fmtp} value, empty without one
 * @param feedback the {@code rtcp-fb} values that apply, e.g. {@code nack pli}
 */
record RtpFormat(
    int payloadType,
    String name,
    int clockRate,
    int channels,
    String parameters,
    List<String> feedback) {
  RtpFormat {
    feedback = List.copyOf(feedback);
  }

  boolean is(String encoding, int rate) {
    return name.equalsIgnoreCase(encoding) && clockRate == rate;
  }

  /** The value of one parameter in the {@code fmtp}, in lower case. */
  Optional<String> parameter(String key) {
    for (String part : parameters.split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(key)) {
        return Optional.of(part.substring(equals + 1).strip().toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }
}
