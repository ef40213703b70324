package io.roadcast.jtt.jt1078;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.VideoFrame;

/** Takes the frames of one channel, in order, on the thread that feeds its packets. */
interface FrameSink {
  /** A picture that can be decoded after those before it; borrowed for the call. */
  void video(VideoFrame frame);

  /** Borrowed for the call. */
  void audio(AudioFrame frame);
}
