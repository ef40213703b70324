package io.roadcast.media.ffmpeg;

import static io.roadcast.media.ffmpeg.FfmpegException.check;

import io.roadcast.media.Codec;
import java.util.function.BiConsumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes access units into FFmpeg's own pictures, in the order of showing. One thread, so that no
 * picture waits for the next one. Not safe for several threads.
 */
final class PictureDecoder implements AutoCloseable {
  /** AV_FRAME_FLAG_CORRUPT, which the binding does not name. */
  private static final int CORRUPT = 1;

  private final Codec codec;
  private final AVCodecContext context;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private boolean closed;

  /**
   * @param codec H264 or H265
   */
  PictureDecoder(Codec codec) {
    this.codec = codec;
    FfmpegTools.reportErrorsOnly();
    int id =
        switch (codec) {
          case H264 -> avcodec.AV_CODEC_ID_H264;
          case H265 -> avcodec.AV_CODEC_ID_HEVC;
          default -> throw new IllegalArgumentException(codec + " is not decoded");
        };
    AVCodec found = avcodec.avcodec_find_decoder(id);
    context = avcodec.avcodec_alloc_context3(found);
    context.thread_count(1);
    boolean open = false;
    try {
      check(avcodec.avcodec_open2(context, found, (AVDictionary) null), "opening the decoder");
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  Codec codec() {
    return codec;
  }

  /** How many pictures it holds back to put them in order, as far as is known by now. */
  int reordered() {
    return context.has_b_frames();
  }

  /**
   * Decodes one access unit.
   *
   * @param stampMicros comes out as the picture's pts
   * @param out gets the pictures that are ready, lent for the call, and what is wanted of each
   * @return false if the bytes, or a picture that is ready, are damaged
   */
  boolean decode(
      byte[] annexB,
      long stampMicros,
      PictureTranscoder.Use use,
      BiConsumer<AVFrame, PictureTranscoder.Use> out) {
    check(avcodec.av_new_packet(packet, annexB.length), "memory of a packet");
    int result;
    try {
      packet.data().put(annexB, 0, annexB.length);
      packet.pts(stampMicros);
      result = avcodec.avcodec_send_packet(context, packet);
    } finally {
      avcodec.av_packet_unref(packet);
    }
    return take(use, out) && result >= 0;
  }

  /** Gives the pictures that were held back; nothing can be decoded afterwards. */
  void drain(PictureTranscoder.Use use, BiConsumer<AVFrame, PictureTranscoder.Use> out) {
    check(avcodec.avcodec_send_packet(context, null), "ending the decoder");
    take(use, out);
  }

  private boolean take(PictureTranscoder.Use use, BiConsumer<AVFrame, PictureTranscoder.Use> out) {
    boolean whole = true;
    while (avcodec.avcodec_receive_frame(context, frame) >= 0) {
      try {
        boolean damaged = frame.decode_error_flags() != 0 || (frame.flags() & CORRUPT) != 0;
        whole &= !damaged;
        out.accept(frame, damaged ? PictureTranscoder.Use.REFERENCE : use);
      } finally {
        avutil.av_frame_unref(frame);
      }
    }
    return whole;
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
