package io.roadcast.bench.fanout;

import io.roadcast.sfu.srtp.SrtpProfile;
import java.util.Locale;

/**
 * One combination that is measured.
 *
 * @param port what sends
 * @param engine what encrypts
 */
record FanoutVariant(PortKind port, EngineKind engine, SrtpProfile profile) {
  enum PortKind {
    /** Linux' own calls, a run is one message. */
    GSO,
    /** Linux' own calls, a packet is one message. */
    MMSG,
    /** The JDK's channel. */
    NIO
  }

  enum EngineKind {
    IPSECMB,
    AWSLC,
    JDK
  }

  String name() {
    String what = profile == SrtpProfile.AEAD_AES_128_GCM ? "gcm" : "cm";
    return "%-5s %-7s %s"
        .formatted(
            port.name().toLowerCase(Locale.ROOT), engine.name().toLowerCase(Locale.ROOT), what)
        .strip();
  }
}
