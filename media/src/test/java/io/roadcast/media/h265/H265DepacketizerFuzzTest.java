package io.roadcast.media.h265;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.nal.PayloadList;

class H265DepacketizerFuzzTest {
  @FuzzTest
  void joinsAnything(byte[] data) {
    new PayloadList(data).join(new H265Depacketizer());
  }
}
