package io.roadcast.signaling.fleet;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.ImportResult;
import io.roadcast.fleet.store.ImportRow;
import io.roadcast.fleet.store.VehicleImport;
import io.roadcast.signaling.fleet.FleetRequest.Subject;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Takes in a whole fleet as a file. */
final class VehicleImportRoute {
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_LINES = 50_000;

  private final VehicleImport vehicleImport;
  private final FleetRequest request;

  /** One after the other: two at once would only be in each other's way. */
  private final Semaphore turn = new Semaphore(1);

  record FailureView(int line, String code, String detail) {}

  record ResultView(
      int created, int updated, int unchanged, int failed, List<FailureView> errors, long tookMs) {
    static ResultView of(ImportResult result) {
      return new ResultView(
          result.created(),
          result.updated(),
          result.unchanged(),
          result.failed(),
          result.errors().stream()
              .map(
                  failure ->
                      new FailureView(
                          failure.line(), ErrorCode.of(failure.problem()).name(), failure.detail()))
              .toList(),
          result.took().toMillis());
    }
  }

  VehicleImportRoute(VehicleImport vehicleImport, FleetRequest request) {
    this.vehicleImport = vehicleImport;
    this.request = request;
  }

  void install(RoutesConfig routes) {
    routes.post("/api/v1/vehicles/import", this::take);
  }

  private void take(Context ctx) throws IOException {
    request.identify(ctx);
    UUID organization = organization(ctx);
    request.require(ctx, Action.CHANGE_FLEET, Resource.organization(organization));
    if (!MediaTypes.is(ctx.contentType(), "text/csv")) {
      throw new ApiException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: text/csv is expected here.");
    }
    List<ImportRow> rows = rows(CsvReader.of(request.body(ctx, MAX_BYTES)));
    if (!turn.tryAcquire()) {
      throw new ApiException(ErrorCode.RATE_LIMITED, "Another import is running.");
    }
    try {
      ImportResult result =
          request.audited(
              ctx,
              new Subject("vehicle.import", "vehicle", organization, null),
              () -> vehicleImport.run(organization, rows, () -> true),
              done -> rows.size() + " lines");
      request.answer(ctx, ResultView.of(result));
    } finally {
      turn.release();
    }
  }

  private UUID organization(Context ctx) {
    String text = ctx.queryParam("organization");
    if (text == null || text.isEmpty()) {
      return request.usualOrganization();
    }
    return Fields.asUuid(text)
        .orElseThrow(
            () -> new ApiException(ErrorCode.INVALID_PARAMETER, "organization is the id of one."));
  }

  private static List<ImportRow> rows(CsvReader reader) {
    CsvReader.Line header = reader.next();
    if (header == null) {
      throw new ApiException(ErrorCode.INVALID_BODY, "The file is empty.");
    }
    VehicleColumns columns = new VehicleColumns(header);
    List<ImportRow> rows = new ArrayList<>();
    for (CsvReader.Line line = reader.next(); line != null; line = reader.next()) {
      rows.add(columns.row(line));
      if (rows.size() > MAX_LINES) {
        throw new ApiException(
            ErrorCode.BODY_TOO_LARGE, "At most " + MAX_LINES + " lines are taken at once.");
      }
    }
    return rows;
  }
}
