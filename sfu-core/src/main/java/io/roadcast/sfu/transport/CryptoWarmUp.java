package io.roadcast.sfu.transport;

import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.sfu.srtp.SrtcpSendContext;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.srtp.SrtpReceiveContext;
import io.roadcast.sfu.srtp.SrtpStatus;
import io.roadcast.sfu.webrtc.DtlsCertificate;
import io.roadcast.sfu.webrtc.DtlsRehearsal;
import java.security.SecureRandom;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the ciphers looked up, their libraries loaded and some handshakes rehearsed before the first
 * viewer comes: that takes up to seconds once, and would hold up that viewer, and with the ciphers
 * the worker and all its viewers.
 */
final class CryptoWarmUp implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(CryptoWarmUp.class);
  private static final int ROUNDS = 200;
  private static final int HANDSHAKES = 20;

  private final SrtpEngine engine;

  CryptoWarmUp(SrtpEngine engine) {
    this.engine = engine;
  }

  /** Takes a processor for most of a second, so it is left to when the server is ready. */
  static void rehearseHandshakes(DtlsCertificate certificate) {
    long began = System.nanoTime();
    int established = DtlsRehearsal.run(certificate, HANDSHAKES);
    if (established < HANDSHAKES) {
      log.error("{} of {} handshakes with ourselves failed", HANDSHAKES - established, HANDSHAKES);
    }
    log.debug("handshakes rehearsed in {} ms", (System.nanoTime() - began) / 1_000_000);
  }

  @Override
  public void run() {
    SecureRandom random = new SecureRandom();
    for (SrtpProfile profile : SrtpProfile.values()) {
      byte[] exported = new byte[profile.exportBytes()];
      random.nextBytes(exported);
      engine
          .newSendContext(SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.SERVER))
          .close();
      if (!reportPasses(profile, exported)) {
        log.error("{} does not understand itself: viewers will see nothing", profile);
      }
    }
  }

  private static boolean reportPasses(SrtpProfile profile, byte[] exported) {
    SrtcpSendContext sender =
        new SrtcpSendContext(SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.SERVER));
    SrtpReceiveContext receiver =
        new SrtpReceiveContext(SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.CLIENT));
    boolean passed = true;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[256];
      int length = RtcpPacket.writeCompound(List.of(new RtcpPacket.Pli(1, 2)), bytes, 0);
      int sealed = sender.protect(bytes, 0, length);
      passed &= receiver.unprotectRtcp(bytes, 0, sealed) == SrtpStatus.OK;
    }
    return passed;
  }
}
