package io.roadcast.media.ffmpeg;

import static io.roadcast.media.ffmpeg.FfmpegException.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.jspecify.annotations.Nullable;

/** Samples of one channel to coded frames by one of FFmpeg's encoders. One thread at a time. */
final class FfmpegSoundEncoder implements SoundEncoder {
  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private @Nullable AVFrame frame;
  private long samplesIn;
  private boolean closed;

  /**
   * @param name as FFmpeg calls the encoder
   * @param bitRate bits per second
   * @param bitsPerSample 0 unless the encoder wants to know
   * @param options of the encoder alone
   */
  FfmpegSoundEncoder(
      String name, int sampleRate, int bitRate, int bitsPerSample, Map<String, String> options) {
    FfmpegTools.reportErrorsOnly();
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
    if (codec == null || codec.isNull()) {
      throw new FfmpegException("this FFmpeg has no encoder " + name);
    }
    context = avcodec.avcodec_alloc_context3(codec);
    context.sample_rate(sampleRate);
    context.bit_rate(bitRate);
    context.bits_per_coded_sample(bitsPerSample);
    context.sample_fmt(
        name.equals("aac") || name.equals("libmp3lame")
            ? avutil.AV_SAMPLE_FMT_FLTP
            : avutil.AV_SAMPLE_FMT_S16);
    context.time_base(avutil.av_make_q(1, sampleRate));
    context.thread_count(1);
    avutil.av_channel_layout_default(context.ch_layout(), 1);
    options.forEach(
        (key, value) ->
            check(
                avutil.av_opt_set(context, key, value, avutil.AV_OPT_SEARCH_CHILDREN),
                "option " + key));
    check(avcodec.avcodec_open2(context, codec, (AVDictionary) null), "opening " + name);
  }

  /** Lets each call take so many samples, for an encoder that does not care. */
  FfmpegSoundEncoder inBlocksOf(int samples) {
    context.frame_size(samples);
    return this;
  }

  @Override
  public int sampleRate() {
    return context.sample_rate();
  }

  @Override
  public int blockSamples() {
    return context.frame_size();
  }

  /** By how many samples a frame's sound comes later out of a decoder than its time says. */
  int delaySamples() {
    return context.initial_padding();
  }

  @Override
  public List<Coded> encode(short[] samples) {
    AVFrame filled = fill(samples);
    filled.pts(samplesIn);
    samplesIn += samples.length;
    check(avcodec.avcodec_send_frame(context, filled), "encoding sound");
    List<Coded> coded = new ArrayList<>();
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      coded.add(new Coded(packet.pts(), bytes));
      avcodec.av_packet_unref(packet);
    }
    return coded;
  }

  private AVFrame fill(short[] samples) {
    AVFrame target = frame;
    if (target == null || target.nb_samples() != samples.length) {
      if (target != null) {
        avutil.av_frame_free(target);
      }
      target = avutil.av_frame_alloc();
      target.format(context.sample_fmt());
      target.sample_rate(context.sample_rate());
      avutil.av_channel_layout_default(target.ch_layout(), 1);
      target.nb_samples(samples.length);
      check(avutil.av_frame_get_buffer(target, 0), "memory of sound");
      frame = target;
    }
    check(avutil.av_frame_make_writable(target), "memory of sound");
    BytePointer data = target.data(0);
    if (context.sample_fmt() == avutil.AV_SAMPLE_FMT_FLTP) {
      float[] floats = new float[samples.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = samples[i] / 32_768f;
      }
      new FloatPointer(data).put(floats, 0, floats.length);
    } else {
      new ShortPointer(data).put(samples, 0, samples.length);
    }
    return target;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    avcodec.av_packet_free(packet);
    if (frame != null) {
      avutil.av_frame_free(frame);
    }
    avcodec.avcodec_free_context(context);
  }
}
