package io.roadcast.bench.viewer;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class SessionAnswerFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void readsOrRefusesAnyAnswer(FuzzedDataProvider data) {
    int payloadType = data.consumeInt(0, 127);
    try {
      SessionAnswer answer = SessionAnswer.parse(data.consumeRemainingAsString());
      for (AnswerMedium medium : answer.media()) {
        AnswerMedium.Format format = medium.format(payloadType);
        if (format != null) {
          medium.repairedBy(format.repairType());
        }
      }
    } catch (SdpAnswerException e) {
      // refused
    }
  }
}
