package io.roadcast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.bench.viewer.TestStreams;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class ViewersCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void watchesSeveralStreamsByWhepAndReportsThem() throws Exception {
    try (TestStreams streams = TestStreams.filmed(2)) {
      int code =
          run(
              "--whep",
              streams.whep().toString(),
              "--streams",
              "13912345678-1,13912345678-2",
              "--count=2",
              "--seconds=2",
              "--json");
      assertThat(code).as(errors.toString()).isZero();
      JsonNode report = new ObjectMapper().readTree(out.toString());
      assertThat(report.get("connected").asInt()).isEqualTo(4);
      assertThat(report.get("packets").get("lost").asInt()).isZero();
      assertThat(report.get("packets_per_second").asDouble()).isPositive();
      await().until(() -> streams.sessions() == 0);
    }
  }

  @Test
  void failsWhenAStreamIsNotThere() throws Exception {
    try (TestStreams streams = TestStreams.filmed(1)) {
      int code = run("--whep", streams.whep() + "/13912345678-9", "--seconds=1");
      assertThat(code).isEqualTo(1);
      assertThat(out.toString()).contains("0 of 1 viewers").contains("HTTP 404");
    }
  }

  @Test
  void refusesWrongUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--whep", "http://localhost/whep/x", "--count=0")).isEqualTo(2);
  }

  private int run(String... arguments) {
    return new CommandLine(new ViewersCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
