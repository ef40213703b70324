package io.roadcast.signaling.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.events.store.EventQuery;
import io.roadcast.events.store.EventReports;
import io.roadcast.events.store.EventReports.By;
import io.roadcast.events.store.EventReports.Line;
import io.roadcast.events.store.EventReports.Order;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.RequestParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many events there were: of whom, of what, when; as JSON or CSV. */
final class EventReportRoutes {
  private static final Duration USUAL = Duration.ofDays(7);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final String HEAD =
      "key,events,info,warning,critical,false_alarms,kilometres,per_100_km\r\n";

  private final EventReports reports;
  private final EventRequest request;

  /** The form of the answer. */
  private enum Form {
    JSON,
    CSV;

    static Form ofLabel(String label) {
      return switch (label) {
        case "json" -> JSON;
        case "csv" -> CSV;
        default -> throw new IllegalArgumentException("it is json or csv");
      };
    }
  }

  EventReportRoutes(EventReports reports, EventRequest request) {
    this.reports = reports;
    this.request = request;
  }

  void install(RoutesConfig routes) {
    routes.get("/api/v1/event-reports", this::count);
  }

  private void count(Context ctx) {
    EventQuery query = bounded(request.query(ctx));
    By by = EventRequest.parameter(ctx, "by", By::ofLabel);
    Order order = EventRequest.parameter(ctx, "order", Order::ofLabel);
    Form form = EventRequest.parameter(ctx, "format", Form::ofLabel);
    List<Line> lines =
        reports.count(
            query,
            by == null ? By.VEHICLE : by,
            order == null ? Order.COUNT : order,
            RequestParameters.limit(ctx));
    if (form == Form.CSV) {
      ctx.result(csv(lines));
      ctx.contentType("text/csv; charset=utf-8");
      ctx.header("Content-Disposition", "attachment; filename=\"events.csv\"");
    } else {
      ctx.result(json(query, lines).toString());
      ctx.contentType("application/json");
    }
  }

  private static EventQuery bounded(EventQuery query) {
    Instant to = query.to() == null ? Instant.now() : query.to();
    Instant from = query.from() == null ? to.minus(USUAL) : query.from();
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER,
          "from is before to, by " + LONGEST.toDays() + " days at most.");
    }
    return query.between(from, to);
  }

  private static ObjectNode json(EventQuery query, List<Line> lines) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("from", String.valueOf(query.from()));
    answer.put("to", String.valueOf(query.to()));
    ArrayNode items = answer.putArray("items");
    lines.forEach(line -> items.add(json(line)));
    return answer;
  }

  private static ObjectNode json(Line line) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    if (line.key() != null) {
      out.put("key", line.key());
    }
    out.put("events", line.events())
        .put("info", line.info())
        .put("warning", line.warning())
        .put("critical", line.critical())
        .put("false_alarms", line.falseAlarms());
    if (line.kilometres() != null) {
      out.put("kilometres", line.kilometres());
    }
    Double rate = line.perHundredKilometres();
    if (rate != null) {
      out.put("per_100_km", rate);
    }
    return out;
  }

  /** RFC 4180; keys are ids, numbers and names of ours, which need no quotes. */
  private static String csv(List<Line> lines) {
    StringBuilder out = new StringBuilder(HEAD);
    for (Line line : lines) {
      out.append(line.key() == null ? "" : line.key()).append(',');
      out.append(line.events()).append(',').append(line.info()).append(',');
      out.append(line.warning()).append(',').append(line.critical()).append(',');
      out.append(line.falseAlarms()).append(',');
      out.append(text(line.kilometres())).append(',');
      out.append(text(line.perHundredKilometres())).append("\r\n");
    }
    return out.toString();
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }
}
