package io.roadcast.server;

import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.server.config.EncryptionMode;
import io.roadcast.sfu.srtp.NativeEngineException;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.srtp.SrtpEngines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which engine encrypts on this node, and the memory that suits it. */
final class Encryption {
  private static final Logger LOG = LoggerFactory.getLogger(Encryption.class);

  private Encryption() {}

  /**
   * Chooses and says why.
   *
   * @throws StartException if what is configured does not work here
   */
  static SrtpEngine engine(EncryptionMode mode) throws StartException {
    try {
      SrtpEngines.Choice choice = SrtpEngines.choose(ModuleConfigs.encryption(mode));
      LOG.info("media is encrypted by {}: {}", choice.engine().name(), choice.reason());
      return choice.engine();
    } catch (NativeEngineException e) {
      throw new StartException(
          "webrtc.encryption demands what does not work here: "
              + e.getMessage()
              + "; auto takes what does",
          e);
    }
  }

  static RtpBlockPool.Backing backing(SrtpEngine engine) {
    return switch (engine.preferredMemory()) {
      case HEAP -> RtpBlockPool.Backing.HEAP;
      case NATIVE -> RtpBlockPool.Backing.NATIVE;
    };
  }
}
