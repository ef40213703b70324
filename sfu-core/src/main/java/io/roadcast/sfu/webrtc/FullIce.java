package io.roadcast.sfu.webrtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ice4j.StunException;
import org.ice4j.StunMessageEvent;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.message.Message;
import org.ice4j.stack.RawMessage;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * A full agent (RFC 8445) for going out to a peer: it tries the peer's candidates, chooses a way
 * and keeps asking for consent (RFC 7675). ice4j does the work; its datagrams go through a port
 * that belongs to somebody else, so it costs no socket. It is always the controlling one.
 *
 * <p>Any thread. {@link #receive} may take a while; the listener is called on threads of ice4j.
 */
public final class FullIce implements AutoCloseable {
  private static final int TRANSACTION_ID_AT = 8;
  private static final Logger SILENT = silentLogger();

  static {
    // ice4j would ask the cloud that it may run in for its address, for a second.
    System.setProperty("ice4j.harvest.mapping.aws.enabled", "false");
    System.setProperty("ice4j.consent-freshness.interval", "5 seconds");
  }

  /** Sends datagrams of the agent. */
  @FunctionalInterface
  public interface Output {
    /**
     * @param request whether an answer to it is to be brought to {@link FullIce#receive}
     */
    void send(InetSocketAddress to, byte[] datagram, boolean request);
  }

  /** Told what became of it. */
  public interface Listener {
    /** A way was found; datagrams of the peer come from there. */
    void connected(InetSocketAddress remote);

    /** There is no way. */
    void failed();
  }

  private final Agent agent;
  private final IceMediaStream stream;
  private final Component component;
  private final List<TransportAddress> local;
  private final Map<ByteBuffer, TransportAddress> asked = new ConcurrentHashMap<>();
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param local where the peer can reach the port
   * @throws IOException if ice4j can not begin
   */
  public FullIce(List<InetSocketAddress> local, Output output, Listener listener)
      throws IOException {
    this.local =
        local.stream().map(address -> new TransportAddress(address, Transport.UDP)).toList();
    agent = new Agent(SILENT);
    agent.setControlling(true);
    agent.setUseDynamicPorts(false);
    agent.setPerformConsentFreshness(true);
    agent.addCandidateHarvester(
        new PortHarvester(this.local, (from, to, bytes) -> send(output, from, to, bytes)));
    agent.addStateChangeListener(change -> changed(listener));
    stream = agent.createMediaStream("media");
    component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
  }

  /** Ours, for the offer. */
  public IceCredentials credentials() {
    return new IceCredentials(agent.getLocalUfrag(), agent.getLocalPassword());
  }

  /** Begins to look for a way. Candidates that are names, or of TCP, are passed over. */
  public void start(IceCredentials remote, List<RemoteCandidate> candidates) {
    stream.setRemoteUfrag(remote.ufrag());
    stream.setRemotePassword(remote.password());
    for (RemoteCandidate candidate : candidates) {
      if (candidate.transport().equals("udp")) {
        candidate.socketAddress().ifPresent(address -> add(candidate, address));
      }
    }
    agent.startConnectivityEstablishment();
  }

  /** A datagram whose first byte says STUN came for this agent. */
  public void receive(InetSocketAddress from, byte[] datagram) {
    try {
      Message message = Message.decode(datagram, 0, datagram.length);
      TransportAddress remote = new TransportAddress(from, Transport.UDP);
      TransportAddress here = here(datagram, remote);
      agent
          .getStunStack()
          .handleMessageEvent(
              new StunMessageEvent(
                  agent.getStunStack(),
                  RawMessage.build(datagram, datagram.length, remote, here),
                  message));
    } catch (StunException | RuntimeException unreadable) {
      // whoever sent that gets no answer
    }
  }

  @Override
  public void close() {
    told.set(true);
    agent.free();
  }

  private void send(Output output, TransportAddress from, InetSocketAddress to, byte[] bytes) {
    boolean request = bytes.length >= StunMessage.HEADER_BYTES && isRequest(bytes);
    if (request) {
      asked.put(transaction(bytes), from);
    }
    output.send(to, bytes, request);
  }

  /** Both bits of the class are 0 (RFC 8489 section 5). */
  private static boolean isRequest(byte[] message) {
    return (message[0] & 0x01) == 0 && (message[1] & 0x10) == 0;
  }

  private static ByteBuffer transaction(byte[] message) {
    return ByteBuffer.wrap(
        Arrays.copyOfRange(message, TRANSACTION_ID_AT, StunMessage.HEADER_BYTES));
  }

  /** Answers have to come to the address that asked; for requests any of this family will do. */
  private TransportAddress here(byte[] datagram, TransportAddress remote) {
    TransportAddress asking = isRequest(datagram) ? null : asked.remove(transaction(datagram));
    return asking != null
        ? asking
        : local.stream()
            .filter(address -> address.isIPv6() == remote.isIPv6())
            .findFirst()
            .orElse(local.getFirst());
  }

  private void add(RemoteCandidate candidate, InetSocketAddress address) {
    component.addRemoteCandidate(
        new org.ice4j.ice.RemoteCandidate(
            new TransportAddress(address, Transport.UDP),
            component,
            type(candidate.type()),
            candidate.foundation(),
            candidate.priority(),
            null));
  }

  private static CandidateType type(String name) {
    return switch (name) {
      case "srflx" -> CandidateType.SERVER_REFLEXIVE_CANDIDATE;
      case "prflx" -> CandidateType.PEER_REFLEXIVE_CANDIDATE;
      case "relay" -> CandidateType.RELAYED_CANDIDATE;
      default -> CandidateType.HOST_CANDIDATE;
    };
  }

  private void changed(Listener listener) {
    IceProcessingState state = agent.getState();
    CandidatePair selected = component.getSelectedPair();
    if (state == IceProcessingState.FAILED && told.compareAndSet(false, true)) {
      listener.failed();
    } else if (selected != null
        && (state == IceProcessingState.COMPLETED || state == IceProcessingState.TERMINATED)
        && told.compareAndSet(false, true)) {
      listener.connected(selected.getRemoteCandidate().getTransportAddress());
    }
  }

  private static Logger silentLogger() {
    Logger logger = new LoggerImpl(FullIce.class.getName());
    logger.setLevelOff();
    return logger;
  }
}
