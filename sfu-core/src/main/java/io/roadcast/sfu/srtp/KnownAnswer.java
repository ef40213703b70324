package io.roadcast.sfu.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Packets with fixed keys and what must become of them, to try a native library with before it is
 * trusted: short ones, and ones as long as video packets, for which libraries have code of their
 * own. The tag of a long one depends on all of its ciphertext, so the tag is enough.
 */
enum KnownAnswer {
  /** The reference packet of libsrtp, on the keys of RFC 3711 appendix B.3. */
  COUNTER_MODE_SHORT(
      SrtpProfile.AES128_CM_HMAC_SHA1_80,
      "e1f97a0d3e018be0d64fa32c06de4139",
      "0ec675ad498afeebb6960b3aabe6",
      16,
      "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"),
  COUNTER_MODE_LONG(
      SrtpProfile.AES128_CM_HMAC_SHA1_80,
      "e1f97a0d3e018be0d64fa32c06de4139",
      "0ec675ad498afeebb6960b3aabe6",
      1150,
      "61233bf1789502929abb"),
  /** The reference packet of libsrtp. */
  GCM_SHORT(
      SrtpProfile.AEAD_AES_128_GCM,
      "000102030405060708090a0b0c0d0e0f",
      "a0a1a2a3a4a5a6a7a8a9aaab",
      16,
      "c5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392"),
  GCM_LONG(
      SrtpProfile.AEAD_AES_128_GCM,
      "000102030405060708090a0b0c0d0e0f",
      "a0a1a2a3a4a5a6a7a8a9aaab",
      1150,
      "3d73ba5158cd167bca27267ce648aef6");

  private static final byte[] HEADER = HexFormat.of().parseHex("800f1234decafbadcafebabe");
  private static final byte FILL = (byte) 0xab;

  private final SrtpKeys keys;
  private final int payloadBytes;
  private final byte[] end;

  /**
   * @param end the last bytes of the protected packet
   */
  KnownAnswer(SrtpProfile profile, String key, String salt, int payloadBytes, String end) {
    HexFormat hex = HexFormat.of();
    SrtpKeys.Master master = new SrtpKeys.Master(hex.parseHex(key), hex.parseHex(salt));
    this.keys = new SrtpKeys(profile, master, master);
    this.payloadBytes = payloadBytes;
    this.end = hex.parseHex(end);
  }

  /** Whether the engine protects the packet as it should. */
  boolean isGivenBy(SrtpEngine engine) {
    byte[] packet = packetOf(engine);
    return Arrays.equals(
        end, Arrays.copyOfRange(packet, packet.length - end.length, packet.length));
  }

  byte[] packetOf(SrtpEngine engine) {
    int plain = HEADER.length + payloadBytes;
    try (Arena arena = Arena.ofConfined();
        SrtpSendContext context = engine.newSendContext(keys)) {
      int room = plain + keys.profile().tagBytes();
      MemorySegment slab =
          switch (engine.preferredMemory()) {
            case HEAP -> MemorySegment.ofArray(new byte[room]);
            case NATIVE -> arena.allocate(room, 64);
          };
      MemorySegment.copy(HEADER, 0, slab, ValueLayout.JAVA_BYTE, 0, HEADER.length);
      slab.asSlice(HEADER.length, payloadBytes).fill(FILL);
      int length = engine.protectOne(context, slab, 0, HEADER.length, payloadBytes);
      return slab.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
