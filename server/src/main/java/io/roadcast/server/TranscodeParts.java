package io.roadcast.server;

import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.PictureMetrics;
import io.roadcast.server.observe.TranscodeMetrics;
import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.transcode.PictureProfile;
import io.roadcast.sfu.transcode.SoundRenditions;
import io.roadcast.sfu.transcode.TranscodeConfig;
import io.roadcast.sfu.transcode.TranscodedPictures;
import io.roadcast.sfu.transcode.Transcoders;
import java.util.List;

/** What brings sound and pictures into what browsers take. */
final class TranscodeParts {
  private final KnownSounds sounds;
  private final SoundRenditions renditions;
  private final RecordedShare recorded;
  private final TranscodedPictures pictures;

  TranscodeParts(
      ServerConfig config, Parts parts, Metrics metrics, Router router, RtpBlockPool pool)
      throws StartException {
    sounds = new KnownSounds(config.transcode().sounds());
    List<PictureProfile> profiles = profiles(config.transcode().profiles());
    TranscodeConfig wanted = ModuleConfigs.transcode(config);
    Transcoders transcoders = parts.add("transcoders", new Transcoders(wanted));
    renditions = new SoundRenditions(transcoders, wanted, pool, sounds::of);
    router.addListener(renditions);
    recorded = new RecordedShare(renditions, config.transcode().maxJobs() / 2);
    metrics.add(new TranscodeMetrics(transcoders));
    Transcoders ofPictures =
        parts.add("picture transcoders", new Transcoders(ModuleConfigs.transcodePictures(config)));
    pictures =
        new TranscodedPictures(ofPictures, profiles, router, ModuleConfigs.router(config), pool);
    metrics.add(new PictureMetrics(ofPictures, pictures));
  }

  private static List<PictureProfile> profiles(List<String> entries) throws StartException {
    try {
      return entries.stream().map(PictureProfile::parse).toList();
    } catch (IllegalArgumentException unfit) {
      throw new StartException("transcode.profiles: " + unfit.getMessage(), unfit);
    }
  }

  KnownSounds sounds() {
    return sounds;
  }

  Renditions renditions() {
    return renditions;
  }

  /** The part of it that recordings may have. */
  Renditions recorded() {
    return recorded;
  }

  PictureRenditions pictures() {
    return pictures;
  }
}
