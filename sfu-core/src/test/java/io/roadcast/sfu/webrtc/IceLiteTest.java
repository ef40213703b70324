package io.roadcast.sfu.webrtc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.UnknownAttributesAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.stack.StunStack;
import org.ice4j.stack.TransactionID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks written and answers read by ice4j, except where the check is wrong on purpose. */
class IceLiteTest {
  private static final IceCredentials LOCAL =
      new IceCredentials("srvU", StunMessageTest.SAMPLE_PASSWORD);

  private final IceLite ice = new IceLite();

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.77", "2001:db8::5"})
  void answersACheckWithTheAddressItCameFrom(String host) throws Exception {
    InetSocketAddress source = new InetSocketAddress(InetAddress.getByName(host), 54321);
    byte[] request = check(LOCAL, true);
    IceCheck check = ice.check(request, 0, request.length, source, LOCAL);
    assertThat(check.verdict()).isEqualTo(IceCheck.Verdict.NOMINATED);
    assertThat(check.successful()).isTrue();
    Message answer = Message.decode(check.answer(), 0, check.answer().length);
    assertThat(answer.getMessageType()).isEqualTo(Message.BINDING_SUCCESS_RESPONSE);
    assertThat(answer.getTransactionID())
        .isEqualTo(Message.decode(request, 0, request.length).getTransactionID());
    XorMappedAddressAttribute mapped =
        (XorMappedAddressAttribute) answer.getAttribute(Attribute.XOR_MAPPED_ADDRESS);
    assertThat(mapped.getAddress(answer.getTransactionID()))
        .isEqualTo(new TransportAddress(source, Transport.UDP));
    StunMessage own =
        Objects.requireNonNull(StunMessage.parse(check.answer(), 0, check.answer().length));
    assertThat(own.hasValidFingerprint()).isTrue();
    assertThat(own.isAuthentic(StunMessageTest.mac(LOCAL.password()))).isTrue();
  }

  @Test
  void tellsNominationFromAPlainCheck() throws Exception {
    IceCheck check = check(check(LOCAL, false));
    assertThat(check.verdict()).isEqualTo(IceCheck.Verdict.VALID);
    assertThat(check.nominated()).isFalse();
    assertThat(check.successful()).isTrue();
  }

  @Test
  void namesTheSession() throws Exception {
    byte[] request = check(LOCAL, true);
    assertThat(IceLite.ufragOf(request, 0, request.length)).isEqualTo("srvU");
    byte[] answer = check(request).answer();
    assertThat(IceLite.ufragOf(answer, 0, answer.length)).isNull();
    assertThat(IceLite.ufragOf(new byte[40], 0, 40)).isNull();
  }

  @Test
  void isSilentToAWrongPasswordAndAForeignFragment() throws Exception {
    byte[] wrongPassword = check(new IceCredentials("srvU", "x".repeat(22)), true);
    byte[] wrongFragment = check(new IceCredentials("srvX", LOCAL.password()), true);
    for (byte[] request : List.of(wrongPassword, wrongFragment)) {
      IceCheck check = check(request);
      assertThat(check.verdict()).isEqualTo(IceCheck.Verdict.WRONG_CREDENTIALS);
      assertThat(check.successful()).isFalse();
      assertThat(check.answer()).isEmpty();
    }
  }

  @Test
  void staysControlled() throws Exception {
    Message answer = decode(check(StunMessageTest.SAMPLE_REQUEST, "evtj"));
    assertThat(answer.getMessageType()).isEqualTo(Message.BINDING_ERROR_RESPONSE);
    assertThat(((ErrorCodeAttribute) answer.getAttribute(Attribute.ERROR_CODE)).getErrorCode())
        .isEqualTo((char) 487);
  }

  @Test
  void namesAttributesItDoesNotUnderstand() throws Exception {
    byte[] request =
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .attribute(StunAttribute.USERNAME, "srvU:peer".getBytes(US_ASCII))
            .attribute(0x7abc, (byte) 1)
            .attribute(0xc057, (byte) 1)
            .integrity(StunMessageTest.mac(LOCAL.password()))
            .finish();
    IceCheck check = check(request);
    assertThat(check.verdict()).isEqualTo(IceCheck.Verdict.UNKNOWN_ATTRIBUTE);
    Message answer = decode(check);
    UnknownAttributesAttribute unknown =
        (UnknownAttributesAttribute) answer.getAttribute(Attribute.UNKNOWN_ATTRIBUTES);
    assertThat(unknown.getAttributeCount()).isEqualTo(1);
    assertThat(unknown.getAttribute(0)).isEqualTo((char) 0x7abc);
  }

  @Test
  void answersARequestWithoutPasswordOnlyIfThatIsNotLonger() {
    byte[] longer =
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .attribute(StunAttribute.USERNAME, "srvU:peer".getBytes(US_ASCII))
            .finish();
    IceCheck told = check(longer);
    assertThat(told.verdict()).isEqualTo(IceCheck.Verdict.WITHOUT_INTEGRITY);
    assertThat(told.answer()).isNotEmpty().hasSizeLessThanOrEqualTo(longer.length);
    byte[] shorter =
        HexFormat.of().parseHex("000100082112a442" + "00".repeat(12) + "0006000473727655");
    IceCheck silent = check(shorter);
    assertThat(silent.verdict()).isEqualTo(IceCheck.Verdict.WITHOUT_INTEGRITY);
    assertThat(silent.answer()).isEmpty();
  }

  @Test
  void isSilentToOtherStunAndToDamage() throws Exception {
    byte[] damaged = check(LOCAL, true);
    damaged[damaged.length - 1] ^= 1;
    assertThat(check(damaged).verdict()).isEqualTo(IceCheck.Verdict.MALFORMED);
    byte[] indication =
        new StunWriter(0x0011, new byte[12])
            .attribute(StunAttribute.USERNAME, "srvU:peer".getBytes(US_ASCII))
            .integrity(StunMessageTest.mac(LOCAL.password()))
            .finish();
    IceCheck check = check(indication);
    assertThat(check.verdict()).isEqualTo(IceCheck.Verdict.NOT_A_REQUEST);
    assertThat(check.answer()).isEmpty();
  }

  @Test
  void refusesChecksDamagedBeforeTheFingerprint() throws Exception {
    Random random = new Random(1);
    byte[] good = check(LOCAL, true);
    for (int i = 0; i < 50_000; i++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bad[random.nextInt(bad.length - 8)] ^= (byte) (1 << random.nextInt(8));
      }
      IceCheck check = check(bad);
      if (!Arrays.equals(bad, good)) {
        assertThat(check.successful()).isFalse();
      }
    }
  }

  @Test
  void makesCredentialsThatTheGrammarAllows() {
    IceCredentials one = IceCredentials.random();
    assertThat(one.ufrag())
        .hasSizeGreaterThanOrEqualTo(4)
        .isNotEqualTo(IceCredentials.random().ufrag());
    assertThat(one.password()).hasSizeGreaterThanOrEqualTo(22);
    assertThat(one.toString()).doesNotContain(one.password());
    assertThatThrownBy(() -> new IceCredentials("abc", "x".repeat(22)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IceCredentials("abcd", "x".repeat(21) + " "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesHostCandidatesInOrderOfPreference() throws Exception {
    List<IceCandidate> candidates =
        IceCandidate.hosts(
            List.of(
                new InetSocketAddress(InetAddress.getByName("203.0.113.9"), 10000),
                new InetSocketAddress(InetAddress.getByName("fe80::1%1"), 10000)));
    assertThat(candidates.get(0).attribute())
        .isEqualTo("1 1 udp 2130706431 203.0.113.9 10000 typ host");
    assertThat(candidates.get(1).attribute())
        .isEqualTo("2 1 udp 2130706175 fe80:0:0:0:0:0:0:1 10000 typ host");
  }

  private IceCheck check(byte[] request) {
    return check(request, LOCAL.ufrag());
  }

  private IceCheck check(byte[] request, String ufrag) {
    return ice.check(
        request,
        0,
        request.length,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1234),
        new IceCredentials(ufrag, LOCAL.password()));
  }

  private static Message decode(IceCheck check) throws Exception {
    return Message.decode(check.answer(), 0, check.answer().length);
  }

  /** A check as ice4j's controlling agent writes it. */
  private static byte[] check(IceCredentials remote, boolean nominate) throws Exception {
    StunStack stack = new StunStack();
    try {
      Request request =
          MessageFactory.createBindingRequest(1_845_501_695L, true, 0x1234_5678_9abcL);
      request.setTransactionID(TransactionID.createNewTransactionID().getBytes());
      if (nominate) {
        request.putAttribute(AttributeFactory.createUseCandidateAttribute());
      }
      request.putAttribute(AttributeFactory.createUsernameAttribute(remote.ufrag() + ":peer"));
      stack
          .getCredentialsManager()
          .registerAuthority(new OnePassword(remote.ufrag() + ":peer", remote.password()));
      var integrity = AttributeFactory.createMessageIntegrityAttribute(remote.ufrag() + ":peer");
      integrity.setMedia("media");
      request.putAttribute(integrity);
      request.putAttribute(AttributeFactory.createFingerprintAttribute());
      return request.encode(stack);
    } finally {
      stack.shutDown();
    }
  }
}
