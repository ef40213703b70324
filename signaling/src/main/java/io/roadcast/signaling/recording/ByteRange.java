package io.roadcast.signaling.recording;

import io.javalin.http.Context;
import io.roadcast.recorder.store.StorageUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of bytes of a file that is as long as it says (RFC 9110 section 14): whole, or the one
 * range that was asked for. Several ranges at once are answered with the whole.
 */
public record ByteRange(long first, long end) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  private static final List<String> PROMISES =
      List.of(
          "Content-Length",
          "Content-Range",
          "Content-Disposition",
          "Accept-Ranges",
          "Cache-Control");

  /** Writes a part of the content. */
  @FunctionalInterface
  public interface Content {
    /**
     * @param end exclusive
     */
    void write(OutputStream out, long first, long end) throws IOException;
  }

  /** Whether the beginning is asked for, as by everybody once. */
  public static boolean fromTheStart(Context ctx) {
    ByteRange range = parse(ctx.header("Range"), Long.MAX_VALUE);
    return range == null || range.first == 0;
  }

  static void serve(Context ctx, long length, Content content) throws IOException {
    serve(ctx, "video/mp4", length, content);
  }

  /** Answers with what is asked for of a file of any type. */
  public static void serve(Context ctx, String contentType, long length, Content content)
      throws IOException {
    ByteRange range = parse(ctx.header("Range"), length);
    ctx.contentType(contentType);
    ctx.header("Accept-Ranges", "bytes");
    if (range != null && range.first >= range.end) {
      ctx.status(416);
      ctx.header("Content-Range", "bytes */" + length);
      return;
    }
    ByteRange sent = range == null ? new ByteRange(0, length) : range;
    if (range != null) {
      ctx.status(206);
      ctx.header("Content-Range", "bytes " + sent.first + "-" + (sent.end - 1) + "/" + length);
    }
    ctx.res().setStatus(range == null ? 200 : 206);
    ctx.res().setContentLengthLong(sent.end - sent.first);
    try {
      content.write(ctx.res().getOutputStream(), sent.first, sent.end);
    } catch (StorageUnavailableException away) {
      takeBack(ctx);
      throw away;
    }
  }

  /** Nothing has gone yet: the answer will be another one. */
  private static void takeBack(Context ctx) {
    if (!ctx.res().isCommitted()) {
      ctx.res().resetBuffer();
      for (String each : PROMISES) {
        ctx.res().setHeader(each, null);
      }
    }
  }

  /** Null for the whole; empty if nothing can be given. */
  static @Nullable ByteRange parse(@Nullable String header, long length) {
    Matcher matcher = FORM.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      return null;
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty()
          ? null
          : new ByteRange(Math.max(0, length - Long.parseLong(last)), length);
    }
    long from = Long.parseLong(first);
    if (last.isEmpty()) {
      return new ByteRange(from, length);
    }
    return Long.parseLong(last) < from
        ? null
        : new ByteRange(from, Math.min(length, Long.parseLong(last) + 1));
  }
}
