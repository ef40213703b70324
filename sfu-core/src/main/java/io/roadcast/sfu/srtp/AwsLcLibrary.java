package io.roadcast.sfu.srtp;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * AWS-LC out of the jar of Amazon's cryptography provider, which carries it as a library of its
 * own. It is loaded for the rest of the process' life.
 */
final class AwsLcLibrary implements NativeSrtpEngine.Library {
  /** Within the jar. */
  static final String FILE = "com/amazon/corretto/crypto/provider/libcrypto.so";

  private final AwsLc functions;
  private final String name;

  private AwsLcLibrary(AwsLc functions) {
    this.functions = functions;
    this.name = functions.version().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /**
   * Loads it.
   *
   * @throws IOException if there is none for this system, or it can not be put where the system
   *     loads libraries from
   */
  static AwsLcLibrary load() throws IOException {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      throw new IOException("AWS-LC comes for Linux only");
    }
    try (InputStream library = AwsLcLibrary.class.getResourceAsStream("/" + FILE)) {
      if (library == null) {
        throw new IOException("the jar with AWS-LC is not in the class path");
      }
      return load(library);
    }
  }

  /**
   * Loads it from its bytes.
   *
   * @throws IOException if they can not be read, are not those that the jar was signed with, or are
   *     no library for this system
   */
  static AwsLcLibrary load(InputStream library) throws IOException {
    try {
      return new AwsLcLibrary(new AwsLc(symbols(library)));
    } catch (IllegalArgumentException | IllegalCallerException | SecurityException e) {
      throw new IOException("AWS-LC can not be loaded: " + e.getMessage(), e);
    }
  }

  /**
   * Through a file that only this process' user can see, since a library is loaded by name; it is
   * gone again before anybody could change it, the system keeps what it has loaded.
   */
  private static SymbolLookup symbols(InputStream library) throws IOException {
    Path directory = Files.createTempDirectory("roadcast-");
    Path file = directory.resolve("libcrypto.so");
    try {
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      return SymbolLookup.libraryLookup(file, Arena.global());
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }

  AwsLc functions() {
    return functions;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NativeContext context(SrtpProfile profile, SessionKeys keys, Runnable closed) {
    return switch (profile) {
      case AEAD_AES_128_GCM -> new AwsLcGcmContext(functions, keys, closed);
      case AES128_CM_HMAC_SHA1_80 -> new AwsLcCounterModeContext(functions, keys, closed);
    };
  }
}
