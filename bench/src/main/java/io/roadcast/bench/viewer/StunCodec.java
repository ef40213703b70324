package io.roadcast.bench.viewer;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ice4j.StunException;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.MessageIntegrityAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.message.Response;
import org.ice4j.security.CredentialsAuthority;
import org.ice4j.stack.RawMessage;
import org.ice4j.stack.StunStack;
import org.ice4j.stack.TransactionID;
import org.jspecify.annotations.Nullable;

/** Writes checks and reads their answers with ice4j, whose sockets and threads are not used. */
final class StunCodec implements CredentialsAuthority, AutoCloseable {
  private static final long PRIORITY = 1_845_501_695L;
  private static final TransportAddress NOWHERE =
      new TransportAddress("127.0.0.1", 9, Transport.UDP);

  /** A check ready to be sent, and the transaction by which its answer is known. */
  @SuppressWarnings("ArrayRecordComponent")
  record Check(String transaction, byte[] bytes) {}

  /** An authentic answer. */
  record Answer(String transaction, boolean success) {}

  private final StunStack stack = new StunStack();
  private final Map<String, byte[]> passwords = new ConcurrentHashMap<>();

  StunCodec() {
    stack.getCredentialsManager().registerAuthority(this);
  }

  /** Remembers the password of checks with that user name. */
  void learn(String userName, String password) {
    passwords.put(userName, password.getBytes(StandardCharsets.US_ASCII));
  }

  void forget(String userName) {
    passwords.remove(userName);
  }

  Check check(String userName, long tieBreaker, boolean nominate) {
    try {
      byte[] transaction = TransactionID.createNewTransactionID().getBytes();
      Request request = MessageFactory.createBindingRequest(PRIORITY, true, tieBreaker);
      request.setTransactionID(transaction);
      if (nominate) {
        request.putAttribute(AttributeFactory.createUseCandidateAttribute());
      }
      request.putAttribute(AttributeFactory.createUsernameAttribute(userName));
      MessageIntegrityAttribute integrity =
          AttributeFactory.createMessageIntegrityAttribute(userName);
      integrity.setMedia("media");
      request.putAttribute(integrity);
      request.putAttribute(AttributeFactory.createFingerprintAttribute());
      return new Check(TransactionID.toString(transaction), request.encode(stack));
    } catch (StunException e) {
      throw new IllegalStateException("ice4j refuses a check", e);
    }
  }

  /** The answer in a datagram, or null if it is none, damaged, or made without the password. */
  @Nullable Answer answer(byte[] bytes, int length, String userName) {
    try {
      Message message = Message.decode(bytes, 0, length);
      if (!(message.getAttribute(Attribute.MESSAGE_INTEGRITY)
              instanceof MessageIntegrityAttribute integrity)
          || !stack.validateMessageIntegrity(
              integrity, userName, false, RawMessage.build(bytes, length, NOWHERE, NOWHERE))) {
        return null;
      }
      String transaction = TransactionID.toString(message.getTransactionID());
      return switch (message.getMessageType()) {
        case Message.BINDING_SUCCESS_RESPONSE -> new Answer(transaction, true);
        case Message.BINDING_ERROR_RESPONSE -> new Answer(transaction, false);
        default -> null;
      };
    } catch (StunException | RuntimeException e) {
      return null; // ice4j throws both on malformed messages
    }
  }

  /** Whether a datagram that begins as STUN does is a check of the other side. */
  static boolean isCheck(byte[] bytes, int length) {
    return length > 1 && bytes[0] == 0 && bytes[1] == Message.BINDING_REQUEST;
  }

  /**
   * The answer to a check, or null if that is damaged or made without our password. Whoever else
   * wants to be the controlling side is told that we are.
   *
   * @param userName as the other side writes it: ours, then theirs
   */
  byte @Nullable [] answerTo(byte[] bytes, int length, InetSocketAddress from, String userName) {
    try {
      if (!(Message.decode(bytes, 0, length) instanceof Request request)
          || !(request.getAttribute(Attribute.MESSAGE_INTEGRITY)
              instanceof MessageIntegrityAttribute integrity)
          || !stack.validateMessageIntegrity(
              integrity, userName, false, RawMessage.build(bytes, length, NOWHERE, NOWHERE))) {
        return null;
      }
      Response answer =
          request.containsAttribute(Attribute.ICE_CONTROLLING)
              ? MessageFactory.createBindingErrorResponse(ErrorCodeAttribute.ROLE_CONFLICT)
              : MessageFactory.createBindingResponse(
                  request, new TransportAddress(from, Transport.UDP));
      answer.setTransactionID(request.getTransactionID());
      answer.putAttribute(AttributeFactory.createMessageIntegrityAttribute(userName));
      answer.putAttribute(AttributeFactory.createFingerprintAttribute());
      return answer.encode(stack);
    } catch (StunException | RuntimeException e) {
      return null; // ice4j throws both on malformed messages
    }
  }

  @Override
  public byte @Nullable [] getLocalKey(String userName) {
    return passwords.get(userName);
  }

  @Override
  public byte @Nullable [] getRemoteKey(String userName, String media) {
    return passwords.get(userName);
  }

  @Override
  public boolean checkLocalUserName(String userName) {
    return passwords.containsKey(userName);
  }

  @Override
  public void close() {
    stack.shutDown();
  }
}
