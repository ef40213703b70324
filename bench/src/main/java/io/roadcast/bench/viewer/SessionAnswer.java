package io.roadcast.bench.viewer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a viewer needs to know of an SDP answer (RFC 8866, 8839, 8122, 9143). Attributes of bundled
 * sections are taken from wherever they come first.
 *
 * @param candidates UDP addresses in order of falling priority
 */
record SessionAnswer(
    IceParameters ice,
    String fingerprint,
    List<InetSocketAddress> candidates,
    List<AnswerMedium> media) {

  static SessionAnswer parse(String sdp) throws SdpAnswerException {
    Map<String, String> first = new LinkedHashMap<>();
    List<Candidate> candidates = new ArrayList<>();
    List<AnswerMedium> media = new ArrayList<>();
    for (String line : sdp.lines().toList()) {
      if (line.startsWith("m=")) {
        media.add(new AnswerMedium(line.substring(2)));
      } else if (line.startsWith("a=candidate:")) {
        Candidate.add(line.substring(12), candidates);
      } else if (line.startsWith("a=")) {
        int colon = line.indexOf(':');
        String name = line.substring(2, colon < 0 ? line.length() : colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        first.putIfAbsent(name, value);
        if (!media.isEmpty()) {
          media.getLast().attribute(name, value);
        }
      }
    }
    if (!"passive".equals(first.get("setup"))) {
      throw new SdpAnswerException("the server does not take the passive side of DTLS");
    }
    candidates.sort((a, b) -> Long.compare(b.priority(), a.priority()));
    return new SessionAnswer(
        new IceParameters(required(first, "ice-ufrag"), required(first, "ice-pwd")),
        required(first, "fingerprint").toLowerCase(Locale.ROOT),
        candidates.stream().map(Candidate::address).distinct().toList(),
        media);
  }

  private static String required(Map<String, String> attributes, String name)
      throws SdpAnswerException {
    String value = attributes.get(name);
    if (value == null || value.isBlank()) {
      throw new SdpAnswerException("an answer without " + name);
    }
    return value;
  }

  private record Candidate(long priority, InetSocketAddress address) {
    /** {@code foundation component transport priority address port typ type ...} */
    static void add(String line, List<Candidate> candidates) throws SdpAnswerException {
      String[] words = line.split(" ", -1);
      if (words.length < 8) {
        throw new SdpAnswerException("candidate " + line);
      }
      if (!words[2].equalsIgnoreCase("udp") || words[4].endsWith(".local")) {
        return;
      }
      try {
        InetAddress address = InetAddress.getByName(words[4]);
        candidates.add(
            new Candidate(
                Long.parseLong(words[3]),
                new InetSocketAddress(address, Integer.parseInt(words[5]))));
      } catch (UnknownHostException | IllegalArgumentException e) {
        throw new SdpAnswerException("candidate " + line, e);
      }
    }
  }
}
