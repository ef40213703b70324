package io.roadcast.media.ffmpeg;

import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg refused a call: a missing encoder, settings it cannot take, or no memory. */
public final class FfmpegException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FfmpegException(String message) {
    super(message);
  }

  /** Returns {@code result} unless it is one of FFmpeg's negative error codes. */
  static int check(int result, String call) {
    if (result >= 0) {
      return result;
    }
    byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
    avutil.av_strerror(result, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    String reason = new String(text, 0, end, java.nio.charset.StandardCharsets.US_ASCII);
    throw new FfmpegException(call + ": " + reason);
  }
}
