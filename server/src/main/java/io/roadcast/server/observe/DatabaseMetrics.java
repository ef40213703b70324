package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.fleet.database.Database;

/** The database as this node sees it. */
public final class DatabaseMetrics implements MultiCollector {
  private final Database database;

  public DatabaseMetrics(Database database) {
    this.database = database;
  }

  @Override
  public MetricSnapshots collect() {
    Database.Statistics now = database.statistics();
    Samples samples = new Samples();
    samples.gauge("database_up", "1 while the database can be asked", now.ready() ? 1 : 0);
    samples.counter("database_outages", "How often the database went away", now.outages());
    String help = "Connections of the pool";
    samples.gauge("database_connections", help, now.active(), "state", "active");
    samples.gauge("database_connections", help, now.idle(), "state", "idle");
    samples.gauge(
        "database_waiting", "Threads that wait for a connection to the database", now.waiting());
    return samples.snapshots();
  }
}
