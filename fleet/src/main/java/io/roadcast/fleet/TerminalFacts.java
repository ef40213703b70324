package io.roadcast.fleet;

import org.jspecify.annotations.Nullable;

/**
 * What a terminal says of itself when it registers and authenticates; null is what it did not say.
 * Texts are cut at {@link #MAX_CHARACTERS} and lose what is not printable.
 *
 * @param protocol "2011", "2013" or "2019"
 * @param factoryId the terminal id that its manufacturer gave it
 * @param plate of the vehicle it believes to be in
 * @param imei fifteen digits
 */
public record TerminalFacts(
    @Nullable String protocol,
    @Nullable String manufacturer,
    @Nullable String model,
    @Nullable String factoryId,
    @Nullable String softwareVersion,
    @Nullable String plate,
    @Nullable PlateColor plateColor,
    @Nullable String imei) {
  public static final int MAX_CHARACTERS = 64;

  public TerminalFacts {
    protocol = clean(protocol);
    manufacturer = clean(manufacturer);
    model = clean(model);
    factoryId = clean(factoryId);
    softwareVersion = clean(softwareVersion);
    plate = clean(plate);
    imei = clean(imei);
  }

  public static TerminalFacts none() {
    return new TerminalFacts(null, null, null, null, null, null, null, null);
  }

  /** The newer facts over these. */
  public TerminalFacts updatedBy(TerminalFacts newer) {
    return new TerminalFacts(
        or(newer.protocol, protocol),
        or(newer.manufacturer, manufacturer),
        or(newer.model, model),
        or(newer.factoryId, factoryId),
        or(newer.softwareVersion, softwareVersion),
        or(newer.plate, plate),
        newer.plateColor == null ? plateColor : newer.plateColor,
        or(newer.imei, imei));
  }

  private static @Nullable String or(@Nullable String newer, @Nullable String older) {
    return newer == null ? older : newer;
  }

  private static @Nullable String clean(@Nullable String text) {
    return text == null ? null : PlainText.printable(text, MAX_CHARACTERS);
  }
}
