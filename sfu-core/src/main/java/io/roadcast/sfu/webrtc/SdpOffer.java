package io.roadcast.sfu.webrtc;

import java.util.ArrayList;
import java.util.List;

/**
 * An offer as a browser or a WHEP client sends it (RFC 8866, RFC 8829), of which we keep what an
 * answer depends on. Candidates in it are ignored, names in {@code .local} with them: the viewer's
 * first check tells its address.
 */
public final class SdpOffer {
  private static final int MAX_LENGTH = 64 * 1024;
  private static final int MAX_LINES_PER_SECTION = 500;
  private static final int MAX_SECTIONS = 32;

  private final boolean iceLite;
  private final List<List<String>> bundles;
  private final SdpMedia.Transport session;
  private final List<SdpMedia> media;

  private SdpOffer(
      boolean iceLite,
      List<List<String>> bundles,
      SdpMedia.Transport session,
      List<SdpMedia> media) {
    this.iceLite = iceLite;
    this.bundles = bundles;
    this.session = session;
    this.media = media;
  }

  /**
   * Reads an offer of at most 64 KiB, 32 media sections and 500 lines in each.
   *
   * @throws SdpException if it is none, or exceeds the limits
   */
  public static SdpOffer parse(String text) throws SdpException {
    if (text.length() > MAX_LENGTH) {
      throw new SdpException("the offer is longer than " + MAX_LENGTH + " characters");
    }
    if (!text.startsWith("v=0")) {
      throw new SdpException("an offer begins with v=0");
    }
    SdpMediaReader session = SdpMediaReader.forSession();
    SdpMediaReader section = session;
    List<SdpMediaReader> sections = new ArrayList<>();
    List<List<String>> bundles = new ArrayList<>();
    boolean iceLite = false;
    int lines = 0;
    for (String line : text.lines().toList()) {
      if (line.isEmpty()) {
        continue;
      }
      if (line.length() < 2 || line.charAt(1) != '=') {
        throw new SdpException("not an SDP line: " + SdpMediaReader.shortened(line));
      }
      String value = line.substring(2);
      if (line.charAt(0) == 'm') {
        section = SdpMediaReader.forMedia(value);
        sections.add(section);
        lines = 0;
      } else if (line.charAt(0) == 'a' && section == session && value.startsWith("group:BUNDLE ")) {
        bundles.add(List.of(value.substring("group:BUNDLE ".length()).strip().split(" +")));
      } else if (line.charAt(0) == 'a') {
        iceLite |= section == session && value.equals("ice-lite");
        section.attribute(value);
      }
      if (++lines > MAX_LINES_PER_SECTION || sections.size() > MAX_SECTIONS) {
        throw new SdpException("the offer has too many lines or media sections");
      }
    }
    if (sections.isEmpty()) {
      throw new SdpException("the offer has no media section");
    }
    List<SdpMedia> media = new ArrayList<>(sections.size());
    for (SdpMediaReader reader : sections) {
      media.add(reader.media());
    }
    return new SdpOffer(iceLite, List.copyOf(bundles), session.transport(), List.copyOf(media));
  }

  List<SdpMedia> media() {
    return media;
  }

  boolean iceLite() {
    return iceLite;
  }

  /**
   * The first section's mid of the group that a section is bundled in; its own mid if it is in
   * none.
   */
  String bundleOf(SdpMedia section) {
    for (List<String> bundle : bundles) {
      if (!section.mid().isEmpty() && bundle.contains(section.mid())) {
        return bundle.getFirst();
      }
    }
    return section.mid();
  }

  /** Whether the section is in a group at all. */
  boolean isBundled(SdpMedia section) {
    return bundles.stream().anyMatch(bundle -> bundle.contains(section.mid()));
  }

  /**
   * What holds for a section's transport: its own words, else those of its bundle's first section,
   * else the session's.
   */
  SdpMedia.Transport transportOf(SdpMedia section) {
    SdpMedia.Transport transport = section.transport();
    String tagged = bundleOf(section);
    for (SdpMedia other : media) {
      if (!tagged.isEmpty() && other.mid().equals(tagged)) {
        transport = transport.or(other.transport());
      }
    }
    return transport.or(session);
  }
}
