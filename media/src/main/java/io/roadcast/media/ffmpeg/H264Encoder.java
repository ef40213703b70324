package io.roadcast.media.ffmpeg;

import static io.roadcast.media.ffmpeg.FfmpegException.check;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * H.264 by libopenh264: constrained baseline unless another profile is asked for, one slice and one
 * reference per picture, no B frames, no skipped frames, so each call gives one access unit at
 * once. Not safe for several threads.
 */
public final class H264Encoder implements AutoCloseable {
  /**
   * @param width pixels, even
   * @param height pixels, even
   * @param frameRate pictures per second, for rate control and the stream's timing
   * @param bitRate bits per second aimed at
   */
  public record Settings(int width, int height, int frameRate, int bitRate, Profile profile) {
    public Settings(int width, int height, int frameRate, int bitRate) {
      this(width, height, frameRate, bitRate, Profile.CONSTRAINED_BASELINE);
    }
  }

  /** What decoders have to know: main and high code their bits arithmetically (CABAC). */
  public enum Profile {
    CONSTRAINED_BASELINE,
    MAIN,
    HIGH
  }

  private final Settings settings;
  private final AVCodecContext context;
  private final AVFrame frame;
  private final AVPacket packet;
  private long pictures;
  private boolean closed;

  /**
   * @throws FfmpegException if the encoder is absent or refuses the settings
   */
  public H264Encoder(Settings settings) {
    this(settings, Colours.BT709);
  }

  H264Encoder(Settings settings, Colours colours) {
    this.settings = settings;
    FfmpegTools.reportErrorsOnly();
    AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
    if (codec == null || codec.isNull()) {
      throw new FfmpegException("this FFmpeg has no libopenh264");
    }
    context = avcodec.avcodec_alloc_context3(codec);
    frame = avutil.av_frame_alloc();
    packet = avcodec.av_packet_alloc();
    boolean open = false;
    try {
      open(codec, colours);
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  private void open(AVCodec codec, Colours colours) {
    context.width(settings.width).height(settings.height);
    context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    context.time_base(avutil.av_make_q(1, settings.frameRate));
    context.framerate(avutil.av_make_q(settings.frameRate, 1));
    context.bit_rate(settings.bitRate);
    // Keyframes come when the caller asks for them, never by the encoder's own count.
    context.gop_size(0);
    context.max_b_frames(0);
    context.thread_count(1);
    context.slices(1);
    context.colorspace(colours.space());
    context.color_primaries(colours.primaries());
    context.color_trc(colours.transfer());
    context.color_range(avutil.AVCOL_RANGE_MPEG);
    // Without CABAC it is constrained baseline; asked for by name, the profile is not understood.
    switch (settings.profile) {
      case CONSTRAINED_BASELINE -> option("coder", "cavlc");
      case MAIN -> context.profile(avcodec.AV_PROFILE_H264_MAIN);
      case HIGH -> context.profile(avcodec.AV_PROFILE_H264_HIGH);
    }
    option("allow_skip_frames", "0");
    option("rc_mode", "bitrate");
    check(
        avcodec.avcodec_open2(context, codec, (org.bytedeco.ffmpeg.avutil.AVDictionary) null),
        "opening libopenh264 for " + settings);
    frame.width(settings.width).height(settings.height).format(avutil.AV_PIX_FMT_YUV420P);
    check(avutil.av_frame_get_buffer(frame, 0), "memory of a picture");
  }

  private void option(String name, String value) {
    check(avutil.av_opt_set(context.priv_data(), name, value, 0), "option " + name);
  }

  /**
   * Encodes the next picture.
   *
   * @param picture of the size in the settings, not kept
   * @param kind whether it is to be a keyframe; the first always is. The encoder may make one of
   *     its own accord where the picture changes altogether
   */
  public EncodedPicture encode(I420Picture picture, PictureKind kind) {
    if (picture.width() != settings.width || picture.height() != settings.height) {
      throw new IllegalArgumentException("a picture of another size");
    }
    check(avutil.av_frame_make_writable(frame), "memory of a picture");
    copyPlane(0, picture.luma(), settings.width, settings.height);
    copyPlane(1, picture.blue(), settings.width / 2, settings.height / 2);
    copyPlane(2, picture.red(), settings.width / 2, settings.height / 2);
    return encode(frame, kind);
  }

  /**
   * As the other one.
   *
   * @param picture 4:2:0 of 8 bits, of the size in the settings; its time and kind are written over
   */
  EncodedPicture encode(AVFrame picture, PictureKind kind) {
    picture.pts(pictures++);
    picture.pict_type(
        kind == PictureKind.KEYFRAME ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
    check(avcodec.avcodec_send_frame(context, picture), "encoding");
    check(avcodec.avcodec_receive_packet(context, packet), "taking an encoded picture");
    try {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      return new EncodedPicture(bytes, (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0);
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  private void copyPlane(int plane, byte[] source, int width, int height) {
    BytePointer target = frame.data(plane);
    int stride = frame.linesize(plane);
    if (stride == width) {
      target.put(source, 0, width * height);
      return;
    }
    for (int row = 0; row < height; row++) {
      target.position((long) row * stride).put(source, row * width, width);
    }
    target.position(0);
  }

  /** Frees the encoder; a second call does nothing. */
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
