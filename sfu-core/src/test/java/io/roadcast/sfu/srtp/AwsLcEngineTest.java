package io.roadcast.sfu.srtp;

class AwsLcEngineTest extends NativeEngineContract {
  @Override
  NativeSrtpEngine load() throws NativeEngineException {
    return SrtpEngines.awsLc();
  }
}
