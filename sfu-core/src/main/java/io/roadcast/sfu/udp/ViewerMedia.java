package io.roadcast.sfu.udp;

import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamStatistics;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpSendContext;
import io.roadcast.sfu.udp.WorkerCounters.Count;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a connected viewer is sent and says about it: its tracks, its place in the stream's window,
 * its reports and repairs. The worker's thread only.
 */
final class ViewerMedia {
  /** Replays are sent at the configured rate, but at this many times a fast stream's own. */
  private static final int REPLAY_SPEED = 25;

  /** Who was left out pictures within so many seconds is told so. */
  private static final int THINNED_SECONDS = 5;

  /** A camera that sent no picture for this long is silent, not slow. */
  private static final long SILENCE_NANOS = 1_000_000_000L;

  private final Viewer viewer;
  private final MediaWorker worker;
  private final ShownStream shown;
  private final SrtpSendContext context;
  private final Pace pace;
  private final Outlet outlet;
  private final @Nullable VideoSender video;
  private final @Nullable OutgoingTrack audio;
  private final @Nullable Repairs repairs;
  private final ViewerReports reports;
  private final Instant connectedAt;
  private final ReplayLimit replays = new ReplayLimit();
  private final RepairDelay repairDelay = new RepairDelay();
  private final Probing probing = new Probing();
  private long droppedSounds;
  private long plis;
  private long lastDropped;
  private long lastShed;
  private long lastThinned;
  private long lastBytes;
  private long lastSecondNanos;
  private long bitRate;
  private long lastPictures;
  private double frameRate;
  private long pictureNanos;
  private long lastSound = Long.MIN_VALUE;
  private long soundFloor = Long.MIN_VALUE;
  private int thinnedSeconds;
  private ViewerQuality quality = ViewerQuality.FULL;

  ViewerMedia(Viewer viewer, MediaWorker worker, SrtpKeys keys, PeerPath path) {
    this.viewer = viewer;
    this.worker = worker;
    ViewerPlan plan = viewer.plan();
    TrackPlan videoPlan = plan.video();
    TrackPlan audioPlan = plan.audio();
    context = worker.egress().engine().newSendContext(keys);
    pace = new Pace(worker.settings().burstBytesPerMilli(), worker.nowNanos());
    outlet = new Outlet(worker.egress(), context, pace, path);
    audio = audioPlan == null ? null : new OutgoingTrack(audioPlan);
    video =
        videoPlan == null
            ? null
            : new VideoSender(
                new OutgoingTrack(videoPlan),
                ReplayTiming.ONE_MILLISECOND,
                pace,
                worker.settings().playoutDelay());
    repairs = videoPlan == null || !videoPlan.repairs() ? null : new Repairs(videoPlan);
    reports = new ViewerReports(plan, keys, worker.clock());
    connectedAt = worker.clock().wall();
    lastSecondNanos = worker.nowNanos();
    pictureNanos = lastSecondNanos;
    shown = new ShownStream(viewer, worker, worker.stream(viewer.asked()), video);
    if (video != null && viewer.asked() != plan.stream()) {
      video.turnTo(shown.window(), ShownStream.ticks(shown.askedAheadMicros(lastSecondNanos)));
    }
  }

  Outlet outlet() {
    return outlet;
  }

  ShownStream shown() {
    return shown;
  }

  boolean isPaced() {
    return video != null && video.isPaced(shown.window());
  }

  long behind() {
    return video == null ? 0 : video.behind(shown.window());
  }

  boolean shed() {
    return video != null && video.shed();
  }

  // ---- the way of a block

  /** Begins with the cached group of pictures, or waits for the next keyframe. */
  void startPictures(long nowNanos) {
    if (video == null) {
      return;
    }
    StreamStatistics rates = shown.shown().stream().statistics();
    pace.replayAt(
        Math.max(
            worker.settings().burstBytesPerMilli(), REPLAY_SPEED * rates.videoBitRate() / 8000));
    pace.streamNeeds(bitRateOnTheWire(rates));
    long interval = rates.keyframeIntervalMillis() * 1000;
    video.start(shown.window(), pace.bytesPerMilli(), interval == 0 ? Long.MAX_VALUE : interval);
    if (video.isReplaying()) {
      replays.note(nowNanos);
      worker.pacer().add(viewer, nowNanos);
    }
  }

  /** Another stream from now on. */
  void show(Stream stream, long nowNanos) {
    if (shown.asked().stream() == stream) {
      return;
    }
    soundFloor = lastSound;
    pictureNanos = nowNanos;
    if (shown.ask(stream, nowNanos)) {
      startPictures(nowNanos);
    }
  }

  /** A live picture is in the window now. */
  void pictureArrived(WorkerStream from, RtpBlock block, long nowNanos) {
    if (video == null) {
      return;
    }
    if (block.codec() != video.track().plan().codec()) {
      if (!shown.ended(from)) {
        viewer.end(ViewerEnd.CODEC_CHANGED);
      }
      return;
    }
    moveOn(nowNanos);
    if (from != shown.shown()) {
      return;
    }
    pictureNanos = nowNanos;
    forwardPictures(nowNanos);
    if (video.isWaitingForFirst()) {
      startPictures(nowNanos); // the keyframe it waits for may be overdue by now
    }
  }

  /** To the stream that suits the path better, if it can begin now. */
  void moveOn(long nowNanos) {
    if (shown.moveOn(nowNanos)) {
      pace.streamNeeds(bitRateOnTheWire(shown.shown().stream().statistics()));
      tellQuality();
      forwardPictures(nowNanos);
    }
  }

  void forwardPictures(long nowNanos) {
    if (video != null) {
      video.forward(shown.window(), nowNanos, outlet);
      if (isPaced()) {
        worker.pacer().add(viewer, nowNanos);
      }
    }
  }

  /** Pictures that waited; behind the end of a replay a sender report tells the true time. */
  int sendSlice(int maxPackets, long nowNanos) {
    if (video == null) {
      return 0;
    }
    boolean replaying = video.isReplaying();
    int packets = video.sendSlice(shown.window(), maxPackets, nowNanos, outlet);
    if (replaying && !video.isReplaying()) {
      replays.ended(nowNanos);
      reports.send(video.track(), outlet, nowNanos);
    }
    moveOn(nowNanos);
    return packets;
  }

  /** Sound is sent as it comes, or not at all; in another codec it is for others. */
  void soundArrived(RtpBlock block) {
    if (audio == null || block.codec() != audio.plan().codec()) {
      return;
    }
    long ahead = shown.askedAheadMicros(worker.nowNanos());
    long ticks =
        block.timeTicks() + Math.floorDiv(ahead * audio.plan().codec().clockRate(), 1_000_000L);
    if (ticks <= soundFloor) {
      return; // heard before another stream was asked for
    }
    lastSound = ticks;
    int timestamp = audio.timestamp(ticks);
    int packets = block.packetCount();
    if (audio.send(block, 0, packets, timestamp, 0, outlet) < packets) {
      droppedSounds++;
    }
  }

  // ---- what the viewer says

  @Nullable NoiseReason receivedRtcp(byte[] bytes, int offset, int length, long nowNanos) {
    return reports.received(bytes, offset, length, this, nowNanos);
  }

  /** A generic NACK for a packet of the picture. */
  void packetMissing(int ssrc, int sequence, long nowNanos) {
    worker.counters().add(Count.NACKS, 1);
    if (video != null && repairs != null && ssrc == video.track().plan().ssrc()) {
      boolean sent =
          repairs.resend(
              sequence, video, shown.window(), reports.roundTripNanos(), nowNanos, outlet);
      worker.counters().add(Count.RETRANSMITTED, sent ? 1 : 0);
    }
  }

  /** PLI or FIR: the camera can not be asked, so the newest keyframe is shown again. */
  void pictureRequested(long nowNanos) {
    plis++;
    worker.counters().add(Count.PLIS, 1);
    if (video == null || missesNothing(video, nowNanos)) {
      return;
    }
    boolean useless = video.isReplaying() && replays.missedBeginning(nowNanos);
    if ((video.isLive() || useless) && replays.allows(nowNanos) && !worker.overloaded()) {
      video.breakOff();
      startPictures(nowNanos);
    }
  }

  /**
   * Whether the viewer only asks because the camera is silent: browsers do after 3 s. To show it
   * the last seconds again would look like a picture that goes on.
   */
  private boolean missesNothing(VideoSender sender, long nowNanos) {
    return nowNanos - pictureNanos > SILENCE_NANOS
        && reports.reached(sender.track().nextSequence() - 1);
  }

  /** The viewer says which packets came and when. */
  void arrived(RtcpPacket.TransportFeedback feedback, long nowNanos) {
    pace.estimator().feedback(feedback, nowNanos);
    pace.adapt();
  }

  /** The viewer's receiver report on the main track. */
  void reported(double partLost, long roundTripNanos, long nowNanos) {
    if (roundTripNanos > 0) {
      pace.estimator().roundTrip(roundTripNanos);
    }
    pace.estimator().receiverReport(partLost, bitRate, nowNanos);
    pace.adapt();
  }

  /** The viewer says what its path carries. */
  void limited(long bitsPerSecond) {
    pace.estimator().remb(bitsPerSecond);
    pace.adapt();
  }

  /** RTCP BYE. */
  void saidBye() {
    viewer.end(ViewerEnd.LEFT);
  }

  // ---- its duties and its end

  void everySecond(long nowNanos) {
    if (video != null) {
      reports.send(video.track(), outlet, nowNanos);
      repairDelay.second(reports.nacks(), reports.loss(), reports.roundTripNanos());
      if (thinnedSeconds > 0) {
        repairDelay.forget();
      }
      video.delayLive(repairDelay.liveBits(playoutDelay()));
    }
    if (audio != null) {
      reports.send(audio, outlet, nowNanos);
    }
    pace.estimator().passed(nowNanos);
    pace.streamNeeds(bitRateOnTheWire(shown.shown().stream().statistics()));
    if (video != null) {
      long asked = bitRateOnTheWire(shown.asked().stream().statistics());
      shown.everySecond(pace.estimator().bitRate(), asked);
      probe(video, asked);
    }
    thinnedSeconds =
        thinnedFrames() > lastThinned ? THINNED_SECONDS : Math.max(0, thinnedSeconds - 1);
    tellQuality();
    long bytes = bytes();
    bitRate = (bytes - lastBytes) * 8_000_000_000L / Math.max(1, nowNanos - lastSecondNanos);
    lastBytes = bytes;
    long pictures = video == null ? 0 : video.pictures();
    frameRate = (pictures - lastPictures) * 1e9 / Math.max(1, nowNanos - lastSecondNanos);
    lastPictures = pictures;
    lastSecondNanos = nowNanos;
    worker.counters().add(Count.FRAMES_DROPPED_BY_SOCKET, droppedFrames() - lastDropped);
    lastDropped = droppedFrames();
    worker.counters().add(Count.FRAMES_SHED, shedFrames() - lastShed);
    lastShed = shedFrames();
    worker.counters().add(Count.FRAMES_THINNED, thinnedFrames() - lastThinned);
    lastThinned = thinnedFrames();
  }

  /** Looks whether a path that seems too slow for what was asked for carries more by now. */
  private void probe(VideoSender sender, long needed) {
    Repairs again = repairs;
    int packets = probing.second(pace.estimator().bitRate(), needed);
    if (packets > 0 && again != null && again.isNumbered() && sender.isLive()) {
      again.probe(packets, sender, shown.window(), outlet);
    }
  }

  /**
   * Sound comes later than the picture of its moment: in blocks of up to 100 ms, and through a
   * jitter buffer that may not be cut. Where there is sound, the browser therefore gets leave to
   * hold the pictures back until both are there.
   */
  private PlayoutDelay playoutDelay() {
    boolean heard = audio != null && audio.packets() > 0;
    return heard ? PlayoutDelay.SMOOTH : worker.settings().playoutDelay();
  }

  private void tellQuality() {
    ViewerQuality now =
        shown.isSmaller()
            ? ViewerQuality.SUB
            : thinnedSeconds > 0 ? ViewerQuality.THINNED : ViewerQuality.FULL;
    if (now != quality) {
      quality = now;
      viewer.events().qualityChanged(now);
    }
  }

  /** Payloads are most of it; headers of all layers are about a twentieth more. */
  private static long bitRateOnTheWire(StreamStatistics rates) {
    return (rates.videoBitRate() + rates.audioBitRate()) * 21 / 20;
  }

  void sayBye() {
    if (video != null) {
      reports.sendBye(video.track(), outlet);
    }
    if (audio != null) {
      reports.sendBye(audio, outlet);
    }
  }

  void close() {
    if (video != null) {
      video.close();
    }
    context.close();
  }

  ViewerStatistics statistics(ViewerState state, Instant since, @Nullable PeerAddress remote) {
    return new ViewerStatistics(
        state,
        since,
        connectedAt,
        reports.roundTrip(),
        reports.loss(),
        reports.meanRoundTrip(),
        reports.meanLoss(),
        frameRate,
        bitRate,
        remote,
        viewer.plan().codec(),
        packets(),
        bytes(),
        reports.nacks(),
        plis,
        repairs == null ? 0 : repairs.packets(),
        droppedFrames() + shedFrames() + thinnedFrames(),
        pace.estimator().bitRate(),
        quality);
  }

  private long thinnedFrames() {
    return video == null ? 0 : video.thinnedFrames();
  }

  private long shedFrames() {
    return video == null ? 0 : video.shedFrames();
  }

  private long droppedFrames() {
    return droppedSounds + (video == null ? 0 : video.droppedFrames());
  }

  private long packets() {
    return (video == null ? 0 : video.track().packets())
        + (audio == null ? 0 : audio.packets())
        + (repairs == null ? 0 : repairs.packets());
  }

  private long bytes() {
    return (video == null ? 0 : video.track().octets())
        + (audio == null ? 0 : audio.octets())
        + (repairs == null ? 0 : repairs.octets());
  }
}
