package io.roadcast.media.h264;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.nal.PayloadList;

class H264DepacketizerFuzzTest {
  @FuzzTest
  void joinsAnything(byte[] data) {
    new PayloadList(data).join(new H264Depacketizer());
  }
}
