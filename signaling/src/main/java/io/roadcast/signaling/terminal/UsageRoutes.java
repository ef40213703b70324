package io.roadcast.signaling.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.live.BudgetStore.Kind;
import io.roadcast.jtt.live.DataBudgets;
import io.roadcast.jtt.live.DataUsage;
import io.roadcast.signaling.fleet.TerminalReference;
import io.roadcast.signaling.fleet.TerminalReference.Named;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.MediaTypes;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.http.RouteSet;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How much data terminals have used, and how much they and organizations may. */
final class UsageRoutes {
  private static final String TERMINAL = "/api/v1/terminals/{id}/usage";
  private static final String ORGANIZATION = "/api/v1/organizations/{id}/usage";
  private static final String MEMBER = "monthly_bytes";

  /** An exabyte: more would be a mistake. */
  private static final long MOST_BYTES = 1L << 60;

  private final DataUsage usage;
  private final DataBudgets budgets;
  private final FleetRecords records;
  private final TerminalReference reference;
  private final RouteSet.Tools tools;
  private final Audit audit;

  UsageRoutes(
      DataUsage usage,
      DataBudgets budgets,
      FleetRecords records,
      TerminalReference reference,
      RouteSet.Tools tools) {
    this.usage = usage;
    this.budgets = budgets;
    this.records = records;
    this.reference = reference;
    this.tools = tools;
    this.audit = new Audit(records, tools.gate());
  }

  void install(RoutesConfig routes) {
    routes.get(TERMINAL, this::ofTerminal);
    routes.patch(TERMINAL, this::changeTerminal);
    routes.get(ORGANIZATION, this::ofOrganization);
    routes.patch(ORGANIZATION, this::changeOrganization);
  }

  private void ofTerminal(Context ctx) {
    switch (reference.require(ctx, Action.VIEW_FLEET)) {
      case Named.Adopted(Terminal terminal) ->
          showTerminal(
              ctx, NamedTerminals.called(terminal).digits(), budgets.ofTerminal(terminal.id()));
      case Named.Unadopted(var unknown) -> showTerminal(ctx, unknown.digits(), budgets.usual());
    }
  }

  private void showTerminal(Context ctx, String digits, long budget) {
    YearMonth month = month(ctx);
    write(
        ctx,
        month == null
            ? UsageView.now(usage.month(digits), budget)
            : UsageView.past(usage.of(month, digits)));
  }

  private void changeTerminal(Context ctx) throws IOException {
    Terminal terminal = reference.requireAdopted(ctx, Action.CHANGE_FLEET);
    String digits = NamedTerminals.called(terminal).digits();
    Long bytes = monthlyBytes(ctx);
    budgets.set(Kind.TERMINAL, terminal.id(), bytes);
    audit.done(
        ctx,
        "terminal.budget",
        new Audit.Subject(terminal.organization(), "terminal", terminal.id().toString()),
        MEMBER + "=" + bytes);
    write(ctx, UsageView.now(usage.month(digits), budgets.ofTerminal(terminal.id())));
  }

  private void ofOrganization(Context ctx) {
    UUID id = organization(ctx, Action.VIEW_FLEET);
    YearMonth month = month(ctx);
    write(
        ctx,
        month == null
            ? organizationNow(id)
            : UsageView.past(usage.of(month, terminal -> budgets.belongsTo(terminal, id))));
  }

  private void changeOrganization(Context ctx) throws IOException {
    UUID id = organization(ctx, Action.CHANGE_FLEET);
    Long bytes = monthlyBytes(ctx);
    budgets.set(Kind.ORGANIZATION, id, bytes);
    audit.done(
        ctx,
        "organization.budget",
        new Audit.Subject(id, "organization", id.toString()),
        MEMBER + "=" + bytes);
    write(ctx, organizationNow(id));
  }

  private UsageView organizationNow(UUID id) {
    return UsageView.now(usage.currentMonth(), budgets.bytesOf(id), budgets.ofOrganization(id));
  }

  private UUID organization(Context ctx, Action action) {
    tools.gate().identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.ORGANIZATION_NOT_FOUND);
    tools.gate().require(ctx, action, Resource.organization(id));
    if (records.organizations().find(id).isEmpty()) {
      throw new ApiException(ErrorCode.ORGANIZATION_NOT_FOUND, "There is no such organization.");
    }
    return id;
  }

  /** {@code ?month=2026-01}; null for the present one. */
  private @Nullable YearMonth month(Context ctx) {
    String text = ctx.queryParam("month");
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      YearMonth month = YearMonth.parse(text);
      return month.equals(usage.currentMonth()) ? null : month;
    } catch (DateTimeException e) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER, "month is a year and a month such as 2026-01.");
    }
  }

  private @Nullable Long monthlyBytes(Context ctx) throws IOException {
    if (!MediaTypes.is(ctx.contentType(), "application/json")
        && !MediaTypes.is(ctx.contentType(), "application/merge-patch+json")) {
      throw new ApiException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: application/json is expected here.");
    }
    byte[] bytes = tools.bodies().read(ctx, RequestBody.MAX_JSON_BYTES);
    JsonNode value = tools.json().readObject(bytes, ErrorCode.INVALID_BODY).path(MEMBER);
    if (value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < 0
        || value.asLong() > MOST_BYTES) {
      throw new ApiException(
          ErrorCode.INVALID_BODY,
          "\"" + MEMBER + "\" is a number of bytes, 0 for no limit, or null.");
    }
    return value.asLong();
  }

  private void write(Context ctx, Object body) {
    ctx.result(tools.json().write(body));
    ctx.contentType("application/json");
  }
}
