package io.roadcast.e2e;

/** Offers that nobody stands behind. */
final class Offers {
  private static final String FINGERPRINT =
      "sha-256 "
          + "0F:74:31:25:CB:A2:13:EC:28:6F:6D:2C:61:FF:5D:C2:BC:B9:DB:3D:98:14:8D:1A:BB:EA:33:0C:A4:60:A8:8E";

  private Offers() {}

  /** To receive H.264, in few lines. */
  static String small() {
    return of("H264/90000\r\na=fmtp:96 packetization-mode=1;profile-level-id=42e01f");
  }

  /**
   * @param format what stands behind a=rtpmap:96
   */
  static String of(String format) {
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 2 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0",
        "m=video 9 UDP/TLS/RTP/SAVPF 96",
        "c=IN IP4 0.0.0.0",
        "a=ice-ufrag:abcd",
        "a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa",
        "a=fingerprint:" + FINGERPRINT,
        "a=setup:actpass",
        "a=mid:0",
        "a=recvonly",
        "a=rtcp-mux",
        "a=rtpmap:96 " + format,
        "");
  }
}
