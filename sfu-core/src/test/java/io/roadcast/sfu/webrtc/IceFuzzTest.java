package io.roadcast.sfu.webrtc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;

class IceFuzzTest {
  private static final IceCredentials LOCAL =
      new IceCredentials("evtj", StunMessageTest.SAMPLE_PASSWORD);
  private static final InetSocketAddress SOURCE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1234);

  @FuzzTest(maxDuration = "60s")
  void answersAnyDatagramBriefly(byte[] datagram) {
    IceLite.ufragOf(datagram, 0, datagram.length);
    IceCheck check = new IceLite().check(datagram, 0, datagram.length, SOURCE, LOCAL);
    boolean unknownSender =
        switch (check.verdict()) {
          case NOMINATED, VALID, ROLE_CONFLICT, UNKNOWN_ATTRIBUTE -> false;
          case WITHOUT_INTEGRITY, WRONG_CREDENTIALS, NOT_A_REQUEST, MALFORMED -> true;
        };
    if (unknownSender && check.answer().length > datagram.length) {
      throw new AssertionError(
          "an answer of " + check.answer().length + " bytes to " + datagram.length);
    }
  }
}
