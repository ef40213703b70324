package io.roadcast.signaling.fleet;

import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180; also with semicolons or tabs), in UTF-8 with or without a byte
 * order mark, or in GBK as spreadsheet programs of Chinese offices write it.
 */
final class CsvReader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final Charset GBK = Charset.forName("GBK");
  private static final int MAX_CELL = 2000;
  private static final int MAX_CELLS = 100;

  private final String text;
  private final char separator;
  private int at;
  private int line = 1;

  /**
   * @param line where it begins, from 1
   */
  record Line(int line, List<String> cells) {
    Line {
      cells = List.copyOf(cells);
    }

    boolean blank() {
      return cells.stream().allMatch(String::isBlank);
    }
  }

  private CsvReader(String text) {
    this.text = text;
    this.separator = separatorOf(text);
  }

  /**
   * @throws ApiException INVALID_BODY if it is no text of one of the encodings, or a quoted cell
   *     never ends
   */
  static CsvReader of(byte[] bytes) {
    String text = decode(bytes, StandardCharsets.UTF_8);
    if (text == null) {
      text = decode(bytes, GBK);
    }
    if (text == null) {
      throw invalid("The file is neither UTF-8 nor GBK text.");
    }
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new CsvReader(marked ? text.substring(1) : text);
  }

  private static @Nullable String decode(byte[] bytes, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException other) {
      return null;
    }
  }

  /** The one that the first line has most of. */
  private static char separatorOf(String text) {
    int end = text.indexOf('\n');
    String head = end < 0 ? text : text.substring(0, end);
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(head, candidate) > count(head, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /** The next line that is not blank; null at the end. */
  @Nullable Line next() {
    while (at < text.length()) {
      Line found = readLine();
      if (!found.blank()) {
        return found;
      }
    }
    return null;
  }

  private Line readLine() {
    int began = line;
    List<String> cells = new ArrayList<>();
    boolean more = true;
    while (more) {
      cells.add(at < text.length() && text.charAt(at) == '"' ? quoted(began) : plain());
      if (cells.size() > MAX_CELLS) {
        throw invalid("Line " + began + " has more than " + MAX_CELLS + " cells.");
      }
      more = at < text.length() && text.charAt(at) == separator;
      at += more ? 1 : 0;
    }
    endOfLine();
    return new Line(began, cells);
  }

  private String plain() {
    int start = at;
    while (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
      at++;
    }
    return bounded(text.substring(start, at).strip());
  }

  private String quoted(int began) {
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        line += c == '\n' ? 1 : 0;
        cell.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else {
        return bounded(cell + plain());
      }
    }
    throw invalid("The quoted cell in line " + began + " never ends.");
  }

  private String bounded(String cell) {
    if (cell.length() > MAX_CELL) {
      throw invalid("A cell in line " + line + " has more than " + MAX_CELL + " characters.");
    }
    return cell;
  }

  private void endOfLine() {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    line++;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private static ApiException invalid(String detail) {
    return new ApiException(ErrorCode.INVALID_BODY, detail);
  }
}
