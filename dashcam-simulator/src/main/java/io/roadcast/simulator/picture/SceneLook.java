package io.roadcast.simulator.picture;

import java.util.List;

/**
 * How one scene looks: time of day, surroundings and what the terminal prints. Colours are
 * 0xRRGGBB.
 */
record SceneLook(
    Daylight daylight,
    Surroundings surroundings,
    String plate,
    String route,
    int skyTop,
    int skyLow,
    int haze,
    int hills,
    int groundLight,
    int groundDark,
    int asphalt,
    int marking,
    int leafLight,
    int leafDark) {
  enum Daylight {
    DAY,
    DUSK,
    NIGHT
  }

  enum Surroundings {
    COUNTRY,
    HIGHLAND,
    CITY
  }

  private static final List<SceneLook> ALL =
      List.of(
          new SceneLook(
              Daylight.DAY,
              Surroundings.COUNTRY,
              "RC-1024",
              "G15 NORTH",
              0x3f86c8,
              0xcfe4f0,
              0xc3d8e2,
              0x7f9fae,
              0x7d9a52,
              0x728f4a,
              0x5d6166,
              0xf2f2ea,
              0x5f8a3c,
              0x345a2b),
          new SceneLook(
              Daylight.DUSK,
              Surroundings.HIGHLAND,
              "RC-2048",
              "S12 WEST",
              0x2f3b66,
              0xf6a560,
              0xd98a62,
              0x54486a,
              0x5c4a3c,
              0x534336,
              0x48444c,
              0xf0dcc0,
              0x4c4436,
              0x2b2a2c),
          new SceneLook(
              Daylight.NIGHT,
              Surroundings.CITY,
              "RC-4096",
              "RING EAST",
              0x070b18,
              0x27304a,
              0x1d2438,
              0x151b2c,
              0x161b20,
              0x13171c,
              0x24272d,
              0xd8dcdc,
              0x1f3328,
              0x101c18),
          new SceneLook(
              Daylight.DAY,
              Surroundings.HIGHLAND,
              "RC-8192",
              "G60 SOUTH",
              0x8d9aa5,
              0xd6dad9,
              0xced3d2,
              0x93a0a4,
              0x8a8b66,
              0x80815d,
              0x63656a,
              0xf4f4ee,
              0x6c7a4a,
              0x44523a));

  /** The look of scene 0, 1, 2 ...; they repeat with other plates. */
  static SceneLook of(int scene) {
    SceneLook look = ALL.get(scene % ALL.size());
    if (scene < ALL.size()) {
      return look;
    }
    return new SceneLook(
        look.daylight,
        look.surroundings,
        "RC-" + (1000 + scene * 37),
        look.route,
        look.skyTop,
        look.skyLow,
        look.haze,
        look.hills,
        look.groundLight,
        look.groundDark,
        look.asphalt,
        look.marking,
        look.leafLight,
        look.leafDark);
  }

  /** Mixes two colours; share 0 is the first, 1 the second. */
  static int mix(int first, int second, double share) {
    double part = Math.clamp(share, 0, 1);
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int one = first >> shift & 0xff;
      int other = second >> shift & 0xff;
      mixed |= (int) Math.round(one + (other - one) * part) << shift;
    }
    return mixed;
  }

  /** A colour as it looks so many metres away. */
  int far(int colour, double ahead) {
    return mix(colour, haze, 1 - Math.exp(-ahead / 190));
  }
}
