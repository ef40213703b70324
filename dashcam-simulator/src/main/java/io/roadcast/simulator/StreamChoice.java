package io.roadcast.simulator;

/** Which of a channel's two encodings is sent; JT/T 1078 numbers them 0 and 1 in live requests. */
enum StreamChoice {
  MAIN,
  SUB;

  static StreamChoice of(int stream) {
    return stream == 0 ? MAIN : SUB;
  }
}
