package io.roadcast.signaling.http;

import io.roadcast.sfu.router.StreamUnavailableException;

/** Why a live stream does not come, in the terms of this API. */
public final class StreamProblems {
  private StreamProblems() {}

  public static ApiException of(StreamUnavailableException refusal) {
    ErrorCode code =
        switch (refusal.code()) {
          case STREAM_NOT_FOUND -> ErrorCode.STREAM_NOT_FOUND;
          case TERMINAL_OFFLINE -> ErrorCode.TERMINAL_OFFLINE;
          case TERMINAL_REFUSED -> ErrorCode.TERMINAL_REFUSED;
          case NO_MEDIA -> ErrorCode.NO_MEDIA;
          case DATA_BUDGET_EXCEEDED -> ErrorCode.DATA_BUDGET_EXCEEDED;
          case SERVER_STOPPING -> ErrorCode.SERVER_STOPPING;
        };
    return new ApiException(code, String.valueOf(refusal.getMessage()), refusal.retryAfter());
  }
}
