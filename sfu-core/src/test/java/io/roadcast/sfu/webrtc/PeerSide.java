package io.roadcast.sfu.webrtc;

import io.roadcast.sfu.srtp.SrtpKeys;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSTransport;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.stack.StunStack;
import org.ice4j.stack.TransactionID;
import org.jspecify.annotations.Nullable;

/**
 * A browser's half of a connection for tests of other packages: checks written by ice4j, a
 * handshake by bctls.
 */
public final class PeerSide {
  private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate();

  private final DtlsClient dtls = new DtlsClient(CERTIFICATE);
  private @Nullable DTLSTransport transport;

  /**
   * @param output where DTLS datagrams go
   */
  public PeerSide(Consumer<byte[]> output) {
    dtls.output(output);
  }

  /** The value of the fingerprint attribute for the offer. */
  public static String fingerprint() {
    return CERTIFICATE.fingerprint().attribute();
  }

  /** A DTLS datagram from the server. */
  public void deliver(byte[] datagram) {
    dtls.deliver(datagram);
  }

  /** Shakes hands; returns the keys with {@code local} being this end. Blocks. */
  public SrtpKeys connect() throws IOException {
    transport = dtls.connect();
    return Objects.requireNonNull(dtls.keys(), "no SRTP profile was chosen");
  }

  /** Says close_notify. */
  public void sayGoodbye() throws IOException {
    Objects.requireNonNull(transport, "not connected").close();
  }

  /** A connectivity check that nominates its path. */
  public static byte[] check(String ufrag, String password) {
    StunStack stack = new StunStack();
    try {
      String name = ufrag + ":peer";
      Request request = MessageFactory.createBindingRequest(1_845_501_695L, true, 0x1234_5678L);
      request.setTransactionID(TransactionID.createNewTransactionID().getBytes());
      request.putAttribute(AttributeFactory.createUseCandidateAttribute());
      request.putAttribute(AttributeFactory.createUsernameAttribute(name));
      stack.getCredentialsManager().registerAuthority(new OnePassword(name, password));
      var integrity = AttributeFactory.createMessageIntegrityAttribute(name);
      integrity.setMedia("media");
      request.putAttribute(integrity);
      request.putAttribute(AttributeFactory.createFingerprintAttribute());
      return request.encode(stack);
    } catch (Exception e) {
      throw new IllegalStateException("ice4j could not write a check", e);
    } finally {
      stack.shutDown();
    }
  }
}
