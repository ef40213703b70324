package io.roadcast.sfu.webrtc;

import com.code_intelligence.jazzer.junit.FuzzTest;

class DtlsFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void readsAnyRecords(byte[] datagram) {
    CipherChangeGate gate = new CipherChangeGate();
    for (int i = 0; i < 2; i++) {
      int passing = gate.passing(datagram);
      if (passing < 0 || passing > datagram.length) {
        throw new AssertionError("passing " + passing + " of " + datagram.length);
      }
    }
  }
}
