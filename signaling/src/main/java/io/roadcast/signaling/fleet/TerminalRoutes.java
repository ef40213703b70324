package io.roadcast.signaling.fleet;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.PlainText;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TerminalCredentials;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.fleet.store.IdentityDraft;
import io.roadcast.fleet.store.TerminalDraft;
import io.roadcast.fleet.store.Terminals;
import io.roadcast.signaling.fleet.FleetRequest.Subject;
import io.roadcast.signaling.fleet.FleetViews.IdentityList;
import io.roadcast.signaling.fleet.FleetViews.IdentityView;
import io.roadcast.signaling.fleet.TerminalReference.Named;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The terminals, known and unknown. */
final class TerminalRoutes {
  private static final String PATH = "/api/v1/terminals";
  private static final String KIND = "terminal";

  private final FleetRecords records;
  private final TerminalCredentials credentials;
  private final TerminalReference reference;
  private final FleetViews views;
  private final FleetRequest request;

  TerminalRoutes(
      FleetRecords records,
      TerminalCredentials credentials,
      TerminalReference reference,
      FleetViews views,
      FleetRequest request) {
    this.records = records;
    this.credentials = credentials;
    this.reference = reference;
    this.views = views;
    this.request = request;
  }

  void install(RoutesConfig routes) {
    routes.get(PATH, this::list);
    routes.post(PATH, this::create);
    routes.get(PATH + "/{id}", this::show);
    routes.patch(PATH + "/{id}", this::change);
    routes.delete(PATH + "/{id}", this::remove);
    routes.get(PATH + "/{id}/identities", this::identities);
    routes.post(PATH + "/{id}/revoke", this::revoke);
  }

  private void list(Context ctx) {
    if (unknown(ctx)) {
      request.require(ctx, Action.VIEW_FLEET, Resource.whole());
      request.answer(
          ctx,
          records.unknownTerminals().list(FleetRequest.query(ctx), request.wish(ctx)),
          views::unknown);
      return;
    }
    var scope = request.scope(ctx, Action.VIEW_FLEET);
    Terminals.Filter filter = new Terminals.Filter(FleetRequest.query(ctx), request.presence(ctx));
    request.answer(
        ctx, records.terminals().list(scope, filter, request.wish(ctx)), views::terminal);
  }

  private static boolean unknown(Context ctx) {
    String text = ctx.queryParam("unknown");
    return switch (text == null ? "false" : text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new ApiException(ErrorCode.INVALID_PARAMETER, "unknown is \"true\" or \"false\".");
    };
  }

  private void create(Context ctx) throws IOException {
    request.identify(ctx);
    Fields fields = request.fields(ctx);
    UUID organization = request.organization(fields);
    request.require(ctx, Action.CHANGE_FLEET, Resource.organization(organization));
    Terminal made =
        request.audited(
            ctx,
            new Subject("terminal.create", KIND, organization, null),
            () -> {
              Optional<String> code = code(fields);
              List<IdentityDraft> identities = new ArrayList<>();
              for (IdentityKind kind : IdentityKind.values()) {
                identities.addAll(said(fields, kind));
              }
              return accepting(
                  code,
                  records
                      .terminals()
                      .create(
                          organization, new TerminalDraft(fields.text("name", null), identities)));
            },
            terminal -> terminal.id().toString());
    request.answerCreated(ctx, PATH + "/" + made.id(), made.revision(), views.terminal(made));
  }

  private static String member(IdentityKind kind) {
    return switch (kind) {
      case PHONE -> "phone";
      case MEDIA_ID -> "media_ids";
      case IMEI -> "imei";
      case ALIAS -> "aliases";
    };
  }

  private static List<IdentityDraft> said(Fields fields, IdentityKind kind) {
    List<String> texts =
        switch (kind) {
          case PHONE, IMEI -> fields.text(member(kind)).map(List::of).orElse(List.of());
          case MEDIA_ID, ALIAS -> fields.texts(member(kind));
        };
    return texts.stream().map(text -> IdentityDraft.of(kind, text)).toList();
  }

  /** A code that the terminal brought along from another platform is never shown again. */
  private static Optional<String> code(Fields fields) {
    return fields
        .text("authentication_code")
        .map(code -> PlainText.required(code, "authentication_code"));
  }

  private Terminal accepting(Optional<String> code, Terminal terminal) {
    code.ifPresent(
        text ->
            records.terminals().acceptCode(terminal.id(), credentials.seal(terminal.id(), text)));
    return terminal;
  }

  private void show(Context ctx) {
    switch (reference.require(ctx, Action.VIEW_FLEET)) {
      case Named.Adopted(Terminal terminal) ->
          request.answer(ctx, terminal.revision(), views.terminal(terminal));
      case Named.Unadopted(var unknown) -> request.answer(ctx, views.unknown(unknown));
    }
  }

  private void change(Context ctx) throws IOException {
    Terminal present = reference.requireAdopted(ctx, Action.CHANGE_FLEET);
    Long version = FleetRequest.version(ctx);
    Fields fields = request.fields(ctx);
    Terminal changed =
        request.audited(
            ctx,
            subject("terminal.change", present),
            () -> {
              Optional<String> code = code(fields);
              return accepting(
                  code,
                  records
                      .terminals()
                      .change(present.id(), version, draft -> changed(fields, draft)));
            },
            terminal -> terminal.id().toString());
    request.answer(ctx, changed.revision(), views.terminal(changed));
  }

  /** The numbers of a kind that the body names are replaced, those of the others stay. */
  private static TerminalDraft changed(Fields fields, TerminalDraft draft) {
    List<IdentityDraft> identities = new ArrayList<>();
    for (IdentityKind kind : IdentityKind.values()) {
      if (fields.has(member(kind))) {
        identities.addAll(said(fields, kind));
      } else {
        draft.identities().stream().filter(each -> each.kind() == kind).forEach(identities::add);
      }
    }
    return new TerminalDraft(fields.text("name", draft.name()), identities);
  }

  private void remove(Context ctx) {
    Named named = reference.require(ctx, Action.CHANGE_FLEET);
    Long version = FleetRequest.version(ctx);
    switch (named) {
      case Named.Adopted(Terminal terminal) ->
          request.audited(
              ctx,
              subject("terminal.remove", terminal),
              () -> records.terminals().remove(terminal.id(), version));
      case Named.Unadopted(var unknown) ->
          request.audited(
              ctx,
              new Subject("terminal.forget", KIND, null, unknown.id().toString()),
              () -> records.unknownTerminals().forget(unknown.id()));
    }
    ctx.status(204);
  }

  private void identities(Context ctx) {
    Terminal terminal = reference.requireAdopted(ctx, Action.VIEW_FLEET);
    request.answer(
        ctx,
        new IdentityList(
            records.terminals().identityHistory(terminal.id()).stream()
                .map(IdentityView::of)
                .toList()));
  }

  private void revoke(Context ctx) {
    Terminal terminal = reference.requireAdopted(ctx, Action.CHANGE_FLEET);
    request.audited(
        ctx,
        subject("terminal.revoke", terminal),
        () -> records.terminals().revokeCode(terminal.id()));
    ctx.status(204);
  }

  static Subject subject(String action, Terminal terminal) {
    return new Subject(action, KIND, terminal.organization(), terminal.id().toString());
  }
}
