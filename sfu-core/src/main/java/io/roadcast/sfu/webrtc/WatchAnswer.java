package io.roadcast.sfu.webrtc;

import io.roadcast.media.Codec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What another server answered to a {@link WatchOffer}.
 *
 * @param credentials of the other end
 * @param candidates where it may be reached
 * @param fingerprint of the certificate that it will show
 * @param weCall whether we are the DTLS client
 * @param media what comes under each payload type
 */
public record WatchAnswer(
    IceCredentials credentials,
    List<RemoteCandidate> candidates,
    Fingerprint fingerprint,
    boolean weCall,
    Map<Integer, Format> media) {
  public WatchAnswer {
    candidates = List.copyOf(candidates);
    media = Map.copyOf(media);
  }

  /**
   * What one payload type carries.
   *
   * @param repair whether it holds packets of that codec that are sent again (RFC 4588)
   */
  public record Format(Codec codec, boolean repair) {}

  /**
   * Reads an answer.
   *
   * @throws SdpException if it is none, lacks something, or has no medium that we can take
   */
  public static WatchAnswer parse(String text) throws SdpException {
    SdpOffer description = SdpOffer.parse(text);
    List<SdpMedia> sent = description.media().stream().filter(WatchAnswer::isSent).toList();
    Map<Integer, Format> media = new HashMap<>();
    sent.forEach(section -> addFormats(section, media));
    if (media.isEmpty()) {
      throw new SdpException("the answer has no video or sound that can be taken");
    }
    SdpMedia.Transport transport = description.transportOf(sent.getFirst());
    return new WatchAnswer(
        credentials(transport),
        IceFragment.parse(text).candidates(),
        fingerprint(transport),
        weCall(transport.setup()),
        media);
  }

  private static boolean isSent(SdpMedia section) {
    return section.port() != 0
        && (section.direction() == SdpMedia.Direction.SENDONLY
            || section.direction() == SdpMedia.Direction.SENDRECV);
  }

  private static void addFormats(SdpMedia section, Map<Integer, Format> media) {
    for (RtpFormat format : section.formats()) {
      codec(format)
          .ifPresent(codec -> media.putIfAbsent(format.payloadType(), new Format(codec, false)));
    }
    for (RtpFormat format : section.formats()) {
      Format repaired = format.name().equalsIgnoreCase("rtx") ? media.get(apt(format)) : null;
      if (repaired != null) {
        media.putIfAbsent(format.payloadType(), new Format(repaired.codec(), true));
      }
    }
  }

  private static int apt(RtpFormat rtx) {
    String type = rtx.parameter("apt").orElse("");
    return type.matches("[0-9]{1,3}") ? Integer.parseInt(type) : -1;
  }

  private static Optional<Codec> codec(RtpFormat format) {
    for (Codec codec : List.of(Codec.H264, Codec.H265, Codec.PCMA, Codec.PCMU, Codec.OPUS)) {
      if (format.is(codec.name(), codec.clockRate())) {
        return Optional.of(codec);
      }
    }
    return Optional.empty();
  }

  private static IceCredentials credentials(SdpMedia.Transport transport) throws SdpException {
    try {
      return new IceCredentials(transport.ufrag(), transport.password());
    } catch (IllegalArgumentException malformed) {
      throw new SdpException("the answer has no ICE credentials");
    }
  }

  private static Fingerprint fingerprint(SdpMedia.Transport transport) throws SdpException {
    return transport.fingerprints().stream()
        .map(Fingerprint::parse)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new SdpException("the answer has no fingerprint that is accepted"));
  }

  private static boolean weCall(String setup) throws SdpException {
    return switch (setup) {
      case "passive" -> true;
      case "active" -> false;
      default -> throw new SdpException("the answer says neither setup:active nor passive");
    };
  }
}
