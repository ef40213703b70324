package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdpAnswerTest {
  private static final String H264_MODE_1 =
      "a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";

  @Test
  void answersChromium() throws Exception {
    SdpAnswer answer = answer(Offers.chromium(), Offers.MAIN, Offers.ALAW);
    NegotiatedTrack video = answer.session().video().orElseThrow();
    assertThat(video.codec()).isEqualTo(Codec.H264);
    assertThat(video.payloadType()).isEqualTo(116);
    assertThat(video.rtxPayloadType()).isEqualTo(117);
    assertThat(video.extensions()).isEqualTo(new HeaderExtensions(5, 4, 2, 0, 9));
    assertThat(video.feedback()).containsExactlyInAnyOrder(RtcpFeedback.values());
    NegotiatedTrack audio = answer.session().audio().orElseThrow();
    assertThat(audio.codec()).isEqualTo(Codec.PCMA);
    assertThat(audio.payloadType()).isEqualTo(8);
    assertThat(audio.rtxPayloadType()).isEqualTo(NegotiatedTrack.NO_RTX);
    assertThat(List.of(video.ssrc(), video.rtxSsrc(), audio.ssrc()))
        .doesNotHaveDuplicates()
        .doesNotContain(0);
    assertThat(answer.session().reducedSizeRtcp()).isTrue();
    assertThat(answer.session().remote().ufrag()).isEqualTo("25nX");
    assertThat(answer.session().remoteFingerprint().hex()).startsWith("34:02:6B:31");
    assertThat(answer.text().lines())
        .contains(
            "a=group:BUNDLE 0 1",
            "a=ice-lite",
            "m=video 10000 UDP/TLS/RTP/SAVPF 116 117",
            "c=IN IP4 192.0.2.1",
            "a=candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host",
            "a=candidate:2 1 udp 2130706175 2001:db8:0:0:0:0:0:1 10000 typ host",
            "a=end-of-candidates",
            "a=ice-ufrag:serv",
            "a=setup:passive",
            "a=extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
            "a=sendonly",
            "a=rtcp-mux",
            "a=rtcp-rsize",
            "a=rtcp-fb:116 nack pli",
            "a=fmtp:116 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f",
            "a=fmtp:117 apt=116",
            "a=ssrc-group:FID "
                + Integer.toUnsignedString(video.ssrc())
                + " "
                + Integer.toUnsignedString(video.rtxSsrc()),
            "m=audio 10000 UDP/TLS/RTP/SAVPF 8",
            "a=rtpmap:8 PCMA/8000");
    assertThat(answer.text()).doesNotContain("sdes:rtp-stream-id").endsWith("\r\n");
    assertThat(answer.text().split("a=candidate:", -1)).hasSize(3);
  }

  /** The decoder takes any of them; what matters is to name one that was offered. */
  @ParameterizedTest
  @CsvSource({
    "42c01e, 108", // constrained baseline
    "42001e, 102", // baseline
    "4d4028, 116", // main, level 4.0
    "640028, 116", // high is not offered, so main
    "f4001f, 41", // high 4:4:4 predictive
    "58001e, 116", // extended
  })
  void picksTheOfferedProfileNearestToTheStreams(String profileLevelId, int payloadType)
      throws Exception {
    SdpAnswer answer = answer(Offers.chromium(), Offers.h264(profileLevelId, false), null);
    assertThat(answer.session().video().orElseThrow().payloadType()).isEqualTo(payloadType);
  }

  @Test
  void answersFirefoxWithWhatItOffers() throws Exception {
    SdpAnswer answer = answer(Offers.firefoxLike(), Offers.h264("640028", false), Offers.ALAW);
    NegotiatedTrack video = answer.session().video().orElseThrow();
    assertThat(video.payloadType()).isEqualTo(126);
    assertThat(video.rtxPayloadType()).isEqualTo(127);
    assertThat(video.extensions()).isEqualTo(new HeaderExtensions(6, 0, 4, 0, 3));
    assertThat(video.feedback())
        .doesNotContain(RtcpFeedback.TRANSPORT_CC)
        .contains(RtcpFeedback.NACK);
    assertThat(answer.session().audio().orElseThrow().payloadType()).isEqualTo(8);
    assertThat(answer.text()).doesNotContain("transport-cc");
    assertThat(mLines(answer))
        .containsExactly(
            "m=audio 10000 UDP/TLS/RTP/SAVPF 8", "m=video 10000 UDP/TLS/RTP/SAVPF 126 127");
    // Audio is the first section here, so it carries the bundle's candidates.
    assertThat(answer.text().indexOf("a=candidate")).isLessThan(answer.text().indexOf("m=video"));
  }

  @Test
  void rejectsWhatItDoesNotServe() throws Exception {
    SdpAnswer answer = answer(Offers.chromiumWithDataChannel(), Offers.MAIN, Offers.ALAW);
    List<String> sections = mLines(answer);
    assertThat(sections.get(0)).isEqualTo("m=audio 10000 UDP/TLS/RTP/SAVPF 8");
    assertThat(sections).filteredOn(line -> line.startsWith("m=video 10000")).hasSize(1);
    assertThat(sections)
        .filteredOn(line -> line.startsWith("m=video 0 UDP/TLS/RTP/SAVPF "))
        .hasSize(1);
    assertThat(sections).contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel");
    assertThat(sections).hasSize(4);
    assertThat(answer.text().lines()).contains("a=inactive");
  }

  @Test
  void ignoresTheOffersCandidates() throws Exception {
    String offer =
        Offers.video(
            "a=rtpmap:96 H264/90000",
            H264_MODE_1,
            "a=candidate:1 1 udp 2113937151 6f1a2b3c-0000-4000-8000-000000000000.local 50000 typ"
                + " host",
            "a=candidate:nonsense",
            "a=end-of-candidates");
    assertThat(answer(offer, Offers.MAIN, null).text()).doesNotContain(".local", "nonsense");
  }

  @Test
  void playsVideoWithoutSoundItCannotSend() throws Exception {
    SdpAnswer answer = answer(Offers.chromium(), Offers.MAIN, new AudioFormat(Codec.G726, 8000, 1));
    assertThat(answer.session().video()).isPresent();
    assertThat(answer.session().audio()).isEmpty();
    assertThat(mLines(answer).get(1)).startsWith("m=audio 0 UDP/TLS/RTP/SAVPF ");
    assertThat(answer.text().lines()).contains("a=group:BUNDLE 0");
  }

  @Test
  void playsSoundAloneWhereThereIsNoPicture() throws Exception {
    SdpAnswer answer = answer(Offers.chromium(), null, Offers.ALAW);
    assertThat(answer.session().video()).isEmpty();
    assertThat(answer.session().audio()).isPresent();
    assertThat(answer.text().lines()).contains("a=group:BUNDLE 1");
    assertThat(answer.text().indexOf("a=candidate"))
        .isGreaterThan(answer.text().indexOf("m=audio"));
  }

  @Test
  void refusesAViewerThatCanTakeNothing() {
    assertThatThrownBy(() -> answer(Offers.chromium(), Offers.h265(), null))
        .isInstanceOf(CodecNotSupportedException.class)
        .hasMessageContaining("H265");
    assertThatThrownBy(() -> answer(Offers.chromium(), Offers.h265(), Offers.ALAW))
        .isInstanceOf(CodecNotSupportedException.class);
    assertThatThrownBy(() -> answer(Offers.chromium(), Offers.h264("4d001f", true), Offers.ALAW))
        .isInstanceOf(CodecNotSupportedException.class)
        .hasMessageContaining("B frames");
    assertThatThrownBy(() -> answer(Offers.chromium(), null, new AudioFormat(Codec.AAC, 44100, 2)))
        .isInstanceOf(CodecNotSupportedException.class);
    assertThatThrownBy(
            () ->
                answer(
                    Offers.video("a=rtpmap:96 H264/90000", "a=fmtp:96 packetization-mode=0"),
                    Offers.MAIN,
                    null))
        .isInstanceOf(CodecNotSupportedException.class)
        .hasMessageContaining("packetization-mode 1");
  }

  @Test
  void passesH265ThroughWhereItIsOffered() throws Exception {
    String offer =
        Offers.video(
            "a=rtpmap:96 H265/90000",
            "a=fmtp:96 level-id=93;profile-id=2;tier-flag=0;tx-mode=SRST",
            "a=rtpmap:97 H265/90000",
            "a=fmtp:97 level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST",
            "a=rtpmap:98 rtx/90000",
            "a=fmtp:98 apt=97");
    NegotiatedTrack video = answer(offer, Offers.h265(), null).session().video().orElseThrow();
    assertThat(video.codec()).isEqualTo(Codec.H265);
    assertThat(video.payloadType()).isEqualTo(97);
    assertThat(video.rtxPayloadType()).isEqualTo(98);
  }

  @Test
  void worksWithoutMidAndBundle() throws Exception {
    SdpAnswer answer =
        answer(Offers.video("a=rtpmap:96 H264/90000", H264_MODE_1), Offers.MAIN, Offers.ALAW);
    NegotiatedTrack video = answer.session().video().orElseThrow();
    assertThat(video.rtxPayloadType()).isEqualTo(NegotiatedTrack.NO_RTX);
    assertThat(video.feedback()).isEmpty();
    assertThat(answer.text()).doesNotContain("a=mid", "BUNDLE", "rtcp-fb", "extmap:", "rtcp-rsize");
  }

  @Test
  void takesTransportFromTheBundlesFirstSection() throws Exception {
    String offer =
        Offers.video(
                "a=rtpmap:96 H264/90000",
                H264_MODE_1,
                "a=mid:v",
                "m=audio 0 UDP/TLS/RTP/SAVPF 8",
                "a=bundle-only",
                "a=mid:a",
                "a=recvonly")
            .replace("t=0 0\n", "t=0 0\na=group:BUNDLE v a\n");
    SdpAnswer answer = answer(offer, Offers.MAIN, Offers.ALAW);
    assertThat(answer.session().audio()).isPresent();
    assertThat(answer.text().lines())
        .contains("a=group:BUNDLE v a", "m=audio 10000 UDP/TLS/RTP/SAVPF 8");
  }

  @Test
  void refusesSoundThatWouldNeedAPortOfItsOwn() throws Exception {
    String offer = Offers.firefoxLike().replace("a=group:BUNDLE 0 1\n", "");
    SdpAnswer answer = answer(offer, Offers.MAIN, Offers.ALAW);
    assertThat(answer.session().video()).isPresent();
    assertThat(answer.session().audio()).isEmpty();
    assertThat(answer.text()).doesNotContain("BUNDLE");
  }

  @Test
  void leavesOutExtensionIdsThatNeedTheLongForm() throws Exception {
    String offer =
        Offers.video(
            "a=rtpmap:96 H264/90000",
            H264_MODE_1,
            "a=mid:a-rather-long-name",
            "a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid",
            "a=extmap:15 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
            "a=extmap:14 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time");
    NegotiatedTrack video = answer(offer, Offers.MAIN, null).session().video().orElseThrow();
    assertThat(video.extensions()).isEqualTo(new HeaderExtensions(0, 0, 14, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=setup:actpass -> a=setup:passive",
        "a=setup:actpass -> a=setup:holdconn",
        "a=ice-ufrag:abcd -> a=ice-ufrag:ab",
        "a=ice-pwd:0123456789abcdefghijkl -> a=x",
        "a=fingerprint:sha-256 -> a=fingerprint:sha-1",
        "a=rtcp-mux -> a=x",
        "t=0 0 -> a=ice-lite",
        "m=video 9 -> m=video 0",
        "a=rtcp-mux -> a=sendonly",
        "UDP/TLS/RTP/SAVPF -> RTP/AVP",
      })
  void refusesATransportItCannotAnswer(String change) {
    String[] fromTo = change.split(" -> ", 2);
    String good = Offers.video("a=rtpmap:96 H264/90000", H264_MODE_1);
    String bad = good.replace(fromTo[0], fromTo[1]);
    assertThat(bad).isNotEqualTo(good);
    assertThatThrownBy(() -> answer(bad, Offers.MAIN, null)).isInstanceOf(SdpException.class);
  }

  private static SdpAnswer answer(
      String offer, @Nullable VideoFormat video, @Nullable AudioFormat audio)
      throws SdpException, CodecNotSupportedException {
    return SdpAnswer.to(
        SdpOffer.parse(offer), video, audio == null ? List.of() : List.of(audio), Offers.local());
  }

  private static List<String> mLines(SdpAnswer answer) {
    return answer.text().lines().filter(line -> line.startsWith("m=")).toList();
  }
}
