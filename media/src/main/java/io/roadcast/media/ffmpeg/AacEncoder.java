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
import org.bytedeco.javacpp.FloatPointer;

/**
 * AAC-LC, mono, from linear samples. Runs in this process: it reads nothing that came over a
 * network, only numbers that we made. Not safe for several threads.
 */
public final class AacEncoder implements AutoCloseable {
  /** Samples of one frame. */
  public static final int FRAME_SAMPLES = 1024;

  /** The first frame begins this many samples before the first sample that was given. */
  public static final int DELAY_SAMPLES = 1024;

  private static final float FULL_SCALE = 32_768f;

  private final AVCodecContext context;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final byte[] config;
  private final float[] waiting = new float[FRAME_SAMPLES];
  private int waitingSamples;
  private long samples;
  private boolean closed;

  /**
   * @param sampleRate such as 8000
   * @param bitRate bits per second aimed at
   * @throws FfmpegException if the encoder refuses them
   */
  public AacEncoder(int sampleRate, int bitRate) {
    FfmpegTools.reportErrorsOnly();
    AVCodec codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_AAC);
    context = avcodec.avcodec_alloc_context3(codec);
    boolean open = false;
    try {
      context.sample_rate(sampleRate).bit_rate(bitRate).sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
      context.time_base(avutil.av_make_q(1, sampleRate));
      avutil.av_channel_layout_default(context.ch_layout(), 1);
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
      check(avcodec.avcodec_open2(context, codec, (AVDictionary) null), "opening the AAC encoder");
      config = new byte[context.extradata_size()];
      context.extradata().get(config);
      frame.nb_samples(FRAME_SAMPLES).format(avutil.AV_SAMPLE_FMT_FLTP).sample_rate(sampleRate);
      avutil.av_channel_layout_default(frame.ch_layout(), 1);
      check(avutil.av_frame_get_buffer(frame, 0), "memory of a frame");
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  /** AudioSpecificConfig; the receiver may not change it. */
  public byte[] config() {
    return config;
  }

  /**
   * Takes linear samples of 16 bits.
   *
   * @param count how many of {@code pcm}, from its beginning
   * @return the frames that they complete, each of {@link #FRAME_SAMPLES}, without header
   */
  public List<byte[]> encode(short[] pcm, int count) {
    List<byte[]> done = new ArrayList<>(1);
    for (int i = 0; i < count; i++) {
      waiting[waitingSamples++] = pcm[i] / FULL_SCALE;
      if (waitingSamples == FRAME_SAMPLES) {
        encodeWaiting(done);
      }
    }
    return done;
  }

  private void encodeWaiting(List<byte[]> done) {
    check(avutil.av_frame_make_writable(frame), "memory of a frame");
    new FloatPointer(frame.data(0)).put(waiting, 0, FRAME_SAMPLES);
    frame.pts(samples);
    samples += FRAME_SAMPLES;
    waitingSamples = 0;
    check(avcodec.avcodec_send_frame(context, frame), "encoding sound");
    while (true) {
      int result = avcodec.avcodec_receive_packet(context, packet);
      if (result == avutil.AVERROR_EAGAIN()) {
        return;
      }
      check(result, "taking encoded sound");
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      avcodec.av_packet_unref(packet);
      done.add(bytes);
    }
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
