package io.roadcast.jtt.gateway;

/** A request to a terminal had no good answer. */
public final class CommandFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; the names are part of the contract. */
  public enum Code {
    /** There is no link, or it ended while the request was under way. */
    TERMINAL_OFFLINE,
    /** The terminal connected anew while the request was under way. */
    CONNECTION_REPLACED,
    COMMAND_TIMED_OUT,
    /** The terminal answered with a result other than success. */
    TERMINAL_REFUSED,
    /** More requests are under way than a link may have, or the link does not take more bytes. */
    TERMINAL_BUSY
  }

  /** No answer carried a result. */
  public static final int NO_RESULT = -1;

  private final Code code;
  private final int result;

  public CommandFailedException(Code code, String detail) {
    this(code, NO_RESULT, detail);
  }

  private CommandFailedException(Code code, int result, String detail) {
    super(detail, null, false, false);
    this.code = code;
    this.result = result;
  }

  /**
   * The terminal said no.
   *
   * @param result of its answer: 1 failure, 2 bad message, 3 not supported
   */
  public static CommandFailedException refused(int result) {
    return new CommandFailedException(
        Code.TERMINAL_REFUSED, result, "the terminal answered with result " + result);
  }

  public Code code() {
    return code;
  }

  /** Of the terminal's answer (JT/T 808-2019, table of 0x0001), or {@link #NO_RESULT}. */
  public int result() {
    return result;
  }
}
