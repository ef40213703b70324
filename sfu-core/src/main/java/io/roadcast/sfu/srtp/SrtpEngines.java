package io.roadcast.sfu.srtp;

import java.io.IOException;
import java.util.NoSuchElementException;

/** Finds the engine that this machine is best served with. */
public final class SrtpEngines {
  private static final String RIGHT = "its known answers are right";

  private SrtpEngines() {}

  /** What the operator wants. */
  public enum Preference {
    /** A native library where one works, otherwise the JDK. */
    AUTO,
    /** A native library, the best that works here, or nothing. */
    NATIVE,
    /** IPsec-MB, or nothing. */
    IPSEC_MB,
    /** AWS-LC, or nothing. */
    AWS_LC,
    /** The JDK's ciphers. */
    JDK
  }

  /**
   * An engine and why it was taken.
   *
   * @param reason for the log
   */
  public record Choice(SrtpEngine engine, String reason) {}

  /**
   * Loads what is preferred and has it encrypt packets whose result is known.
   *
   * @throws NativeEngineException if a native library is demanded and does not work
   */
  public static Choice choose(Preference preference) throws NativeEngineException {
    return switch (preference) {
      case JDK -> new Choice(new JdkSrtpEngine(), "as configured");
      case AWS_LC -> new Choice(awsLc(), "as configured");
      case IPSEC_MB -> new Choice(ipsecMb(), "as configured");
      case NATIVE -> bestNative();
      case AUTO -> bestAtAll();
    };
  }

  private static Choice bestAtAll() {
    try {
      return bestNative();
    } catch (NativeEngineException e) {
      return new Choice(new JdkSrtpEngine(), String.valueOf(e.getMessage()));
    }
  }

  private static Choice bestNative() throws NativeEngineException {
    try {
      return new Choice(ipsecMb(), RIGHT);
    } catch (NativeEngineException notThis) {
      return withoutIpsecMb(String.valueOf(notThis.getMessage()));
    }
  }

  private static Choice withoutIpsecMb(String why) throws NativeEngineException {
    try {
      return new Choice(awsLc(), RIGHT + "; not IPsec-MB: " + why);
    } catch (NativeEngineException norThis) {
      throw new NativeEngineException(norThis.getMessage() + "; " + why, norThis);
    }
  }

  /** As {@link Preference#AUTO}. */
  public static Choice chooseBest() {
    return bestAtAll();
  }

  /**
   * AWS-LC, loaded and tried.
   *
   * @throws NativeEngineException if it can not be loaded here or does not encrypt as it should
   */
  public static NativeSrtpEngine awsLc() throws NativeEngineException {
    return tried(AwsLcLibrary::load);
  }

  /**
   * IPsec-MB with AWS-LC for what it is not used for, loaded and tried.
   *
   * @throws NativeEngineException if one of them can not be loaded here or does not encrypt as it
   *     should
   */
  public static NativeSrtpEngine ipsecMb() throws NativeEngineException {
    return tried(IpsecMbLibrary::load);
  }

  private interface Loading {
    NativeSrtpEngine.Library load() throws IOException;
  }

  private static NativeSrtpEngine tried(Loading loading) throws NativeEngineException {
    try {
      return tried(new NativeSrtpEngine(loading.load()));
    } catch (IOException | NoSuchElementException | UnsupportedOperationException e) {
      throw new NativeEngineException(String.valueOf(e.getMessage()), e);
    } catch (LinkageError e) {
      throw new NativeEngineException(
          "native code can not be called: does Java run with --enable-native-access?", e);
    }
  }

  private static NativeSrtpEngine tried(NativeSrtpEngine engine) throws NativeEngineException {
    for (KnownAnswer answer : KnownAnswer.values()) {
      if (!answer.isGivenBy(engine)) {
        throw new NativeEngineException(engine.name() + " encrypts " + answer + " wrongly", null);
      }
    }
    return engine;
  }
}
