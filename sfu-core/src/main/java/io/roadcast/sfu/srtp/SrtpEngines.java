package io.roadcast.sfu.srtp;

import java.io.IOException;
import java.util.NoSuchElementException;

/** Finds the engine that this machine is best served with. */
public final class SrtpEngines {
  private SrtpEngines() {}

  /** What the operator wants. */
  public enum Preference {
    /** A native library where one works, otherwise the JDK. */
    AUTO,
    /** A native library, or nothing. */
    NATIVE,
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
   * @throws NativeEngineException only with {@link Preference#NATIVE}, if no library works
   */
  public static Choice choose(Preference preference) throws NativeEngineException {
    if (preference == Preference.JDK) {
      return new Choice(new JdkSrtpEngine(), "as configured");
    }
    try {
      return new Choice(awsLc(), "its known answers are right");
    } catch (NativeEngineException e) {
      if (preference == Preference.NATIVE) {
        throw e;
      }
      return new Choice(new JdkSrtpEngine(), String.valueOf(e.getMessage()));
    }
  }

  /** As {@link Preference#AUTO}. */
  public static Choice chooseBest() {
    try {
      return choose(Preference.AUTO);
    } catch (NativeEngineException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * AWS-LC, loaded and tried.
   *
   * @throws NativeEngineException if it can not be loaded here or does not encrypt as it should
   */
  public static NativeSrtpEngine awsLc() throws NativeEngineException {
    try {
      return tried(new NativeSrtpEngine(AwsLcLibrary.load()));
    } catch (IOException | NoSuchElementException | UnsupportedOperationException e) {
      throw new NativeEngineException(String.valueOf(e.getMessage()), e);
    } catch (LinkageError e) {
      throw new NativeEngineException("native code can not be called: " + e.getMessage(), e);
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
