package io.roadcast.media.ffmpeg;

import static io.roadcast.media.ffmpeg.FfmpegException.check;

import io.roadcast.media.Codec;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Keyframes, decoded one by one and made small, side by side on one JPEG. Not safe for several
 * threads; decodes what came from outside, so it belongs into a child process.
 */
public final class SpriteSheet implements AutoCloseable {
  /** Of FFmpeg's scale from 2 (best) to 31. */
  private static final int QUALITY = 5;

  private static final int BLACK_CHROMA = 0x80;

  private final int width;
  private final int height;
  private final int columns;
  private final AVFrame sheet = avutil.av_frame_alloc();
  private boolean closed;

  /**
   * @param width of one small picture, in pixels, even
   * @param height of one, even
   */
  public SpriteSheet(int width, int height, int columns, int rows) {
    this.width = width;
    this.height = height;
    this.columns = columns;
    FfmpegTools.reportErrorsOnly();
    sheet.width(width * columns).height(height * rows).format(avutil.AV_PIX_FMT_YUVJ420P);
    sheet.color_range(avutil.AVCOL_RANGE_JPEG);
    check(avutil.av_frame_get_buffer(sheet, 0), "memory of a picture");
    fill(0, height * rows, 0);
    fill(1, height * rows / 2, BLACK_CHROMA);
    fill(2, height * rows / 2, BLACK_CHROMA);
  }

  private void fill(int plane, int rows, int value) {
    BytePointer.memset(sheet.data(plane), value, (long) sheet.linesize(plane) * rows);
  }

  /**
   * Decodes a keyframe and puts it on the sheet.
   *
   * @param codec H264 or H265
   * @param annexB parameter sets and the picture, with start codes
   * @param place from 0, row by row
   * @throws FfmpegException if it can not be decoded
   */
  public void put(Codec codec, byte[] annexB, int place) {
    boolean h264 = codec == Codec.H264;
    AVCodec decoder =
        avcodec.avcodec_find_decoder(h264 ? avcodec.AV_CODEC_ID_H264 : avcodec.AV_CODEC_ID_HEVC);
    AVCodecContext context = avcodec.avcodec_alloc_context3(decoder);
    AVPacket packet = avcodec.av_packet_alloc();
    AVFrame frame = avutil.av_frame_alloc();
    try {
      context.thread_count(1);
      check(avcodec.avcodec_open2(context, decoder, (AVDictionary) null), "opening a decoder");
      check(avcodec.av_new_packet(packet, annexB.length), "memory of a packet");
      packet.data().put(annexB, 0, annexB.length);
      check(avcodec.avcodec_send_packet(context, packet), "decoding");
      // It is the only one: nothing has to be waited for.
      check(avcodec.avcodec_send_packet(context, (AVPacket) null), "draining");
      check(avcodec.avcodec_receive_frame(context, frame), "taking a picture");
      scale(frame, place);
    } finally {
      avutil.av_frame_free(frame);
      avcodec.av_packet_free(packet);
      avcodec.avcodec_free_context(context);
    }
  }

  private void scale(AVFrame frame, int place) {
    SwsContext scaler =
        swscale.sws_getContext(
            frame.width(),
            frame.height(),
            frame.format(),
            width,
            height,
            avutil.AV_PIX_FMT_YUVJ420P,
            swscale.SWS_AREA,
            null,
            null,
            (DoublePointer) null);
    if (scaler == null || scaler.isNull()) {
      throw new FfmpegException("pictures of " + frame.width() + "x" + frame.height());
    }
    int left = place % columns * width;
    int top = place / columns * height;
    try (PointerPointer<BytePointer> to = new PointerPointer<>(4);
        IntPointer strides =
            new IntPointer(sheet.linesize(0), sheet.linesize(1), sheet.linesize(2), 0)) {
      to.put(0, corner(0, left, top)).put(1, corner(1, left / 2, top / 2));
      to.put(2, corner(2, left / 2, top / 2));
      check(
          swscale.sws_scale(scaler, frame.data(), frame.linesize(), 0, frame.height(), to, strides),
          "scaling");
    } finally {
      swscale.sws_freeContext(scaler);
    }
  }

  private BytePointer corner(int plane, int left, int top) {
    long at = (long) top * sheet.linesize(plane) + left;
    return new BytePointer(sheet.data(plane)).position(at);
  }

  /** The sheet as JPEG. */
  public byte[] jpeg() {
    AVCodec encoder = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MJPEG);
    AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      context.width(sheet.width()).height(sheet.height()).pix_fmt(avutil.AV_PIX_FMT_YUVJ420P);
      context.color_range(avutil.AVCOL_RANGE_JPEG);
      context.time_base(avutil.av_make_q(1, 1));
      context.thread_count(1);
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
      context.global_quality(avutil.FF_QP2LAMBDA * QUALITY);
      check(avcodec.avcodec_open2(context, encoder, (AVDictionary) null), "opening JPEG");
      sheet.quality(avutil.FF_QP2LAMBDA * QUALITY);
      check(avcodec.avcodec_send_frame(context, sheet), "encoding");
      check(avcodec.avcodec_receive_packet(context, packet), "taking a JPEG");
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      return bytes;
    } finally {
      avcodec.av_packet_free(packet);
      avcodec.avcodec_free_context(context);
    }
  }

  /** Frees the sheet; a second call does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      avutil.av_frame_free(sheet);
    }
  }
}
