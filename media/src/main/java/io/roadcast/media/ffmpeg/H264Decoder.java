package io.roadcast.media.ffmpeg;

import static io.roadcast.media.ffmpeg.FfmpegException.check;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Decodes H.264 access units to pictures, without delay where the stream allows it. Not safe for
 * several threads.
 */
public final class H264Decoder implements AutoCloseable {
  private final AVCodecContext context;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private boolean closed;

  public H264Decoder() {
    FfmpegTools.reportErrorsOnly();
    AVCodec codec = avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_H264);
    context = avcodec.avcodec_alloc_context3(codec);
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
    context.thread_count(1);
    check(avcodec.avcodec_open2(context, codec, (AVDictionary) null), "opening the decoder");
  }

  /**
   * Decodes one access unit and returns the pictures that are ready: one, none while the decoder
   * waits, or more when the stream reorders.
   *
   * @param annexB NAL units with start codes, not kept
   * @throws FfmpegException if the bytes cannot be decoded
   */
  public List<I420Picture> decode(byte[] annexB) {
    check(avcodec.av_new_packet(packet, annexB.length), "memory of a packet");
    try {
      packet.data().put(annexB, 0, annexB.length);
      check(avcodec.avcodec_send_packet(context, packet), "decoding");
    } finally {
      avcodec.av_packet_unref(packet);
    }
    return take();
  }

  /** Returns what the decoder still holds back; nothing can be decoded afterwards. */
  public List<I420Picture> drain() {
    check(avcodec.avcodec_send_packet(context, (AVPacket) null), "draining");
    return take();
  }

  private List<I420Picture> take() {
    List<I420Picture> pictures = new ArrayList<>();
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, frame);
      if (result == avutil.AVERROR_EAGAIN() || result == avutil.AVERROR_EOF()) {
        return pictures;
      }
      check(result, "taking a picture");
      I420Picture picture = new I420Picture(frame.width(), frame.height());
      copyPlane(0, picture.luma(), frame.width());
      copyPlane(1, picture.blue(), frame.width() / 2);
      copyPlane(2, picture.red(), frame.width() / 2);
      pictures.add(picture);
      avutil.av_frame_unref(frame);
    }
  }

  private void copyPlane(int plane, byte[] target, int width) {
    BytePointer source = frame.data(plane);
    int stride = frame.linesize(plane);
    for (int at = 0, row = 0; at < target.length; at += width, row++) {
      source.position((long) row * stride).get(target, at, width);
    }
    source.position(0);
  }

  /** Frees the decoder; a second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    avcodec.avcodec_free_context(context);
  }
}
