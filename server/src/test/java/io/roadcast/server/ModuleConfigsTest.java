package io.roadcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.gateway.Jt808Config;
import io.roadcast.jtt.journal.JournalConfig;
import io.roadcast.jtt.jt1078.Jt1078Config;
import io.roadcast.server.config.ConfigException;
import io.roadcast.server.config.ConfigLoader;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.transcode.TranscodeConfig;
import io.roadcast.sfu.transport.SfuConfig;
import io.roadcast.signaling.SignalingConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The defaults that modules have for themselves are those of reference.yaml. */
class ModuleConfigsTest {
  @Test
  void viewersHaveTheDefaultsOfTheReference() throws Exception {
    assertThat(ModuleConfigs.sfu(reference())).isEqualTo(SfuConfig.defaults());
    assertThat(ModuleConfigs.transcode(reference())).isEqualTo(TranscodeConfig.defaults());
  }

  @Test
  void terminalsHaveTheDefaultsOfTheReference() throws ConfigException {
    for (Quality quality : Quality.values()) {
      assertThat(ModuleConfigs.jt1078(reference(), quality)).isEqualTo(Jt1078Config.of(quality));
    }
  }

  @Test
  void theGatewayHasTheDefaultsOfTheReference() throws ConfigException {
    ServerConfig config = reference();
    assertThat(ModuleConfigs.jt808(config)).isEqualTo(Jt808Config.usual());
    assertThat(ModuleConfigs.journal(config))
        .isEqualTo(JournalConfig.in(config.dataDirectory().resolve("journal")));
  }

  @Test
  void clientsHaveTheDefaultsOfTheReference() throws ConfigException {
    ServerConfig config = reference();
    assertThat(ModuleConfigs.signaling(config))
        .isEqualTo(SignalingConfig.defaults(config.dataDirectory()));
  }

  private static ServerConfig reference() throws ConfigException {
    return ConfigLoader.load(null, Map.of()).config();
  }
}
