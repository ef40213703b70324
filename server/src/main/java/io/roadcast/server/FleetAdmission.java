package io.roadcast.server;

import io.roadcast.fleet.IdentityResolver;
import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.TerminalCredentials;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.fleet.store.Sighting;
import io.roadcast.jtt.gateway.Admission;
import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Registration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets terminals in as the fleet knows them. With an open door everybody comes in and becomes part
 * of the fleet; else only terminals that are known, with the code that they were given, and others
 * are written down to be adopted. Decides out of memory, so it works while the database is away.
 */
final class FleetAdmission implements Admission {
  /** Who comes in. */
  enum Door {
    OPEN,
    KNOWN
  }

  private static final Logger LOG = LoggerFactory.getLogger(FleetAdmission.class);

  private final Door door;
  private final FleetRecords fleet;
  private final TerminalCredentials credentials;

  FleetAdmission(Door door, FleetRecords fleet, TerminalCredentials credentials) {
    this.door = door;
    this.fleet = fleet;
    this.credentials = credentials;
  }

  @Override
  public CompletionStage<Registered> register(Applicant applicant, Registration registration) {
    return CompletableFuture.completedFuture(registered(applicant, facts(applicant, registration)));
  }

  private Registered registered(Applicant applicant, TerminalFacts facts) {
    return switch (resolve(applicant)) {
      case Resolution.Known(KnownTerminal known) -> {
        fleet.observations().said(known.id(), facts);
        yield Registered.with(credentials.codeFor(known));
      }
      case Resolution.Ambiguous ambiguous -> {
        LOG.warn("[jt808 {}] TERMINAL_AMBIGUOUS: {}", applicant.terminal(), ambiguous.terminals());
        yield Registered.refused(Registered.TERMINAL_TAKEN);
      }
      case Resolution.Unknown _ -> stranger(applicant, facts);
    };
  }

  private Registered stranger(Applicant applicant, TerminalFacts facts) {
    noted(applicant, facts);
    return switch (door) {
      // With an open door any code does; the terminal's number is one that it gets again.
      case OPEN -> Registered.with(applicant.terminal());
      case KNOWN -> Registered.refused(Registered.NO_SUCH_TERMINAL);
    };
  }

  @Override
  public CompletionStage<Verdict> authenticate(Applicant applicant, Authentication authentication) {
    return CompletableFuture.completedFuture(verdict(applicant, authentication));
  }

  private Verdict verdict(Applicant applicant, Authentication authentication) {
    TerminalFacts facts = facts(applicant, authentication);
    return switch (resolve(applicant)) {
      case Resolution.Known(KnownTerminal known) -> {
        boolean welcome =
            door == Door.OPEN || credentials.accepts(known, authentication.code().value());
        if (welcome) {
          fleet.observations().said(known.id(), facts);
        }
        yield welcome ? Verdict.WELCOME : Verdict.REFUSED;
      }
      case Resolution.Ambiguous _ -> door == Door.OPEN ? Verdict.WELCOME : Verdict.REFUSED;
      case Resolution.Unknown _ -> {
        noted(applicant, facts);
        if (door == Door.OPEN) {
          yield Verdict.WELCOME;
        }
        yield identities().loaded() ? Verdict.REFUSED : Verdict.UNDECIDED;
      }
    };
  }

  @Override
  public void loggedOff(String terminal) {
    // The code belongs to the terminal until it gets another generation.
  }

  private IdentityResolver identities() {
    return fleet.identities();
  }

  private Resolution resolve(Applicant applicant) {
    return identities().byPhone(applicant.terminal(), applicant.phone().raw().toArray());
  }

  private void noted(Applicant applicant, TerminalFacts facts) {
    Sighting sighting =
        Sighting.ofPhone(
            applicant.phone().raw().toArray(),
            applicant.from().getAddress().getHostAddress(),
            facts);
    switch (door) {
      case OPEN -> fleet.newcomers().add(sighting);
      case KNOWN -> fleet.observations().seen(sighting);
    }
  }

  private static TerminalFacts facts(Applicant applicant, Registration said) {
    return new TerminalFacts(
        Integer.toString(applicant.version().year()),
        said.manufacturer().value(),
        said.model().value(),
        said.terminalId().value(),
        null,
        said.plateColor() == 0 ? null : said.plate().value(),
        PlateColor.ofCode(said.plateColor()).orElse(null),
        null);
  }

  private static TerminalFacts facts(Applicant applicant, Authentication said) {
    return new TerminalFacts(
        Integer.toString(applicant.version().year()),
        null,
        null,
        null,
        value(said.softwareVersion()),
        null,
        null,
        value(said.imei()));
  }

  private static @Nullable String value(@Nullable GbkText text) {
    return Optional.ofNullable(text).map(GbkText::value).filter(s -> !s.isBlank()).orElse(null);
  }
}
