package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;
import io.roadcast.jtt.jt1078.IdWidthDetector.Patience;
import io.roadcast.jtt.jt1078.IdWidthDetector.Place;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into JT/T 1078 packets by their lengths. The magic only checks that the cut is
 * right; when it is not, bytes are skipped and counted up to the next plausible packet. The id's
 * width is decided once and again only after the stream lost its order.
 *
 * <p>Pull style: hand in the buffer with everything that is not yet consumed and call {@link #next}
 * until it returns null; the reader index then stands on the first byte that waits for more. Never
 * throws on any input and never asks for more than one packet's bytes. For datagrams see {@link
 * #startDatagram()}. Owned by one thread.
 */
public final class Jt1078PacketDecoder {
  /** The largest body by the standard; real terminals exceed it. */
  public static final int STANDARD_BODY_BYTES = 950;

  public static final int DEFAULT_MAX_BODY_BYTES = 8 * 1024;

  private final int maxBodyBytes;
  private final int maxGarbageBytes;
  private final IdWidthDetector detector;
  private final Jt1078Packet packet = new Jt1078Packet();

  private @Nullable IdWidth width;
  private IdWidth previousWidth = IdWidth.SIX;
  private Place place = Place.START;
  private Patience patience = Patience.WAIT;
  private Patience usualPatience = Patience.WAIT;
  private int seenFlags = Jt1078Packet.USUAL_FLAGS;
  private long position;
  private long packetPosition;
  private long skippedBytes;
  private long skippedSincePacket;
  private long truncatedPackets;
  private long oversizedBodies;

  /**
   * @param maxBodyBytes longest body that is believed, up to 65535
   * @param maxGarbageBytes how many bytes without a packet are borne, see {@link #abused()}
   */
  public Jt1078PacketDecoder(int maxBodyBytes, int maxGarbageBytes, ExpectedTerminals expected) {
    if (maxBodyBytes < 1 || maxBodyBytes > 0xffff) {
      throw new IllegalArgumentException("body limit of " + maxBodyBytes + " bytes");
    }
    this.maxBodyBytes = maxBodyBytes;
    this.maxGarbageBytes = maxGarbageBytes;
    this.detector = new IdWidthDetector(maxBodyBytes, expected);
  }

  /**
   * The next packet, read from {@code in}, whose reader index moves behind it; null when more bytes
   * are needed. The view is valid until the next call.
   */
  public @Nullable Jt1078Packet next(ByteBuf in) {
    while (true) {
      if (width == null && !findPacket(in)) {
        return null;
      }
      IdWidth known = Objects.requireNonNull(width);
      switch (PacketReading.of(
          in, in.readerIndex(), known, maxBodyBytes, PacketReading.Strictness.ANY_PAYLOAD_TYPE)) {
        case INCOMPLETE -> {
          if (magicHolds(in)) {
            return null;
          }
          loseOrder();
        }
        case IMPOSSIBLE -> {
          countOversized(in, known);
          loseOrder();
        }
        case CONTRADICTED -> {
          if (!magicHolds(in)) {
            loseOrder();
          } else if (!skipTruncated(in, known)) {
            return deliver(in, known);
          }
        }
        case COMPLETE, CONFIRMED -> {
          if (magicHolds(in)) {
            return deliver(in, known);
          }
          loseOrder();
        }
      }
    }
  }

  /** The magic, or as much of it as is there. */
  private static boolean magicHolds(ByteBuf in) {
    int compared = Math.min(in.readableBytes(), Jt1078Packet.MAGIC_BYTES);
    for (int i = 0; i < compared; i++) {
      if (in.getByte(in.readerIndex() + i) != (byte) (Jt1078Packet.MAGIC >> (24 - 8 * i))) {
        return false;
      }
    }
    return true;
  }

  private Jt1078Packet deliver(ByteBuf in, IdWidth known) {
    packet.wrap(in, in.readerIndex(), known);
    seenFlags = packet.flags();
    packetPosition = position;
    skippedSincePacket = 0;
    patience = usualPatience;
    int length = packet.length();
    in.skipBytes(length);
    position += length;
    return packet;
  }

  private void loseOrder() {
    if (width != null) {
      previousWidth = width;
    }
    width = null;
    place = Place.SEARCHED;
  }

  /** Skips to the next plausible packet and decides its width; false when more bytes are needed. */
  private boolean findPacket(ByteBuf in) {
    while (true) {
      skip(in, distanceToMagic(in));
      if (in.readableBytes() <= Jt1078Packet.FLAGS_OFFSET) {
        return false;
      }
      switch (detector.decide(in, in.readerIndex(), placeHere(in), patience, previousWidth)) {
        case SIX -> width = IdWidth.SIX;
        case TEN -> width = IdWidth.TEN;
        case UNDECIDED -> {
          return false;
        }
        case NO_PACKET -> {
          skip(in, 1);
          continue;
        }
      }
      place = Place.SEARCHED;
      return true;
    }
  }

  private Place placeHere(ByteBuf in) {
    int flags = in.getUnsignedByte(in.readerIndex() + Jt1078Packet.FLAGS_OFFSET);
    boolean usual = flags == Jt1078Packet.USUAL_FLAGS || flags == seenFlags;
    return place == Place.START || usual ? place : Place.SEARCHED_WITH_ODD_FLAGS;
  }

  /** To the next magic, or to what may be the beginning of one at the end. */
  private static int distanceToMagic(ByteBuf in) {
    int from = in.readerIndex();
    int end = in.writerIndex();
    for (int at = from; at < end; at++) {
      at = in.indexOf(at, end, (byte) (Jt1078Packet.MAGIC >> 24));
      if (at < 0) {
        return end - from;
      }
      int compared = Math.min(end - at, Jt1078Packet.MAGIC_BYTES);
      int shift = 8 * (Jt1078Packet.MAGIC_BYTES - compared);
      if (prefix(in, at, compared) == Jt1078Packet.MAGIC >> shift) {
        return at - from;
      }
    }
    return end - from;
  }

  private static int prefix(ByteBuf in, int at, int bytes) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | in.getUnsignedByte(at + i);
    }
    return value;
  }

  private void skip(ByteBuf in, int bytes) {
    if (bytes > 0) {
      in.skipBytes(bytes);
      position += bytes;
      skippedBytes += bytes;
      skippedSincePacket += bytes;
      place = Place.SEARCHED;
    }
  }

  /**
   * A terminal that lost the rest of a packet begins the next one inside the body. Only looked for
   * when no packet follows the body, since media may contain anything.
   */
  private boolean skipTruncated(ByteBuf in, IdWidth known) {
    int start = in.readerIndex();
    int idAndChannel = known.bytes() + 1;
    int end = start + packet.wrap(in, start, known).length();
    for (int at = packet.bodyOffset(); at + Jt1078Packet.fixedBytes(known) <= end; at++) {
      if (in.getByte(at) == (byte) (Jt1078Packet.MAGIC >> 24)
          && in.getInt(at) == Jt1078Packet.MAGIC
          && sameBytes(in, start, at, idAndChannel)
          && PacketReading.of(in, at, known, maxBodyBytes, PacketReading.Strictness.STANDARD)
                  .compareTo(PacketReading.CONTRADICTED)
              > 0) {
        truncatedPackets++;
        skip(in, at - start);
        return true;
      }
    }
    return false;
  }

  private static boolean sameBytes(ByteBuf in, int one, int other, int count) {
    for (int i = Jt1078Packet.ID_OFFSET; i < Jt1078Packet.ID_OFFSET + count; i++) {
      if (in.getByte(one + i) != in.getByte(other + i)) {
        return false;
      }
    }
    return true;
  }

  private void countOversized(ByteBuf in, IdWidth known) {
    int start = in.readerIndex();
    int typeByte = in.getUnsignedByte(start + Jt1078Packet.fixedBytes(known) - 1);
    if (magicHolds(in) && PacketType.known(typeByte >> 4) && SubPacket.known(typeByte & 0x0f)) {
      oversizedBodies++;
    }
  }

  /**
   * More bytes will not come soon (about 200 ms passed): the id's width is decided without them.
   */
  public void decideNow() {
    patience = Patience.DECIDE_NOW;
  }

  /** Whether bytes wait only because the id's width is open; see {@link #decideNow()}. */
  public boolean undecided() {
    return width == null && patience == Patience.WAIT;
  }

  /**
   * The next bytes are a datagram of its own: it begins with a packet, and nothing will follow it.
   * Call {@link #finish} when {@link #next} has returned null for it.
   */
  public void startDatagram() {
    usualPatience = Patience.DECIDE_NOW;
    patience = Patience.DECIDE_NOW;
    place = Place.START;
  }

  /** No more bytes will follow these: they are skipped, and counted as a truncated packet. */
  public void finish(ByteBuf in) {
    if (in.isReadable()) {
      truncatedPackets++;
      skip(in, in.readableBytes());
    }
  }

  /** Whether more bytes than allowed were skipped since the last packet: close the connection. */
  public boolean abused() {
    return skippedSincePacket > maxGarbageBytes;
  }

  /** Offset in the stream of the packet returned last, in bytes. */
  public long packetPosition() {
    return packetPosition;
  }

  /** Bytes that belonged to no packet. */
  public long skippedBytes() {
    return skippedBytes;
  }

  /** Packets whose end was missing. */
  public long truncatedPackets() {
    return truncatedPackets;
  }

  /** Packets that announced a body longer than the limit. */
  public long oversizedBodies() {
    return oversizedBodies;
  }
}
