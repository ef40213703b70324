package io.roadcast.media.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.MalformedMediaException;

class HeaderExtensionsFuzzTest {
  @FuzzTest
  void readsAnything(byte[] data) {
    try {
      int header = RtpHeader.headerBytes(data, 0, data.length);
      int payload = RtpHeader.payloadBytes(data, 0, data.length, header);
      if (payload < 0 || header + payload > data.length) {
        throw new IllegalStateException(header + " + " + payload);
      }
      HeaderExtensions.parse(data, 0, data.length);
    } catch (MalformedMediaException e) {
      // Expected of malformed input.
    }
  }
}
