package io.roadcast.bench.janus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roadcast.bench.viewer.OfferExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/**
 * One viewing of Janus' mountpoint by its HTTP API: create, attach, watch, start. Janus offers and
 * the viewer answers; to a viewer, which thinks that it offers, both are turned round: it stays the
 * DTLS client and the controlling side of ICE, as with any server.
 */
final class JanusExchange implements OfferExchange {
  static final int MOUNTPOINT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_EVENTS = 20;

  /** Of a candidate line, words counted from 0. */
  private static final int ADDRESS_WORD = 4;

  private static final int PORT_WORD = 5;

  private final HttpClient http;
  private final URI api;
  private String session = "";
  private String handle = "";

  JanusExchange(HttpClient http, URI api) {
    this.http = http;
    this.api = api;
  }

  /** Throws if there is no Janus yet. */
  void ping() throws IOException, InterruptedException {
    post("", request("ping"));
  }

  @Override
  public String answer(String viewerOffer) throws IOException, InterruptedException {
    session = "/" + post("", request("create")).at("/data/id").asText();
    ObjectNode attach = request("attach");
    attach.put("plugin", "janus.plugin.streaming");
    handle = session + "/" + post(session, attach).at("/data/id").asText();
    ObjectNode watch = request("message");
    watch.putObject("body").put("request", "watch").put("id", MOUNTPOINT);
    post(handle, watch);
    String offer = offer();
    ObjectNode start = request("message");
    start.putObject("body").put("request", "start");
    start.putObject("jsep").put("type", "answer").put("sdp", answerTo(offer, viewerOffer));
    post(handle, start);
    return asAnswer(offer);
  }

  @Override
  public void leave() throws IOException, InterruptedException {
    post(session, request("destroy"));
  }

  private String offer() throws IOException, InterruptedException {
    for (int i = 0; i < MAX_EVENTS; i++) {
      HttpRequest poll = HttpRequest.newBuilder(URI.create(api + session + "?maxev=1")).build();
      JsonNode event = JSON.readTree(http.send(poll, BodyHandlers.ofString()).body());
      if (event.at("/jsep/type").asText().equals("offer")) {
        return event.at("/jsep/sdp").asText();
      }
    }
    throw new IOException("Janus made no offer");
  }

  /** Takes all formats of the offer and no header extension, with the viewer's ICE and DTLS. */
  static String answerTo(String offer, String viewerOffer) {
    List<String> answer = new ArrayList<>();
    answer.addAll(List.of("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0"));
    for (String line : offer.lines().toList()) {
      boolean format =
          line.startsWith("a=rtpmap:") || line.startsWith("a=fmtp:") || line.startsWith("a=mid:");
      if (line.startsWith("m=") || line.startsWith("a=group:") || format) {
        answer.add(line);
      }
      if (line.startsWith("m=")) {
        answer.add("c=IN IP4 0.0.0.0");
        answer.addAll(List.of("a=recvonly", "a=rtcp-mux", "a=setup:active"));
        for (String name : List.of("ice-ufrag", "ice-pwd", "fingerprint")) {
          answer.add(first(viewerOffer, "a=" + name + ":"));
        }
        candidates(offer, viewerOffer).forEach(answer::add);
      }
      if (line.startsWith("a=rtcp-fb:") && line.contains("nack")) {
        answer.add(line);
      }
    }
    return String.join("\r\n", answer) + "\r\n";
  }

  /**
   * The viewer's port at each address of Janus, for it is on the same machine and reaches an
   * address of that machine from that very address. Without a candidate Janus never begins.
   */
  private static List<String> candidates(String offer, String viewerOffer) {
    String port = first(viewerOffer, "a=candidate:").split(" ", -1)[PORT_WORD];
    return offer
        .lines()
        .filter(line -> line.startsWith("a=candidate:"))
        .map(line -> line.split(" ", -1)[ADDRESS_WORD])
        .filter(address -> !address.contains(":"))
        .distinct()
        .map(address -> "a=candidate:1 1 udp 2130706431 " + address + " " + port + " typ host")
        .toList();
  }

  /**
   * The offer as the answer that the viewer expects: DTLS server, IPv4 only as the other server.
   */
  static String asAnswer(String offer) {
    List<String> answer = new ArrayList<>();
    for (String line : offer.lines().toList()) {
      boolean inet6 =
          line.startsWith("a=candidate:") && line.split(" ", -1)[ADDRESS_WORD].contains(":");
      if (!inet6) {
        answer.add(line.equals("a=setup:actpass") ? "a=setup:passive" : line);
      }
    }
    return String.join("\r\n", answer) + "\r\n";
  }

  private static String first(String sdp, String prefix) {
    return sdp.lines().filter(line -> line.startsWith(prefix)).findFirst().orElseThrow();
  }

  private static ObjectNode request(String what) {
    return JSON.createObjectNode().put("janus", what).put("transaction", what);
  }

  private JsonNode post(String path, ObjectNode message) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + path))
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(message)))
            .build();
    JsonNode answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    if (answer.at("/janus").asText().equals("error")) {
      throw new IOException("Janus: " + answer.at("/error/reason").asText());
    }
    return answer;
  }
}
