package io.roadcast.server;

import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.TranscodeMetrics;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.transcode.SoundRenditions;
import io.roadcast.sfu.transcode.TranscodeConfig;
import io.roadcast.sfu.transcode.Transcoders;

/** What brings sound into codecs that browsers take. */
final class TranscodeParts {
  private final KnownSounds sounds;
  private final SoundRenditions renditions;

  TranscodeParts(
      ServerConfig config, Parts parts, Metrics metrics, Router router, RtpBlockPool pool)
      throws StartException {
    sounds = new KnownSounds(config.transcode().sounds());
    TranscodeConfig wanted = ModuleConfigs.transcode(config);
    Transcoders transcoders = parts.add("transcoders", new Transcoders(wanted));
    renditions = new SoundRenditions(transcoders, wanted, pool, sounds::of);
    router.addListener(renditions);
    metrics.add(new TranscodeMetrics(transcoders));
  }

  KnownSounds sounds() {
    return sounds;
  }

  Renditions renditions() {
    return renditions;
  }
}
