package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamState;
import io.roadcast.sfu.tcp.TcpStatistics;
import io.roadcast.sfu.transport.SfuServer;
import io.roadcast.sfu.transport.UdpPortStatus;
import io.roadcast.sfu.transport.ViewerSession;
import io.roadcast.sfu.udp.DelayHistogram;
import io.roadcast.sfu.udp.ViewerState;
import io.roadcast.sfu.udp.WorkerStatistics;
import java.util.List;
import java.util.Locale;

/** Streams, viewers, workers and the memory of blocks. */
public final class MediaMetrics implements MultiCollector {
  private final Router router;
  private final RtpBlockPool pool;
  private final SfuServer sfu;

  public MediaMetrics(Router router, RtpBlockPool pool, SfuServer sfu) {
    this.router = router;
    this.pool = pool;
    this.sfu = sfu;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    streams(samples);
    viewers(samples);
    blocks(samples);
    UdpPortStatus udp = sfu.udpPort();
    samples.gauge(
        "media_path_info",
        "Always 1; the labels say what encrypts and what sends",
        1,
        "srtp",
        sfu.srtpEngine(),
        "udp",
        udp.port(),
        "udp_reason",
        udp.reason(),
        "segmentation",
        udp.segments() ? "on" : "off");
    connections(samples);
    for (WorkerStatistics worker : sfu.workerStatistics()) {
      worker(samples, worker);
    }
    return samples.snapshots();
  }

  private void streams(Samples samples) {
    List<Stream> streams = router.streams();
    long interrupted =
        streams.stream().filter(stream -> stream.state() == StreamState.INTERRUPTED).count();
    String help = "Streams of this node";
    samples.gauge("streams", help, streams.size() - interrupted, "state", "live");
    samples.gauge("streams", help, interrupted, "state", "interrupted");
    samples.counter(
        "streams_refused", "Streams refused for lack of room", router.refusedPublications());
  }

  private void viewers(Samples samples) {
    List<ViewerSession> viewers = sfu.viewers().list();
    for (ViewerState state : List.of(ViewerState.CONNECTING, ViewerState.CONNECTED)) {
      samples.gauge(
          "viewers",
          "Viewers of this node",
          viewers.stream().filter(viewer -> viewer.state() == state).count(),
          "state",
          state.name().toLowerCase(Locale.ROOT));
    }
    samples.counter("viewers_refused", "Viewers refused for lack of room", sfu.viewers().refused());
    samples.counter(
        "dtls_handshakes_refused",
        "DTLS handshakes not begun because too many were running",
        sfu.refusedHandshakes());
  }

  private void blocks(Samples samples) {
    samples.gauge("blocks_in_use", "Frames that somebody holds", pool.blocksInUse());
    samples.gauge("blocks_in_use_bytes", "Their memory", pool.bytesInUse());
    samples.gauge("blocks_idle_bytes", "Memory kept for later frames", pool.idleBytes());
    samples.counter("blocks", "Frames cut into packets", pool.blocksMade());
  }

  private void connections(Samples samples) {
    TcpStatistics tcp = sfu.tcpStatistics();
    samples.gauge("viewer_connections_open", "TCP connections of viewers", tcp.open());
    samples.counter(
        "viewer_connection_packets_dropped",
        "Packets of viewers' TCP connections that a busy worker did not take",
        tcp.dropped());
    tcp.ends()
        .forEach(
            (end, count) ->
                samples.counter(
                    "viewer_connections_closed",
                    "TCP connections of viewers that were closed",
                    count,
                    "reason",
                    end.name().toLowerCase(Locale.ROOT)));
  }

  private static void worker(Samples samples, WorkerStatistics of) {
    String worker = Integer.toString(of.worker());
    samples.gauge("worker_viewers", "Viewers of a worker", of.viewers(), "worker", worker);
    samples.gauge("worker_streams", "Streams of a worker", of.streams(), "worker", worker);
    samples.gauge(
        "worker_utilization_ratio",
        "Part of the last second in which a worker did not sleep",
        of.utilisation(),
        "worker",
        worker);
    samples.counter("sent_packets", "RTP and RTCP packets sent", of.packets(), "worker", worker);
    samples.counter("sent_bytes", "Bytes of those packets", of.bytes(), "worker", worker);
    samples.counter("sent_runs", "Pieces of equal packets sent", of.runs(), "worker", worker);
    String dropped = "Frames left out";
    samples.counter(
        "frames_dropped", dropped, of.framesDroppedByQueue(), "reason", "queue", "worker", worker);
    samples.counter(
        "frames_dropped",
        dropped,
        of.framesDroppedBySocket(),
        "reason",
        "socket",
        "worker",
        worker);
    samples.counter(
        "frames_dropped", dropped, of.framesShed(), "reason", "overload", "worker", worker);
    samples.counter(
        "frames_dropped", dropped, of.framesThinned(), "reason", "path", "worker", worker);
    samples.counter(
        "retransmitted_packets", "Packets sent again as RTX", of.retransmitted(), "worker", worker);
    samples.counter("nacked_packets", "Packets asked for by viewers", of.nacks(), "worker", worker);
    samples.counter("picture_requests", "PLI and FIR of viewers", of.plis(), "worker", worker);
    samples.counter(
        "media_authentication_failures",
        "Checks and reports with a wrong tag",
        of.authenticationFailures(),
        "worker",
        worker);
    samples.counter("port_errors", "Errors of the UDP port", of.portErrors(), "worker", worker);
    samples.counter(
        "segmentation_refusals",
        "How often the system refused to segment a message",
        of.refusedSegmentations(),
        "worker",
        worker);
    samples.counter(
        "handed_over_datagrams",
        "Datagrams that came to a worker for another one's viewer",
        of.handedOver(),
        "worker",
        worker);
    of.noise()
        .forEach(
            (reason, count) ->
                samples.counter(
                    "noise_datagrams",
                    "Datagrams dropped on the media port",
                    count,
                    "reason",
                    reason.name().toLowerCase(Locale.ROOT),
                    "worker",
                    worker));
    of.delays()
        .forEach(
            (kind, delay) -> {
              String frame = kind.name().toLowerCase(Locale.ROOT);
              delay(samples, "first", delay.firstPacket(), frame, worker);
              delay(samples, "last", delay.lastPacket(), frame, worker);
            });
  }

  private static void delay(
      Samples samples, String which, DelayHistogram.Snapshot of, String frame, String worker) {
    samples.histogram(
        which + "_packet_delay_seconds",
        "From a frame's last byte coming in until its " + which + " packet left",
        of.boundsNanos(),
        of.counts(),
        of.sumNanos(),
        "frame",
        frame,
        "worker",
        worker);
  }
}
