package io.roadcast.sfu.srtp;

class JdkSrtpEngineTest extends SrtpEngineContract {
  private final JdkSrtpEngine engine = new JdkSrtpEngine();

  @Override
  SrtpEngine engine() {
    return engine;
  }
}
