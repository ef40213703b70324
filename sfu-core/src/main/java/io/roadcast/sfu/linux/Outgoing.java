package io.roadcast.sfu.linux;

import io.roadcast.sfu.udp.SendBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the runs of a batch into messages, and decides what a refused message means: a run that the
 * kernel does not segment leaves as single datagrams, through the same code.
 */
final class Outgoing {
  /** When to try again if the system had no memory, which no event of the socket tells. */
  static final long RETRY_NANOS = 1_000_000;

  private static final Logger log = LoggerFactory.getLogger(Outgoing.class);
  private static final int MESSAGES = 64;

  /** What to do after the first message of a vector was refused. */
  enum Verdict {
    /** Fill the vector again: its first run leaves otherwise now. */
    AGAIN,
    /** This run is lost: the peer can not be sent to. */
    DROP,
    /** Nothing can be sent until the socket is writable. */
    WAIT_FOR_SOCKET,
    /** Nothing can be sent for a moment. */
    WAIT_FOR_MEMORY
  }

  private final MessageVector vector;
  private final int[] packets = new int[MESSAGES];
  private final Staging staging;
  private final int maxBytes;
  private volatile int maxDatagrams;
  private volatile long refusals;
  private long slab;
  private boolean shortOfMemory;

  Outgoing(Arena arena, Segmentation segmentation) {
    vector = new MessageVector(arena, MESSAGES);
    staging = new Staging(arena);
    maxBytes = segmentation.maxBytes();
    maxDatagrams = segmentation.maxDatagrams();
  }

  /** How many bytes a run may have to leave as one message. */
  int maxBytes() {
    return maxBytes;
  }

  /** Whether runs leave as one message, but for peers to which the kernel refuses it. */
  boolean segments() {
    return maxDatagrams > 1;
  }

  /** How often the kernel refused to segment. */
  long refusals() {
    return refusals;
  }

  boolean isShortOfMemory() {
    return shortOfMemory;
  }

  MemorySegment headers() {
    return vector.headers();
  }

  /** Before a batch is sent: finds its bytes outside the heap. */
  void begin(SendBatch batch) {
    shortOfMemory = false;
    slab = batch.isEmpty() ? 0 : staging.address(batch);
  }

  /** Fills the vector from the first unsent run on; returns how many messages there are. */
  int fill(SendBatch batch) {
    int most = maxDatagrams;
    int message = 0;
    for (int run = batch.firstUnsent(); run < batch.runs() && message < MESSAGES; run++) {
      LinuxPath path = (LinuxPath) batch.path(run);
      int stride = batch.stride(run);
      long at = slab + batch.offset(run);
      int left = batch.length(run);
      int piece = path.takesSegmented() ? most : 1;
      while (left > 0 && message < MESSAGES) {
        int bytes = Math.min(left, piece * stride);
        packets[message] = (bytes + stride - 1) / stride;
        vector.to(message, path);
        vector.memory(message, at, bytes);
        if (packets[message] > 1) {
          vector.segmented(message, stride);
        } else {
          vector.whole(message);
        }
        at += bytes;
        left -= bytes;
        message++;
      }
    }
    return message;
  }

  /** The first messages of the vector are gone. */
  void settle(SendBatch batch, int messages) {
    for (int i = 0; i < messages; i++) {
      if (packets[i] == batch.packets(batch.firstUnsent())) {
        batch.sentRun();
      } else {
        batch.sentPart(packets[i]);
      }
    }
  }

  /** The first message of the vector was refused. */
  Verdict failed(SendBatch batch, int errno) {
    return switch (errno) {
      case Errno.EINTR -> Verdict.AGAIN;
      case 0, Errno.EAGAIN -> Verdict.WAIT_FOR_SOCKET;
      case Errno.ENOBUFS, Errno.ENOMEM -> {
        shortOfMemory = true;
        yield Verdict.WAIT_FOR_MEMORY;
      }
      default -> packets[0] > 1 && sendsPlain(batch, errno) ? Verdict.AGAIN : Verdict.DROP;
    };
  }

  /** Whether the kernel may have refused for the segmentation; the run goes without it then. */
  private boolean sendsPlain(SendBatch batch, int errno) {
    switch (errno) {
      // A datagram is longer than the path's MTU; older kernels call that EINVAL. Without
      // segmentation the kernel fragments.
      case Errno.EMSGSIZE, Errno.EINVAL ->
          ((LinuxPath) batch.path(batch.firstUnsent())).refuseSegmented();
      // The device computes no checksums, or IPsec is between; or the option is unknown.
      case Errno.EIO, Errno.ENOPROTOOPT, Errno.EOPNOTSUPP -> {
        maxDatagrams = 1;
        log.warn("UDP segmentation is given up: {}", Errno.name(errno));
      }
      default -> {
        return false;
      }
    }
    countRefusal();
    return true;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the worker only
  private void countRefusal() {
    refusals++;
  }
}
