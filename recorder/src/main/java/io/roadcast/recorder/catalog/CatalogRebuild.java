package io.roadcast.recorder.catalog;

import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.Tier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the catalogue anew from what stands beside files and objects. What is already known keeps
 * its hold; nothing is deleted until somebody confirms.
 */
public final class CatalogRebuild {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogRebuild.class);
  private static final int BATCH = 500;

  private final RecordingCatalog catalog;
  private final DeletionSwitch deletion;
  private final Tier tier;

  /**
   * @param found segments whose sidecar was read
   * @param unfinished those among them that the next start of the server has to repair
   * @param unreadable segments without a sidecar that can be read
   */
  public record Result(long found, long unfinished, long unreadable) {}

  public CatalogRebuild(RecordingCatalog catalog, DeletionSwitch deletion, Tier tier) {
    this.catalog = catalog;
    this.deletion = deletion;
    this.tier = tier;
  }

  /**
   * Blocks, for long if there is much.
   *
   * @throws IOException if a place can not be searched
   */
  public Result run() throws IOException {
    deletion.suspend("the catalogue was made anew");
    Collector collector = new Collector();
    tier.visit(collector);
    collector.flush();
    return new Result(collector.found, collector.unfinished, collector.unreadable);
  }

  private final class Collector implements Tier.Visitor {
    private final List<Segment> batch = new ArrayList<>();
    private long found;
    private long unfinished;
    private long unreadable;

    @Override
    public void found(Sidecar sidecar) {
      found++;
      if (sidecar.segment().state() == SegmentState.RECORDING) {
        unfinished++;
      }
      batch.add(sidecar.segment());
      if (batch.size() == BATCH) {
        flush();
      }
    }

    @Override
    public void unreadable(String name, IOException failure) {
      unreadable++;
      LOG.warn("[recorder] {} stays out of the catalogue: {}", name, failure.getMessage());
    }

    void flush() {
      if (!batch.isEmpty()) {
        catalog.put(batch);
        batch.clear();
      }
    }
  }
}
