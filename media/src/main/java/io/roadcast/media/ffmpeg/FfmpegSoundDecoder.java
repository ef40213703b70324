package io.roadcast.media.ffmpeg;

import static io.roadcast.media.ffmpeg.FfmpegException.check;

import io.roadcast.media.audio.SoundDecoder;
import java.nio.ByteBuffer;
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

/** Whole coded frames to samples by one of FFmpeg's decoders; channels are mixed to one. */
final class FfmpegSoundDecoder implements SoundDecoder {
  private final AVCodecContext context;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private boolean closed;

  /**
   * @param name as FFmpeg calls the decoder
   * @param sampleRate 0 if the frames say it
   * @param bitsPerSample 0 unless the decoder wants to know
   * @param configuration what the decoder wants to know beforehand; empty for nothing
   */
  FfmpegSoundDecoder(String name, int sampleRate, int bitsPerSample, byte[] configuration) {
    FfmpegTools.reportErrorsOnly();
    AVCodec codec = avcodec.avcodec_find_decoder_by_name(name);
    if (codec == null || codec.isNull()) {
      throw new FfmpegException("this FFmpeg has no decoder " + name);
    }
    context = avcodec.avcodec_alloc_context3(codec);
    context.sample_rate(sampleRate);
    context.bits_per_coded_sample(bitsPerSample);
    context.thread_count(1);
    avutil.av_channel_layout_default(context.ch_layout(), 1);
    if (configuration.length > 0) {
      BytePointer extradata =
          new BytePointer(
              avutil.av_mallocz(
                  configuration.length + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
      extradata.put(configuration, 0, configuration.length);
      context.extradata(extradata);
      context.extradata_size(configuration.length);
    }
    check(avcodec.avcodec_open2(context, codec, (AVDictionary) null), "opening " + name);
  }

  @Override
  public void decode(ByteBuffer coded, long stampMicros, Output out) {
    byte[] bytes = new byte[coded.remaining()];
    coded.duplicate().get(bytes);
    check(avcodec.av_new_packet(packet, bytes.length), "memory of a packet");
    int sent;
    try {
      packet.data().put(bytes, 0, bytes.length);
      sent = avcodec.avcodec_send_packet(context, packet);
    } finally {
      avcodec.av_packet_unref(packet);
    }
    if (sent < 0) {
      out.damaged();
      return;
    }
    int received = avcodec.avcodec_receive_frame(context, frame);
    while (received >= 0) {
      out.samples(mixed(), frame.sample_rate());
      avutil.av_frame_unref(frame);
      received = avcodec.avcodec_receive_frame(context, frame);
    }
    if (received != avutil.AVERROR_EAGAIN()) {
      out.damaged();
    }
  }

  private short[] mixed() {
    int count = frame.nb_samples();
    int channels = Math.max(1, frame.ch_layout().nb_channels());
    float[] sum = new float[count];
    int format = frame.format();
    if (format == avutil.AV_SAMPLE_FMT_FLTP) {
      float[] plane = new float[count];
      for (int channel = 0; channel < channels; channel++) {
        new FloatPointer(frame.extended_data(channel)).get(plane, 0, count);
        for (int i = 0; i < count; i++) {
          sum[i] += plane[i] * 32_768;
        }
      }
    } else if (format == avutil.AV_SAMPLE_FMT_FLT) {
      float[] all = new float[count * channels];
      new FloatPointer(frame.data(0)).get(all, 0, all.length);
      for (int i = 0; i < all.length; i++) {
        sum[i / channels] += all[i] * 32_768;
      }
    } else if (format == avutil.AV_SAMPLE_FMT_S16) {
      short[] all = new short[count * channels];
      new ShortPointer(frame.data(0)).get(all, 0, all.length);
      for (int i = 0; i < all.length; i++) {
        sum[i / channels] += all[i];
      }
    } else if (format == avutil.AV_SAMPLE_FMT_S16P) {
      short[] plane = new short[count];
      for (int channel = 0; channel < channels; channel++) {
        new ShortPointer(frame.extended_data(channel)).get(plane, 0, count);
        for (int i = 0; i < count; i++) {
          sum[i] += plane[i];
        }
      }
    } else {
      throw new FfmpegException("samples of format " + format + " are not expected");
    }
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] =
          (short) Math.clamp(Math.round(sum[i] / channels), Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return samples;
  }

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
