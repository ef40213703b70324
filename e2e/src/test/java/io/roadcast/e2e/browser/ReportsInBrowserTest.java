package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.roadcast.e2e.RunningServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of reports, a vehicle's day, webhooks and rules, at a desk and on a phone. */
@Tag("browser")
@Timeout(240)
class ReportsInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PHONE = "13912345678";
  private static final List<String> TYPES =
      List.of("dsm.phone", "dsm.phone", "dsm.fatigue", "adas.headway", "bsd.left");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void whatBecameOfAlarmsIsOnThePage() throws Exception {
    AtomicInteger answer = new AtomicInteger(422);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(answer.get(), -1);
          exchange.close();
        });
    receiver.start();
    try (RunningServer server = RunningServer.start();
        Browser browser = Browser.start()) {
      importVehicle(server);
      for (int i = 0; i < TYPES.size(); i++) {
        report(server, TYPES.get(i), Instant.now().minusSeconds(3600L * (i + 1)));
      }
      browser.resize(1440, 900);
      browser.open(server.url() + "/events.html");
      reports(browser);
      vehicle(browser);
      webhooks(browser, server, receiver.getAddress().getPort(), answer);
      rules(browser);
      onAPhone(browser);
      assertThat(browser.consoleErrors()).noneMatch(error -> error.contains("Uncaught"));
    } finally {
      receiver.stop(0);
      http.close();
    }
  }

  private static void reports(Browser browser) {
    until(browser, "the vehicle's line", () -> text(browser, "tbody").contains("RC-1024"));
    assertThat(text(browser, "tbody tr td")).isEqualTo("5");
    choose(browser, "by", "type");
    until(browser, "types", () -> rows(browser) == 4);
    assertThat(text(browser, "tbody tr")).contains("Phone at the wheel").contains("2");
    browser.screenshot("reports-desk");
  }

  private static void vehicle(Browser browser) {
    browser.run("location.hash = '#vehicle'");
    until(browser, "marks", () -> count(browser, ".mark") == TYPES.size());
    assertThat(rows(browser)).isEqualTo(TYPES.size());
    browser.screenshot("vehicle-desk");
  }

  private void webhooks(Browser browser, RunningServer server, int port, AtomicInteger answer)
      throws Exception {
    browser.run("location.hash = '#webhooks'");
    until(browser, "the form", () -> count(browser, "[name=url]") == 1);
    browser.run(
        """
        document.querySelector('[name=name]').value = 'Insurance';
        document.querySelector('[name=url]').value = arguments[0];
        document.querySelector('[name=name]').form.requestSubmit();
        """,
        "http://127.0.0.1:" + port + "/alarms");
    until(browser, "the secret", () -> text(browser, ".secret").contains("whsec_"));
    until(browser, "it is listed", () -> text(browser, ".webhook").contains("Insurance"));
    assertThat(text(browser, ".webhook")).contains("All alarms");
    report(server, "dsm.smoking", Instant.now().minusSeconds(30));
    until(browser, "a refusal", () -> text(browser, "tbody").contains("Status 422"));
    assertThat(text(browser, "tbody")).contains("Waiting");
    // As after a day.
    browser.run("document.querySelector('.webhook-actions button').click()");
    until(browser, "it is paused", () -> count(browser, "[data-enabled=false]") == 1);
    die(server);
    until(browser, "what died", () -> text(browser, "tbody").contains("Given up"));
    browser.screenshot("webhooks-desk");
    answer.set(204);
    browser.run("document.querySelector('.webhook-actions button').click()");
    until(browser, "it goes on", () -> count(browser, "[data-enabled=true]") == 1);
    browser.run("document.querySelector('tbody button').click()");
    until(browser, "delivered", () -> text(browser, "tbody").contains("Delivered"));
  }

  private static void die(RunningServer server) {
    server.execute("UPDATE webhook_delivery SET state = 'dead' WHERE state = 'waiting'");
  }

  private static void rules(Browser browser) {
    browser.run("location.hash = '#rules'");
    until(
        browser,
        "rules",
        () ->
            browser
                .text("return document.querySelector('textarea')?.value ?? ''")
                .contains("tired-again"));
    press(browser, "Try on stored alarms");
    until(browser, "outcome", () -> text(browser, ".outcome").contains("evidence: "));
    browser.screenshot("rules-desk");
    write(browser, "{\"rules\": [{\"name\": \"a\"}]}");
    press(browser, "Keep");
    until(browser, "the reason", () -> text(browser, ".problem").contains("does something"));
    write(browser, "{\"rules\": [{\"name\": \"mine\", \"do\": {\"notify\": true}}]}");
    press(browser, "Keep");
    until(browser, "they are kept", () -> text(browser, ".view").contains("Of this server"));
  }

  private static void onAPhone(Browser browser) {
    browser.asPhone(390, 844);
    for (String tab : List.of("reports", "vehicle", "webhooks", "rules")) {
      browser.run("location.hash = '#" + tab + "'");
      until(browser, tab, () -> count(browser, ".tabs [aria-current][href='#" + tab + "']") == 1);
      until(browser, tab, () -> count(browser, ".chooser") > 0);
      assertThat(
              browser.number(
                  "return Math.max(document.documentElement.scrollWidth,"
                      + " document.querySelector('main').scrollWidth)"))
          .as(tab)
          .isLessThanOrEqualTo(390);
      browser.screenshot(tab + "-phone");
    }
  }

  private static void write(Browser browser, String text) {
    browser.run("document.querySelector('textarea').value = arguments[0]", text);
  }

  private static void press(Browser browser, String words) {
    browser.run(
        "[...document.querySelectorAll('button')]"
            + ".find((button) => button.textContent === arguments[0]).click()",
        words);
  }

  private static void choose(Browser browser, String name, String value) {
    browser.run(
        """
        const field = document.querySelector(`[name=${arguments[0]}]`);
        field.value = arguments[1];
        field.form.requestSubmit();
        """,
        name,
        value);
  }

  private static String text(Browser browser, String selector) {
    return browser.text("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
  }

  private static int rows(Browser browser) {
    return count(browser, "tbody tr");
  }

  private static int count(Browser browser, String selector) {
    return (int) browser.number("return document.querySelectorAll(arguments[0]).length", selector);
  }

  private static void until(Browser browser, String what, Callable<Boolean> condition) {
    try {
      await(what).atMost(SOON).until(condition);
    } catch (ConditionTimeoutException e) {
      browser.screenshot("reports-failed");
      throw new AssertionError(what + "; console: " + browser.consoleErrors(), e);
    }
  }

  private void importVehicle(RunningServer server) {
    String csv = "plate,plate_color,name,phone,channels\nRC-1024,blue,Express," + PHONE + ",2\n";
    await().atMost(SOON).until(() -> post(server, "vehicles/import", "text/csv", csv) == 200);
  }

  private void report(RunningServer server, String type, Instant at) throws Exception {
    String body =
        """
        {"type": "%s", "severity": "warning", "timestamp": "%s", "deviceId": "%s",
         "location": {"latitude": 31.2, "longitude": 121.5, "speed": 62}}\
        """
            .formatted(type, at, PHONE);
    assertThat(post(server, "events", "application/json", body)).isEqualTo(201);
  }

  private int post(RunningServer server, String path, String type, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/" + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }
}
