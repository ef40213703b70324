package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.RemoteCandidate;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A full agent of another make against the lite responder, over sockets on the loopback interface.
 */
@Timeout(60)
class Ice4jAgentTest {
  private final IceCredentials local = IceCredentials.random();
  private final List<IceCheck> checks = new CopyOnWriteArrayList<>();
  private DatagramSocket socket;

  @BeforeAll
  static void dontLookForTheCloud() {
    System.setProperty("ice4j.harvest.mapping.aws.enabled", "false");
  }

  @BeforeEach
  void serve() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::respond);
  }

  @AfterEach
  void stop() {
    socket.close();
  }

  @Test
  void completesAndNominates() throws Exception {
    Agent agent = agent(local.password());
    try {
      agent.startConnectivityEstablishment();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  agent.getState() == IceProcessingState.COMPLETED
                      || agent.getState() == IceProcessingState.TERMINATED);
      assertThat(checks)
          .anyMatch(IceCheck::nominated)
          // ice4j also sends indications, to keep the path open
          .allMatch(
              check -> check.successful() || check.verdict() == IceCheck.Verdict.NOT_A_REQUEST);
    } finally {
      agent.free();
    }
  }

  @Test
  void failsWithAWrongPassword() throws Exception {
    Agent agent = agent("x".repeat(24));
    try {
      agent.startConnectivityEstablishment();
      await().atMost(Duration.ofSeconds(30)).until(() -> checks.size() >= 2);
      assertThat(checks).allMatch(check -> check.verdict() == IceCheck.Verdict.WRONG_CREDENTIALS);
      assertThat(agent.getState()).isNotEqualTo(IceProcessingState.COMPLETED);
    } finally {
      agent.free();
    }
  }

  private Agent agent(String password) throws IOException {
    Agent agent = new Agent(new LoggerImpl("agent"));
    agent.setControlling(true);
    agent.setUseDynamicPorts(false);
    agent.addCandidateHarvester(new LoopbackHarvester());
    IceMediaStream stream = agent.createMediaStream("media");
    Component component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
    stream.setRemoteUfrag(local.ufrag());
    stream.setRemotePassword(password);
    TransportAddress address =
        new TransportAddress((InetSocketAddress) socket.getLocalSocketAddress(), Transport.UDP);
    IceCandidate candidate = IceCandidate.hosts(List.of(address)).getFirst();
    component.addRemoteCandidate(
        new RemoteCandidate(
            address,
            component,
            CandidateType.HOST_CANDIDATE,
            candidate.foundation(),
            candidate.priority(),
            null));
    return agent;
  }

  private void respond() {
    IceLite ice = new IceLite();
    DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
    try {
      while (true) {
        packet.setLength(2000);
        socket.receive(packet);
        InetSocketAddress source = (InetSocketAddress) packet.getSocketAddress();
        IceCheck check = ice.check(packet.getData(), 0, packet.getLength(), source, local);
        checks.add(check);
        if (check.answer().length > 0) {
          socket.send(new DatagramPacket(check.answer(), check.answer().length, source));
        }
      }
    } catch (IOException e) {
      assertThat(socket.isClosed()).isTrue();
    }
  }
}
