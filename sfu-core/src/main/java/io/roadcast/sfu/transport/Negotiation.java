package io.roadcast.sfu.transport;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import io.roadcast.sfu.router.ExpectedSound;
import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.udp.TrackPlan;
import io.roadcast.sfu.udp.ViewerPlan;
import io.roadcast.sfu.webrtc.CodecNotSupportedException;
import io.roadcast.sfu.webrtc.Fingerprint;
import io.roadcast.sfu.webrtc.IceCandidate;
import io.roadcast.sfu.webrtc.IceCredentials;
import io.roadcast.sfu.webrtc.LocalDescription;
import io.roadcast.sfu.webrtc.NegotiatedSession;
import io.roadcast.sfu.webrtc.NegotiatedTrack;
import io.roadcast.sfu.webrtc.RtcpFeedback;
import io.roadcast.sfu.webrtc.SdpAnswer;
import io.roadcast.sfu.webrtc.SdpException;
import io.roadcast.sfu.webrtc.SdpOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers offers: what a stream has meets what a viewer can take. */
final class Negotiation {
  private static final int MAX_STREAM_NAME = 64;

  /**
   * Sound often begins after the picture, or is switched on later: if the source has said nothing
   * of it, it is most likely this. If it is not, the viewer is closed and asks again.
   */
  private static final AudioFormat EXPECTED_SOUND = new AudioFormat(Codec.PCMA, 8000, 1);

  /** A stream of sound alone is taken for that only after so long. */
  private static final Duration PICTURE_MAY_FOLLOW = Duration.ofSeconds(5);

  /** What sound is brought into for viewers that cannot take its own codec, the best first. */
  private static final List<AudioFormat> RENDITIONS =
      List.of(
          new AudioFormat(Codec.OPUS, 48_000, 2),
          new AudioFormat(Codec.PCMA, 8000, 1),
          new AudioFormat(Codec.PCMU, 8000, 1));

  private final List<IceCandidate> candidates;
  private final Fingerprint fingerprint;
  private final Renditions renditions;
  private final PictureRenditions pictures;

  /**
   * What an offer and its answer settled.
   *
   * @param peer hash of the certificate that the viewer will show
   * @param answer SDP
   * @param pictures keeps the pictures coming that the plan's stream has; to be closed with the
   *     viewer
   */
  record Agreement(
      ViewerPlan plan,
      Fingerprint peer,
      String answer,
      PictureRenditions.@Nullable Lease pictures) {}

  Negotiation(
      List<IceCandidate> candidates,
      Fingerprint fingerprint,
      Renditions renditions,
      PictureRenditions pictures) {
    this.candidates = candidates;
    this.fingerprint = fingerprint;
    this.renditions = renditions;
    this.pictures = pictures;
  }

  /** Pictures made of a stream's for somebody who can not be shown them as they are. */
  Optional<PictureRenditions.Lease> pictures(Stream stream, String profile) {
    return pictures.format(stream, profile).isPresent()
        ? pictures.take(stream, profile)
        : Optional.empty();
  }

  boolean knowsProfile(String name) {
    return pictures.knows(name);
  }

  /** See {@link ViewerSessions#open}. */
  Agreement answer(Stream stream, String sdpOffer, String profile)
      throws SdpException, CodecNotSupportedException, ViewerRefusedException {
    SdpOffer offer = SdpOffer.parse(sdpOffer);
    VideoFormat video = stream.video();
    AudioFormat audio = stream.audio();
    if (video == null && (audio == null || age(stream).compareTo(PICTURE_MAY_FOLLOW) < 0)) {
      throw new StreamWithoutMediaException("no picture has come from " + stream + " yet");
    }
    LocalDescription local =
        new LocalDescription(IceCredentials.random(), fingerprint, candidates, streamName(stream));
    List<AudioFormat> sounds = sounds(audio == null ? expected(stream) : audio);
    Optional<VideoFormat> smaller =
        profile.equals(PictureRenditions.PLAIN)
            ? Optional.empty()
            : pictures.format(stream, profile);
    if (smaller.isPresent()) {
      return rendition(stream, profile, SdpAnswer.to(offer, smaller.get(), sounds, local));
    }
    try {
      return agreement(stream, SdpAnswer.to(offer, video, sounds, local), null);
    } catch (CodecNotSupportedException refused) {
      Optional<VideoFormat> plain = pictures.format(stream, PictureRenditions.PLAIN);
      if (plain.isEmpty()) {
        throw refused;
      }
      SdpAnswer answer = SdpAnswer.to(offer, plain.get(), sounds, local);
      return rendition(stream, PictureRenditions.PLAIN, answer);
    }
  }

  /** The viewer watches pictures that are made for it, and for others who need the same. */
  private Agreement rendition(Stream stream, String profile, SdpAnswer answer)
      throws TranscodeBudgetException {
    if (answer.session().video().isEmpty()) {
      return agreement(stream, answer, null);
    }
    PictureRenditions.Lease lease =
        pictures
            .take(stream, profile)
            .orElseThrow(
                () ->
                    new TranscodeBudgetException(
                        "the pictures of "
                            + stream
                            + " have to be transcoded for this viewer, and as many streams are as"
                            + " this server allows"));
    return agreement(lease.stream(), answer, lease);
  }

  private static Agreement agreement(
      Stream stream, SdpAnswer answer, PictureRenditions.@Nullable Lease pictures) {
    NegotiatedSession session = answer.session();
    ViewerPlan plan =
        new ViewerPlan(
            UUID.randomUUID(),
            stream,
            session.video().map(Negotiation::track).orElse(null),
            session.audio().map(Negotiation::track).orElse(null),
            session.local(),
            session.cname());
    return new Agreement(plan, session.remoteFingerprint(), answer.text(), pictures);
  }

  /** Null where no sound will come. */
  private static @Nullable AudioFormat expected(Stream stream) {
    return switch (stream.expectedSound()) {
      case ExpectedSound.Unknown unknown -> EXPECTED_SOUND;
      case ExpectedSound.None none -> null;
      case ExpectedSound.Of(AudioFormat format) -> format;
    };
  }

  /** The source's own codec where that may be taken, and then what it can be brought into. */
  private List<AudioFormat> sounds(@Nullable AudioFormat source) {
    if (source == null) {
      return List.of();
    }
    List<AudioFormat> sounds = new ArrayList<>();
    if (source.codec() == Codec.PCMA || source.codec() == Codec.PCMU) {
      sounds.add(source);
    } else if (source.codec() == Codec.OPUS) {
      sounds.add(RENDITIONS.getFirst());
    }
    if (renditions.converts(source.codec())) {
      sounds.addAll(RENDITIONS);
    }
    return sounds;
  }

  private static Duration age(Stream stream) {
    return Duration.between(stream.since(), Instant.now());
  }

  private static TrackPlan track(NegotiatedTrack track) {
    boolean repairs = track.rtxPayloadType() != NegotiatedTrack.NO_RTX;
    int delay = track.extensions().playoutDelay();
    int captured = track.extensions().absoluteCaptureTime();
    boolean reports =
        track.extensions().transportSequenceNumber() != 0
            && track.feedback().contains(RtcpFeedback.TRANSPORT_CC);
    return new TrackPlan(
        track.codec(),
        track.payloadType(),
        track.ssrc(),
        repairs ? track.rtxPayloadType() : TrackPlan.NONE,
        track.rtxSsrc(),
        delay == 0 ? TrackPlan.NONE : delay,
        reports ? track.extensions().transportSequenceNumber() : TrackPlan.NONE,
        captured == 0 ? TrackPlan.NONE : captured);
  }

  private static String streamName(Stream stream) {
    String name = stream.id().toString().replaceAll("[^A-Za-z0-9.-]", "-");
    return name.length() > MAX_STREAM_NAME ? name.substring(0, MAX_STREAM_NAME) : name;
  }
}
