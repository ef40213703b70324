package io.roadcast.sfu.webrtc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class StunMessageTest {
  /** RFC 5769 section 2.1. */
  static final byte[] SAMPLE_REQUEST =
      hex(
          "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
              + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
              + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");

  static final String SAMPLE_PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

  /** RFC 5769 sections 2.2 and 2.3, the value of XOR-MAPPED-ADDRESS. */
  private static final byte[] MAPPED_IPV4 = hex("0001a147e112a643");

  private static final byte[] MAPPED_IPV6 = hex("0002a1470113a9faa5d3f179bc25f4b5bed2b9d9");

  @Test
  void readsTheSampleRequest() throws Exception {
    StunMessage message = parse(SAMPLE_REQUEST);
    assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(message.localUfrag()).isEqualTo("evtj");
    assertThat(message.controlled()).isTrue();
    assertThat(message.controlling()).isFalse();
    assertThat(message.useCandidate()).isFalse();
    assertThat(message.unknownAttributes()).isEmpty();
    assertThat(message.hasValidFingerprint()).isTrue();
    assertThat(message.isAuthentic(mac(SAMPLE_PASSWORD))).isTrue();
    assertThat(message.isAuthentic(mac("VOkJxbRl1RmTxUk/WvJxBu"))).isFalse();
  }

  @Test
  void readsAMessageInTheMiddleOfAnArray() throws Exception {
    byte[] shifted = new byte[SAMPLE_REQUEST.length + 30];
    System.arraycopy(SAMPLE_REQUEST, 0, shifted, 7, SAMPLE_REQUEST.length);
    StunMessage message =
        Objects.requireNonNull(StunMessage.parse(shifted, 7, SAMPLE_REQUEST.length));
    assertThat(message.hasValidFingerprint()).isTrue();
    assertThat(message.isAuthentic(mac(SAMPLE_PASSWORD))).isTrue();
  }

  @Test
  void writesMappedAddresses() throws Exception {
    assertThat(answerWithAddress("192.0.2.1")).containsSequence(MAPPED_IPV4);
    assertThat(answerWithAddress("2001:db8:1234:5678:11:2233:4455:6677"))
        .containsSequence(MAPPED_IPV6);
  }

  @Test
  void refusesEveryTruncation() {
    for (int length = 0; length < SAMPLE_REQUEST.length; length++) {
      assertThat(StunMessage.parse(SAMPLE_REQUEST, 0, length)).isNull();
    }
  }

  @Test
  void refusesAttributesThatReachBeyondTheEnd() {
    byte[] message = SAMPLE_REQUEST.clone();
    message[22] = 1; // SOFTWARE becomes 272 bytes long
    assertThat(StunMessage.parse(message, 0, message.length)).isNull();
  }

  @Test
  void refusesWhatFollowsTheFingerprint() {
    byte[] message = Arrays.copyOf(SAMPLE_REQUEST, SAMPLE_REQUEST.length + 4);
    message[3] += 4;
    assertThat(StunMessage.parse(message, 0, message.length)).isNull();
  }

  @Test
  void ignoresWhatFollowsTheIntegrity() throws Exception {
    byte[] message =
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .attribute(StunAttribute.USERNAME, "abcd:efgh".getBytes(US_ASCII))
            .integrity(mac(SAMPLE_PASSWORD))
            .attribute(StunAttribute.USE_CANDIDATE)
            .attribute(0x7777, (byte) 1)
            .finish();
    StunMessage parsed = parse(message);
    assertThat(parsed.useCandidate()).isFalse();
    assertThat(parsed.unknownAttributes()).isEmpty();
    assertThat(parsed.isAuthentic(mac(SAMPLE_PASSWORD))).isTrue();
  }

  private static byte[] answerWithAddress(String address) throws Exception {
    return new StunWriter(StunMessage.BINDING_SUCCESS, parse(SAMPLE_REQUEST))
        .mappedAddress(new InetSocketAddress(InetAddress.getByName(address), 32853))
        .finish();
  }

  static Mac mac(String password) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(password.getBytes(US_ASCII), "HmacSHA1"));
    return mac;
  }

  private static StunMessage parse(byte[] bytes) {
    return Objects.requireNonNull(StunMessage.parse(bytes, 0, bytes.length));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
