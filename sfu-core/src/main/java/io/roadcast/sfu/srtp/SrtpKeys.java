package io.roadcast.sfu.srtp;

import java.util.Arrays;

/**
 * The master keys of one association: {@code local} protects what we send, {@code remote} what we
 * receive.
 *
 * @param profile how both directions are protected
 * @param local our direction
 * @param remote the peer's direction
 */
public record SrtpKeys(SrtpProfile profile, Master local, Master remote) {
  /** Which end of the DTLS handshake we were. */
  public enum DtlsRole {
    CLIENT,
    SERVER
  }

  /**
   * Master key and salt of one direction. The arrays are not to be changed; {@code toString} hides
   * them.
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Master(byte[] key, byte[] salt) {
    @Override
    public String toString() {
      return "Master[hidden]";
    }
  }

  /** Rejects keys and salts whose length is not the profile's. */
  public SrtpKeys {
    requireLengths(profile, local);
    requireLengths(profile, remote);
  }

  /**
   * Splits what the DTLS exporter gave: client key, server key, client salt, server salt (RFC 5764
   * 4.2).
   *
   * @param exported {@link SrtpProfile#exportBytes()} bytes
   */
  public static SrtpKeys fromExport(SrtpProfile profile, byte[] exported, DtlsRole role) {
    if (exported.length != profile.exportBytes()) {
      throw new IllegalArgumentException(
          "%s needs %d exported bytes, not %d"
              .formatted(profile, profile.exportBytes(), exported.length));
    }
    int salts = 2 * profile.keyBytes();
    Master client =
        new Master(
            Arrays.copyOfRange(exported, 0, profile.keyBytes()),
            Arrays.copyOfRange(exported, salts, salts + profile.saltBytes()));
    Master server =
        new Master(
            Arrays.copyOfRange(exported, profile.keyBytes(), salts),
            Arrays.copyOfRange(exported, salts + profile.saltBytes(), exported.length));
    return role == DtlsRole.SERVER
        ? new SrtpKeys(profile, server, client)
        : new SrtpKeys(profile, client, server);
  }

  private static void requireLengths(SrtpProfile profile, Master master) {
    if (master.key().length != profile.keyBytes() || master.salt().length != profile.saltBytes()) {
      throw new IllegalArgumentException(
          "%s does not take a key of %d and a salt of %d bytes"
              .formatted(profile, master.key().length, master.salt().length));
    }
  }
}
