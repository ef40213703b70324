package io.roadcast.sfu.webrtc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the lines of one section, or those before the first m-line. */
final class SdpMediaReader {
  private static final int MAX_PAYLOAD_TYPE = 127;
  private static final Map<Integer, RtpMap> STATIC_TYPES =
      Map.of(0, new RtpMap("PCMU", 8000, 1), 8, new RtpMap("PCMA", 8000, 1));

  private record RtpMap(String name, int clockRate, int channels) {}

  private final String kind;
  private final int port;
  private final String protocol;
  private final List<String> formatList;
  private final Map<Integer, RtpMap> rtpMaps = new HashMap<>(STATIC_TYPES);
  private final Map<Integer, String> parameters = new HashMap<>();
  private final Map<String, List<String>> feedback = new HashMap<>();
  private final Map<String, Integer> extensions = new LinkedHashMap<>();
  private final List<String> fingerprints = new ArrayList<>();
  private String mid = "";
  private String ufrag = "";
  private String password = "";
  private String setup = "";
  private SdpMedia.Direction direction = SdpMedia.Direction.SENDRECV;
  private boolean bundleOnly;
  private boolean rtcpMux;
  private boolean rtcpReducedSize;

  private SdpMediaReader(String kind, int port, String protocol, List<String> formatList) {
    this.kind = kind;
    this.port = port;
    this.protocol = protocol;
    this.formatList = formatList;
  }

  static SdpMediaReader forSession() {
    return new SdpMediaReader("", 0, "", List.of());
  }

  /** Begins with the value of an m-line: kind, port, protocol, formats. */
  static SdpMediaReader forMedia(String value) throws SdpException {
    String[] words = value.strip().split(" +");
    if (words.length < 4) {
      throw new SdpException("m-line without formats: " + shortened(value));
    }
    String port = words[1].contains("/") ? words[1].substring(0, words[1].indexOf('/')) : words[1];
    return new SdpMediaReader(
        words[0], number(port, 65_535, "port"), words[2], List.of(words).subList(3, words.length));
  }

  /** Takes the value of an a-line. */
  void attribute(String attribute) throws SdpException {
    int colon = attribute.indexOf(':');
    String name = colon < 0 ? attribute : attribute.substring(0, colon);
    String value = colon < 0 ? "" : attribute.substring(colon + 1).strip();
    switch (name) {
      case "mid" -> mid = token(value);
      case "ice-ufrag" -> ufrag = value;
      case "ice-pwd" -> password = value;
      case "fingerprint" -> fingerprints.add(value);
      case "setup" -> setup = value;
      case "sendrecv" -> direction = SdpMedia.Direction.SENDRECV;
      case "sendonly" -> direction = SdpMedia.Direction.SENDONLY;
      case "recvonly" -> direction = SdpMedia.Direction.RECVONLY;
      case "inactive" -> direction = SdpMedia.Direction.INACTIVE;
      case "bundle-only" -> bundleOnly = true;
      case "rtcp-mux" -> rtcpMux = true;
      case "rtcp-rsize" -> rtcpReducedSize = true;
      case "rtpmap" -> rtpMap(value);
      case "fmtp" -> parameters(value);
      case "rtcp-fb" ->
          feedback.computeIfAbsent(first(value), type -> new ArrayList<>()).add(rest(value));
      case "extmap" -> extension(value);
      default -> {
        // candidates (the first check tells the address), ssrc and what is not known
      }
    }
  }

  private boolean isRtp() {
    return protocol.contains("RTP/");
  }

  private void parameters(String value) throws SdpException {
    if (isRtp()) {
      parameters.put(payloadType(first(value)), rest(value));
    }
  }

  private void rtpMap(String value) throws SdpException {
    String[] parts = rest(value).split("/");
    if (parts.length < 2) {
      throw new SdpException("rtpmap without clock rate: " + shortened(value));
    }
    int channels = parts.length > 2 ? number(parts[2], 255, "number of channels") : 1;
    rtpMaps.put(
        payloadType(first(value)),
        new RtpMap(parts[0], number(parts[1], Integer.MAX_VALUE, "clock rate"), channels));
  }

  private void extension(String value) throws SdpException {
    String id = first(value);
    int slash = id.indexOf('/');
    String uri = first(rest(value));
    extensions.putIfAbsent(
        uri, number(slash < 0 ? id : id.substring(0, slash), 65_535, "extension id"));
  }

  SdpMedia.Transport transport() {
    return new SdpMedia.Transport(ufrag, password, fingerprints, setup, rtcpMux, rtcpReducedSize);
  }

  SdpMedia media() throws SdpException {
    List<RtpFormat> formats = new ArrayList<>();
    if (isRtp()) {
      for (String format : formatList) {
        int type = payloadType(format);
        RtpMap map = rtpMaps.get(type);
        if (map != null) {
          List<String> applying = new ArrayList<>(feedback.getOrDefault("*", List.of()));
          applying.addAll(feedback.getOrDefault(format, List.of()));
          formats.add(
              new RtpFormat(
                  type,
                  map.name,
                  map.clockRate,
                  map.channels,
                  parameters.getOrDefault(type, ""),
                  applying));
        }
      }
    }
    return new SdpMedia(
        kind,
        port,
        protocol,
        formatList,
        mid,
        direction,
        bundleOnly,
        formats,
        extensions,
        transport());
  }

  private static String token(String value) throws SdpException {
    if (value.isEmpty()
        || value.length() > 64
        || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new SdpException("mid is not a token");
    }
    return value;
  }

  private static int payloadType(String text) throws SdpException {
    return number(text, MAX_PAYLOAD_TYPE, "payload type");
  }

  private static int number(String text, int max, String what) throws SdpException {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new SdpException("not a " + what + ": " + shortened(text));
  }

  private static String first(String value) {
    int space = value.indexOf(' ');
    return space < 0 ? value : value.substring(0, space);
  }

  private static String rest(String value) {
    int space = value.indexOf(' ');
    return space < 0 ? "" : value.substring(space + 1).strip();
  }

  static String shortened(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "...";
  }
}
