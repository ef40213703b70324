package io.roadcast.sfu.webrtc;

/**
 * What a datagram meant to ICE.
 *
 * @param verdict what it was found to be
 * @param answer the datagram to send back to where it came from; empty for silence
 */
@SuppressWarnings("ArrayRecordComponent")
public record IceCheck(Verdict verdict, byte[] answer) {
  /** Outcomes, for decisions and for counters. */
  public enum Verdict {
    /** A right check that also asks to use this path. */
    NOMINATED,
    /** A right check. */
    VALID,
    /** Right password, but the peer believes to be controlled too (487). */
    ROLE_CONFLICT,
    /** Right password, but an attribute that must be understood is not (420). */
    UNKNOWN_ATTRIBUTE,
    /** No password at all (400, where that is not longer than the request). */
    WITHOUT_INTEGRITY,
    /** Not our fragment, or a wrong password. */
    WRONG_CREDENTIALS,
    /** STUN that is not a Binding request. */
    NOT_A_REQUEST,
    /** Not well-formed STUN, or a wrong fingerprint. */
    MALFORMED
  }

  /**
   * Whether the sender proved at this address that it knows the password: media and DTLS may go
   * there.
   */
  public boolean successful() {
    return verdict == Verdict.NOMINATED || verdict == Verdict.VALID;
  }

  /** Whether the peer wants this path to be used from now on. */
  public boolean nominated() {
    return verdict == Verdict.NOMINATED;
  }
}
