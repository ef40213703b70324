package io.roadcast.bench.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.ToIntFunction;

/** The numbers that a load gave what it sent, as lists of the server have them. */
final class StoredNumbers {
  private final ObjectMapper json = new ObjectMapper();
  private final Pages pages;
  private final ToIntFunction<JsonNode> numberOf;

  /** Asks the server for a page of a list. */
  interface Pages {
    String get(String path) throws IOException, InterruptedException;
  }

  /**
   * @param numberOf an item of a list; negative if it has none
   */
  StoredNumbers(Pages pages, ToIntFunction<JsonNode> numberOf) {
    this.pages = pages;
    this.numberOf = numberOf;
  }

  /**
   * Reads a whole list; how many numbers came twice.
   *
   * @param path of its first page, with a query
   */
  long read(String path, BitSet numbers) throws IOException, InterruptedException {
    long doubled = 0;
    String next = "";
    do {
      JsonNode page = json.readTree(pages.get(path + (next.isEmpty() ? "" : "&cursor=" + next)));
      for (JsonNode each : page.path("items")) {
        int number = numberOf.applyAsInt(each);
        if (number >= 0) {
          doubled += numbers.get(number) ? 1 : 0;
          numbers.set(number);
        }
      }
      next = page.path("next").asText("");
    } while (!next.isEmpty());
    return doubled;
  }
}
