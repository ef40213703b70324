package io.roadcast.media.ffmpeg;

import static io.roadcast.media.ffmpeg.FfmpegException.check;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.mp4.MovieFragment;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one video track, and perhaps one of sound, as fragmented MP4 in memory: a header at once,
 * then a fragment whenever it is asked for. Video stays as it is. Not safe for several threads.
 */
public final class FragmentMuxer implements AutoCloseable {
  /** The video track's ticks per second. */
  public static final int VIDEO_TIMESCALE = 90_000;

  /** The video track's id in fragments. */
  public static final int VIDEO_TRACK = 1;

  /** The id of the track of sound. */
  public static final int SOUND_TRACK = 2;

  private static final String FLAGS = "empty_moov+default_base_moof+frag_custom+skip_trailer";
  private static final long NONE = -1;

  /**
   * @param codec H264 or H265
   * @param parameterSets with start codes (annex B)
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  public record Video(Codec codec, int width, int height, byte[] parameterSets) {}

  /**
   * AAC.
   *
   * @param config AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1)
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  public record Sound(int sampleRate, int channels, byte[] config) {}

  private final AVFormatContext context = new AVFormatContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final byte[] header;
  private long firstVideo = NONE;
  private long firstSound = NONE;
  private long lastVideo = NONE;
  private long lastSound = NONE;
  private boolean closed;

  /**
   * @param sound null for none
   * @throws FfmpegException if the muxer refuses the tracks, such as for parameter sets that it can
   *     not read
   */
  public FragmentMuxer(Video video, @Nullable Sound sound) {
    FfmpegTools.reportErrorsOnly();
    boolean open = false;
    try {
      check(avformat.avformat_alloc_output_context2(context, null, "mp4", null), "making a muxer");
      videoTrack(video);
      if (sound != null) {
        soundTrack(sound);
      }
      // What is written first must keep its time.
      context.avoid_negative_ts(AVFormatContext.AVFMT_AVOID_NEG_TS_DISABLED);
      openBuffer();
      writeHeader();
      header = takeBuffer();
      openBuffer();
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  private void videoTrack(Video video) {
    AVStream stream = avformat.avformat_new_stream(context, null);
    AVCodecParameters parameters = stream.codecpar();
    parameters.codec_type(avutil.AVMEDIA_TYPE_VIDEO);
    boolean h264 = video.codec() == Codec.H264;
    parameters.codec_id(h264 ? avcodec.AV_CODEC_ID_H264 : avcodec.AV_CODEC_ID_HEVC);
    // Apple's players want hvc1, with the parameter sets in the header.
    parameters.codec_tag(h264 ? tag('a', 'v', 'c', '1') : tag('h', 'v', 'c', '1'));
    parameters.width(video.width()).height(video.height());
    extra(parameters, video.parameterSets());
    stream.time_base(avutil.av_make_q(1, VIDEO_TIMESCALE));
  }

  private void soundTrack(Sound sound) {
    AVStream stream = avformat.avformat_new_stream(context, null);
    AVCodecParameters parameters = stream.codecpar();
    parameters.codec_type(avutil.AVMEDIA_TYPE_AUDIO).codec_id(avcodec.AV_CODEC_ID_AAC);
    parameters.sample_rate(sound.sampleRate()).frame_size(AacEncoder.FRAME_SAMPLES);
    avutil.av_channel_layout_default(parameters.ch_layout(), sound.channels());
    extra(parameters, sound.config());
    stream.time_base(avutil.av_make_q(1, sound.sampleRate()));
  }

  private static void extra(AVCodecParameters parameters, byte[] bytes) {
    int padded = bytes.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
    BytePointer memory = new BytePointer(avutil.av_mallocz(padded));
    memory.put(bytes, 0, bytes.length);
    parameters.extradata(memory).extradata_size(bytes.length);
  }

  private static int tag(char a, char b, char c, char d) {
    return a | b << 8 | c << 16 | d << 24;
  }

  private void writeHeader() {
    AVDictionary options = new AVDictionary(null);
    try {
      check(avutil.av_dict_set(options, "movflags", FLAGS, 0), "options");
      check(avutil.av_dict_set(options, "use_editlist", "0", 0), "options");
      check(
          avutil.av_dict_set(options, "video_track_timescale", "" + VIDEO_TIMESCALE, 0), "options");
      check(avformat.avformat_write_header(context, options), "writing the header");
    } finally {
      avutil.av_dict_free(options);
    }
  }

  /** ftyp and moov; the receiver may not change them. */
  public byte[] header() {
    return header;
  }

  /**
   * Adds a picture.
   *
   * @param annexB NAL units with start codes, from position to limit; not changed, not kept
   * @param ticks its time, more than that of the picture before
   * @param durationTicks until the next picture
   */
  public void video(ByteBuffer annexB, boolean keyframe, long ticks, long durationTicks) {
    if (ticks <= lastVideo) {
      throw new IllegalArgumentException("time of pictures runs back");
    }
    lastVideo = ticks;
    firstVideo = firstVideo == NONE ? ticks : firstVideo;
    write(annexB, 0, keyframe, ticks, durationTicks);
  }

  /**
   * Adds a frame of AAC.
   *
   * @param samples when it begins, in samples; more than that of the frame before
   */
  public void sound(ByteBuffer frame, long samples) {
    if (samples <= lastSound) {
      throw new IllegalArgumentException("time of sound runs back");
    }
    lastSound = samples;
    firstSound = firstSound == NONE ? samples : firstSound;
    write(frame, 1, true, samples, AacEncoder.FRAME_SAMPLES);
  }

  private void write(ByteBuffer bytes, int stream, boolean keyframe, long ticks, long duration) {
    int length = bytes.remaining();
    check(avcodec.av_new_packet(packet, length), "memory of a packet");
    try {
      packet.data().capacity(length).asByteBuffer().put(bytes.duplicate());
      packet.stream_index(stream).pts(ticks).dts(ticks).duration(duration);
      packet.flags(keyframe ? avcodec.AV_PKT_FLAG_KEY : 0);
      check(avformat.av_write_frame(context, packet), "muxing");
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  /** Whether there is something that {@link #fragment} would give. */
  public boolean isEmpty() {
    return firstVideo == NONE && firstSound == NONE;
  }

  /** What was added since the last call, as moof and mdat; empty if there is nothing. */
  public byte[] fragment() {
    if (isEmpty()) {
      return new byte[0];
    }
    check(avformat.av_write_frame(context, (AVPacket) null), "ending a fragment");
    byte[] bytes = takeBuffer();
    openBuffer();
    // The muxer counts from the first packet that it was given; we say what time it is.
    ByteBuffer fragment = ByteBuffer.wrap(bytes);
    try {
      setTime(fragment, VIDEO_TRACK, firstVideo);
      setTime(fragment, SOUND_TRACK, firstSound);
    } catch (MalformedMediaException e) {
      throw new FfmpegException("the muxer's fragment can not be read: " + e.getMessage());
    }
    firstVideo = NONE;
    firstSound = NONE;
    return bytes;
  }

  private static void setTime(ByteBuffer fragment, int track, long ticks)
      throws MalformedMediaException {
    if (ticks != NONE && !MovieFragment.setBaseTime(fragment, track, ticks)) {
      throw new MalformedMediaException("track " + track + " is missing");
    }
  }

  private void openBuffer() {
    AVIOContext buffer = new AVIOContext(null);
    check(avformat.avio_open_dyn_buf(buffer), "memory to write to");
    context.pb(buffer);
  }

  private byte[] takeBuffer() {
    BytePointer memory = new BytePointer((BytePointer) null);
    int length = avformat.avio_close_dyn_buf(context.pb(), memory);
    context.pb(null);
    byte[] bytes = new byte[length];
    memory.get(bytes, 0, length);
    avutil.av_free(memory);
    return bytes;
  }

  /** Frees the muxer; what was not asked for is lost. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    avcodec.av_packet_free(packet);
    if (!context.isNull()) {
      if (context.pb() != null) {
        takeBuffer();
      }
      avformat.avformat_free_context(context);
    }
  }
}
