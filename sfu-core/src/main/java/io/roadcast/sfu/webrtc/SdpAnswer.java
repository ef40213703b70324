package io.roadcast.sfu.webrtc;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import java.util.Collection;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an offer (RFC 8829 5.3): the stream's video in the first section that wants and can
 * take it, its sound likewise, both in one bundle on one port; all other sections are rejected. We
 * are lite in ICE and passive in DTLS.
 */
public final class SdpAnswer {
  private final NegotiatedSession session;
  private final String text;

  private SdpAnswer(NegotiatedSession session, String text) {
    this.session = session;
    this.text = text;
  }

  /**
   * Answers an offer for a stream.
   *
   * @param video what the stream's video is, null if it has none
   * @param sounds what the stream's sound can be sent as, the best first; empty if it has none.
   *     Sound that cannot be taken never stands in the way of video
   * @throws SdpException if the offer wants nothing, or its transport is not one that we can answer
   * @throws CodecNotSupportedException if the viewer wants video and cannot take this one, or can
   *     take nothing at all
   */
  public static SdpAnswer to(
      SdpOffer offer, @Nullable VideoFormat video, List<AudioFormat> sounds, LocalDescription local)
      throws SdpException, CodecNotSupportedException {
    if (offer.iceLite()) {
      throw new SdpException("both sides are ice-lite, so nobody would begin");
    }
    List<SdpMedia> wanted =
        offer.media().stream().filter(section -> wants(offer, section)).toList();
    if (wanted.isEmpty()) {
      throw new SdpException("the offer has no section that receives RTP/SAVPF with rtcp-mux");
    }
    Map<SdpMedia, RtpFormat> chosen = choose(offer, wanted, video, sounds);
    SdpMedia first = offer.media().stream().filter(chosen::containsKey).findFirst().orElseThrow();
    NegotiatedSession session = session(offer, first, chosen, local);
    return new SdpAnswer(session, new SdpAnswerWriter(offer, session, local).write(chosen));
  }

  /** What was agreed. */
  public NegotiatedSession session() {
    return session;
  }

  /** The answer, lines ended by CR LF. */
  public String text() {
    return text;
  }

  private static boolean wants(SdpOffer offer, SdpMedia section) {
    return section.receives() && offer.transportOf(section).rtcpMux();
  }

  private static Map<SdpMedia, RtpFormat> choose(
      SdpOffer offer, List<SdpMedia> wanted, @Nullable VideoFormat video, List<AudioFormat> sounds)
      throws CodecNotSupportedException {
    Map<SdpMedia, RtpFormat> chosen = new IdentityHashMap<>();
    List<SdpMedia> videoSections = ofKind(wanted, "video");
    if (video != null && !videoSections.isEmpty()) {
      for (SdpMedia section : videoSections) {
        Optional<RtpFormat> format = FormatChoice.video(section.formats(), video);
        if (format.isPresent() && chosen.isEmpty()) {
          chosen.put(section, format.get());
        }
      }
      if (chosen.isEmpty()) {
        throw new CodecNotSupportedException(refusal(video));
      }
    }
    for (SdpMedia section : ofKind(wanted, "audio")) {
      Optional<RtpFormat> format =
          sounds.stream()
              .flatMap(sound -> FormatChoice.audio(section.formats(), sound).stream())
              .findFirst();
      boolean free = chosen.keySet().stream().noneMatch(other -> other.kind().equals("audio"));
      boolean reachable =
          chosen.keySet().stream().allMatch(other -> inOneBundle(offer, other, section));
      if (format.isPresent() && free && reachable) {
        chosen.put(section, format.get());
      }
    }
    if (chosen.isEmpty()) {
      throw new CodecNotSupportedException("nothing in the offer can take what the stream carries");
    }
    return chosen;
  }

  private static List<SdpMedia> ofKind(Collection<SdpMedia> sections, String kind) {
    return sections.stream().filter(section -> section.kind().equals(kind)).toList();
  }

  private static boolean inOneBundle(SdpOffer offer, SdpMedia one, SdpMedia other) {
    return offer.isBundled(one)
        && offer.isBundled(other)
        && offer.bundleOf(one).equals(offer.bundleOf(other));
  }

  private static String refusal(VideoFormat video) {
    return video.codec() == Codec.H264 && video.reordered()
        ? "the stream has B frames, which browsers do not show over WebRTC"
        : "the offer has no payload type for "
            + video.codec()
            + (video.codec() == Codec.H264 ? " in packetization-mode 1" : "");
  }

  private static NegotiatedSession session(
      SdpOffer offer, SdpMedia first, Map<SdpMedia, RtpFormat> chosen, LocalDescription local)
      throws SdpException {
    SdpMedia.Transport transport = offer.transportOf(first);
    RandomIds random = new RandomIds();
    return new NegotiatedSession(
        track(chosen, "video", random),
        track(chosen, "audio", random),
        random.name(),
        local.credentials(),
        remoteCredentials(transport),
        remoteFingerprint(transport),
        transport.rtcpReducedSize());
  }

  private static Optional<NegotiatedTrack> track(
      Map<SdpMedia, RtpFormat> chosen, String kind, RandomIds random) {
    return ofKind(chosen.keySet(), kind).stream()
        .findFirst()
        .map(
            section -> {
              RtpFormat format = Objects.requireNonNull(chosen.get(section));
              return new NegotiatedTrack(
                  section.mid(),
                  Codec.valueOf(format.name().toUpperCase(Locale.ROOT)),
                  format.payloadType(),
                  random.ssrc(),
                  retransmission(section, format),
                  random.ssrc(),
                  HeaderExtensions.common(section),
                  feedback(format));
            });
  }

  private static int retransmission(SdpMedia section, RtpFormat format) {
    String associated = Integer.toString(format.payloadType());
    return section.formats().stream()
        .filter(other -> other.is("rtx", format.clockRate()))
        .filter(other -> other.parameter("apt").orElse("").equals(associated))
        .mapToInt(RtpFormat::payloadType)
        .findFirst()
        .orElse(NegotiatedTrack.NO_RTX);
  }

  private static Set<RtcpFeedback> feedback(RtpFormat format) {
    Set<RtcpFeedback> common = EnumSet.noneOf(RtcpFeedback.class);
    for (RtcpFeedback kind : RtcpFeedback.values()) {
      if (format.feedback().contains(kind.attribute())) {
        common.add(kind);
      }
    }
    return common;
  }

  private static IceCredentials remoteCredentials(SdpMedia.Transport transport)
      throws SdpException {
    try {
      return new IceCredentials(transport.ufrag(), transport.password());
    } catch (IllegalArgumentException e) {
      throw new SdpException("ice-ufrag or ice-pwd is missing or malformed");
    }
  }

  private static Fingerprint remoteFingerprint(SdpMedia.Transport transport) throws SdpException {
    switch (transport.setup()) {
      case "", "active", "actpass" -> {
        // the server waits, so the viewer has to be able to begin
      }
      default ->
          throw new SdpException(
              "setup must be active or actpass, not "
                  + SdpMediaReader.shortened(transport.setup()));
    }
    for (String value : transport.fingerprints()) {
      Optional<Fingerprint> fingerprint = Fingerprint.parse(value);
      if (fingerprint.isPresent()) {
        return fingerprint.get();
      }
    }
    throw new SdpException("no fingerprint of sha-256, sha-384 or sha-512");
  }
}
