package io.roadcast.fleet.store;

import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.IdentityResolver;
import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fleet of this server: its records, and the {@link IdentityResolver} that is kept in step with
 * them. What this process changes is known there when the call returns; what another node changed,
 * within a minute.
 */
public final class FleetRecords implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FleetRecords.class);
  private static final Duration RELOAD_INTERVAL = Duration.ofMinutes(1);

  /** From here on reading everything is cheaper. */
  private static final int MANY = 2000;

  private static final String SELECT =
      """
      SELECT t.id, t.organization_id, t.code_generation, t.given_code_mac, i.vehicle_id, v.plate,
        n.kind, n.digits
      FROM terminal t
      LEFT JOIN installation i ON i.terminal_id = t.id AND i.installed_to IS NULL
      LEFT JOIN vehicle v ON v.id = i.vehicle_id
      LEFT JOIN terminal_identity n ON n.terminal_id = t.id AND n.valid_to IS NULL
      """;

  private final Database database;
  private final IdentityResolver identities = new IdentityResolver();
  private final Object loading = new Object();
  private final Organizations organizations;
  private final Groups groups;
  private final Vehicles vehicles;
  private final Terminals terminals;
  private final Channels channels;
  private final UnknownTerminals unknownTerminals;
  private final AuditTrail audit;
  private final TerminalObservations observations;
  private final Enrolment enrolment;
  private final Newcomers newcomers;
  private final VehicleImport vehicleImport;
  private final Thread loader;
  private volatile boolean stale = true;
  private volatile boolean asked;
  private volatile boolean closed;

  public static FleetRecords open(Database database) {
    FleetRecords records = new FleetRecords(database, InstantSource.system());
    records.loader.start();
    database.onReady(records::reloadSoon);
    return records;
  }

  private FleetRecords(Database database, InstantSource clock) {
    this.database = database;
    this.organizations = new Organizations(database);
    this.groups = new Groups(database);
    this.vehicles = new Vehicles(database, this::reload);
    this.terminals = new Terminals(database, this::reload);
    this.channels = new Channels(database);
    this.unknownTerminals = new UnknownTerminals(database, this::reload);
    this.audit = new AuditTrail(database);
    this.observations = new TerminalObservations(database, clock);
    PlannerStatistics statistics = new PlannerStatistics(database);
    this.enrolment = new Enrolment(database, statistics, this::reload);
    this.newcomers = new Newcomers(enrolment);
    this.vehicleImport = new VehicleImport(database, statistics, this::reload);
    this.loader = Thread.ofPlatform().daemon().name("fleet-identities").unstarted(this::load);
  }

  public IdentityResolver identities() {
    return identities;
  }

  public Organizations organizations() {
    return organizations;
  }

  public Groups groups() {
    return groups;
  }

  public Vehicles vehicles() {
    return vehicles;
  }

  public Terminals terminals() {
    return terminals;
  }

  public Channels channels() {
    return channels;
  }

  public UnknownTerminals unknownTerminals() {
    return unknownTerminals;
  }

  public AuditTrail audit() {
    return audit;
  }

  public TerminalObservations observations() {
    return observations;
  }

  public Enrolment enrolment() {
    return enrolment;
  }

  public Newcomers newcomers() {
    return newcomers;
  }

  public VehicleImport vehicleImport() {
    return vehicleImport;
  }

  private void reloadSoon() {
    stale = true;
    asked = true;
    LockSupport.unpark(loader);
  }

  private void load() {
    while (!closed) {
      asked = false;
      try {
        if (database.problem().isEmpty()) {
          if (stale) {
            organizations.ensureOne();
          }
          reloadAll();
        }
      } catch (DatabaseUnavailableException away) {
        stale = true;
      } catch (RuntimeException mistake) {
        LOG.error("the fleet can not be read", mistake);
      }
      // Asking the database may have used up the permit that came with the wish.
      if (!closed && !asked) {
        LockSupport.parkNanos(RELOAD_INTERVAL.toNanos());
      }
    }
  }

  private void reloadAll() {
    synchronized (loading) {
      // What changes from here on is told again, and so waits for this lock.
      List<IdentityResolver.Entry> all = database.withHandle(handle -> read(handle, null));
      identities.replaceAll(all);
      stale = false;
    }
  }

  /** One after the other, so that an older reading never replaces a newer one. */
  private void reload(Collection<UUID> changed) {
    if (changed.size() > MANY) {
      reloadAllNow();
      return;
    }
    synchronized (loading) {
      try {
        identities.replace(changed, database.withHandle(handle -> read(handle, changed)));
      } catch (DatabaseUnavailableException away) {
        stale = true;
      }
    }
  }

  private void reloadAllNow() {
    try {
      reloadAll();
    } catch (DatabaseUnavailableException away) {
      stale = true;
    }
  }

  private static List<IdentityResolver.Entry> read(
      Handle handle, @Nullable Collection<UUID> terminals) {
    Map<UUID, Building> found = new LinkedHashMap<>();
    var query =
        terminals == null
            ? handle.createQuery(SELECT)
            : handle
                .createQuery(SELECT + " WHERE t.id = ANY(:ids)")
                .bind("ids", terminals.toArray(UUID[]::new));
    query
        .setFetchSize(5000)
        .map(FleetRecords::map)
        .forEach(row -> found.computeIfAbsent(row.id, id -> new Building(row)).add(row));
    return found.values().stream().map(Building::entry).toList();
  }

  private record Row(
      UUID id,
      UUID organization,
      int codeGeneration,
      byte @Nullable [] givenCodeMac,
      @Nullable UUID vehicle,
      @Nullable String plate,
      @Nullable String kind,
      @Nullable String digits) {}

  private static Row map(ResultSet row, StatementContext context) throws SQLException {
    return new Row(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "organization_id"),
        row.getInt("code_generation"),
        row.getBytes("given_code_mac"),
        Rows.optionalUuid(row, "vehicle_id"),
        Rows.optionalText(row, "plate"),
        Rows.optionalText(row, "kind"),
        Rows.optionalText(row, "digits"));
  }

  /** Collects the rows of one terminal. */
  private static final class Building {
    private final Row first;
    private final Map<IdentityKind, String> names = new EnumMap<>(IdentityKind.class);
    private final Set<String> numbers = new HashSet<>();
    private final Set<String> imeis = new HashSet<>();

    Building(Row first) {
      this.first = first;
    }

    void add(Row row) {
      if (row.kind == null || row.digits == null) {
        return;
      }
      IdentityKind kind = IdentityKind.ofLabel(row.kind);
      names.putIfAbsent(kind, row.digits);
      switch (kind) {
        case PHONE, MEDIA_ID -> numbers.add(row.digits);
        case IMEI -> imeis.add(row.digits);
        case ALIAS -> {
          numbers.add(row.digits);
          imeis.add(row.digits);
        }
      }
    }

    IdentityResolver.Entry entry() {
      // In the order of the kinds: its phone number if it has one.
      String digits = names.isEmpty() ? "0" : names.values().iterator().next();
      KnownTerminal terminal =
          new KnownTerminal(
              first.id,
              first.organization,
              digits,
              first.vehicle,
              first.plate,
              first.codeGeneration,
              first.givenCodeMac);
      return new IdentityResolver.Entry(terminal, numbers, imeis);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(loader);
    observations.close();
    newcomers.close();
    try {
      loader.join(Duration.ofSeconds(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
