package io.roadcast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigLoaderTest {
  @TempDir Path directory;

  @Test
  void fileWinsOverDefaultAndEnvironmentOverFile() throws Exception {
    ServerConfig config =
        load(
            """
            http:
              port: 9000
            jt1078: {port: 7000, sub-port: 7001}
            """,
            Map.of("ROADCAST_JT1078_SUB_PORT", "7002", "PATH", "/bin"));

    assertThat(config.http().port()).isEqualTo(9000);
    assertThat(config.https().port()).isEqualTo(8443);
    assertThat(config.jt1078().port()).isEqualTo(7000);
    assertThat(config.jt1078().subPort()).isEqualTo(7002);
  }

  @Test
  void everyEnvironmentNameOfTheContractSetsItsKey() throws Exception {
    ServerConfig config =
        load(
            "",
            Map.of(
                "ROADCAST_HTTP_PORT", "1",
                "ROADCAST_HTTPS_PORT", "2",
                "ROADCAST_WEBRTC_PORT", "3",
                "ROADCAST_JT1078_PORT", "4",
                "ROADCAST_JT1078_SUB_PORT", "5",
                "ROADCAST_ATTACHMENT_PORT", "6",
                "ROADCAST_DATA_DIRECTORY", "/var/lib/roadcast",
                "ROADCAST_DATABASE_URL", "jdbc:postgresql://db/roadcast",
                "ROADCAST_OPEN_ACCESS", "true"));

    assertThat(config.http().port()).isEqualTo(1);
    assertThat(config.https().port()).isEqualTo(2);
    assertThat(config.webrtc().port()).isEqualTo(3);
    assertThat(config.jt1078().port()).isEqualTo(4);
    assertThat(config.jt1078().subPort()).isEqualTo(5);
    assertThat(config.attachment().port()).isEqualTo(6);
    assertThat(config.dataDirectory()).isEqualTo(Path.of("/var/lib/roadcast"));
    assertThat(config.database().url()).isEqualTo("jdbc:postgresql://db/roadcast");
    assertThat(config.openAccess()).isTrue();
  }

  @Test
  void portsOfPartsThatThisVersionLacksAreReportedNotRefused() throws Exception {
    LoadedConfig loaded =
        ConfigLoader.load(
            null, Map.of("ROADCAST_JT1078_PLAYBACK_PORT", "6613", "ROADCAST_HTTP_PORT", "1"));

    assertThat(loaded.withoutEffect()).containsExactly("ROADCAST_JT1078_PLAYBACK_PORT");
  }

  @ParameterizedTest
  @CsvSource({
    "htp.port, http.port",
    "http.prot, http.port",
    "jt1078.subport, jt1078.sub-port",
    "data-dir, data-directory",
    "webrtc.max-viewer, webrtc.max-viewers",
    "openAccess, open-access",
  })
  void unknownKeyStopsTheStartAndNamesTheNearest(String wrong, String meant) {
    String yaml = "logging:\n  level: info\n" + wrong.replace(".", ":\n  ") + ": 1\n";

    assertThatThrownBy(() -> load(yaml, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("unknown key " + wrong + "; did you mean " + meant + "?")
        .hasMessageContaining("roadcast.yaml, line " + (wrong.contains(".") ? 4 : 3));
  }

  @Test
  void unknownEnvironmentNameStopsTheStartAndNamesTheNearest() {
    assertThatThrownBy(() -> load("", Map.of("ROADCAST_HTTP_PROT", "1")))
        .hasMessage(
            "environment ROADCAST_HTTP_PROT is not known; did you mean ROADCAST_HTTP_PORT?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http: {port: 65536}       | http.port is \"65536\": allowed is 0 to 65535",
        "http: {port: -1}          | http.port is \"-1\": allowed is 0 to 65535",
        "http: {port: web}         | http.port is \"web\": expected is a whole number",
        "http: {port: }            | http.port is empty: expected is a whole number",
        "http: {port: [1]}         | http.port is [1]: one value is expected, not a list",
        "https: {enabled: yes}     | https.enabled is \"yes\": allowed is true, false",
        "streams: {grace: 30}      | streams.grace is \"30\": expected is a duration such as 500ms",
        "streams: {grace: 2h}      | streams.grace is \"2h\": allowed is 0s to 1h",
        "streams: {max-gop-bytes: 8K} | streams.max-gop-bytes is \"8K\": expected is a size such as 8KiB",
        "webrtc: {max-window-bytes: 999999999999999GiB} | allowed is 256KiB to 1GiB",
        "logging: {level: loud}    | logging.level is \"loud\": allowed is error, warn, info, debug",
        "bind-address: example.org | bind-address is \"example.org\": expected is an IP address",
        "webrtc: {public-addresses: ['a b']} | public-addresses are IP addresses or host names, not a b",
        "webrtc: {ice-servers: ['http://x']} | webrtc: not the URL of a STUN or TURN server",
        "database: {url: 'jdbc:h2:x'} | database: url begins with jdbc:postgresql://",
        "http: 8080                | http has keys below it, not a value",
        "https: {key-file: k.pem}  | https: certificate-file and key-file are set together",
      })
  void valueThatDoesNotFitNamesKeyValueAndWhatIsAllowed(String yaml, String complaint) {
    assertThatThrownBy(() -> load(yaml, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(complaint.strip());
  }

  @Test
  void allProblemsAreNamedAtOnceWithTheirPlace() {
    assertThatThrownBy(
            () ->
                load(
                    "http:\n  port: x\n\nhttps:\n  port: y\n", Map.of("ROADCAST_WEBRTC_PORT", "z")))
        .hasMessageContaining("roadcast.yaml, line 2: http.port")
        .hasMessageContaining("roadcast.yaml, line 5: https.port")
        .hasMessageContaining("environment ROADCAST_WEBRTC_PORT: webrtc.port is \"z\"");
  }

  @Test
  void readsDurationsSizesListsAndAddresses() throws Exception {
    ServerConfig config =
        load(
            """
            bind-address: "::1"
            http: {allowed-origins: [https://a.example, https://b.example]}
            streams: {max-gop-bytes: 128KiB}
            webrtc: {connect-timeout: 1500ms, consent-timeout: 2m, max-window-bytes: 1048576}
            """,
            Map.of("ROADCAST_WEBRTC_PUBLIC_ADDRESSES", "media.example, 2001:db8::7"));

    assertThat(config.bindAddress()).isEqualTo(InetAddress.ofLiteral("::1"));
    assertThat(config.streams().maxGopBytes()).isEqualTo(128 << 10);
    assertThat(config.http().allowedOrigins())
        .containsExactly("https://a.example", "https://b.example");
    assertThat(config.webrtc().connectTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.webrtc().consentTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.webrtc().maxWindowBytes()).isEqualTo(1 << 20);
    assertThat(config.webrtc().publicAddresses()).containsExactly("media.example", "2001:db8::7");
  }

  @Test
  void openAccessIsBoundToLoopbackAndRefusedElsewhere() throws Exception {
    assertThat(load("open-access: true", Map.of()).listenAddress().isLoopbackAddress()).isTrue();
    assertThat(load("open-access: true\nbind-address: \"::1\"", Map.of()).listenAddress())
        .isEqualTo(InetAddress.ofLiteral("::1"));
    assertThatThrownBy(() -> load("open-access: true\nbind-address: 0.0.0.0", Map.of()))
        .hasMessageContaining("open-access is true")
        .hasMessageContaining("not 0.0.0.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'http: [1'                 | not YAML",
        "'- a'                      | keys with values are expected",
        "'just text'                | keys with values are expected",
        "'http: {port: 1, port: 2}' | http.port was said before",
        "'http: {allowed-origins: [{a: 1}]}' | http.allowed-origins is a list of plain values",
      })
  void fileThatIsNoConfigurationIsRefused(String yaml, String complaint) {
    assertThatThrownBy(() -> load(yaml, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("roadcast.yaml, line 1")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource({"''", "'# nothing'", "'http:'"})
  void emptyFileAndEmptySectionMeanTheDefaults(String yaml) throws Exception {
    assertThat(load(yaml, Map.of())).isEqualTo(ConfigLoader.load(null, Map.of()).config());
  }

  @Test
  void missingFileIsNamed() {
    Path missing = directory.resolve("missing.yaml");

    assertThatThrownBy(() -> ConfigLoader.load(missing, Map.of()))
        .hasMessage(missing + ": there is no such file");
  }

  @Test
  void secretsAreNotShown() {
    assertThat(new Secret("swordfish").toString()).doesNotContain("swordfish");
    assertThat(new Secret("swordfish").reveal()).isEqualTo("swordfish");
    assertThat(new Secret("").toString()).isEqualTo("(not set)");
  }

  private ServerConfig load(String yaml, Map<String, String> environment) throws Exception {
    Path file = directory.resolve("roadcast.yaml");
    Files.writeString(file, yaml);
    return ConfigLoader.load(file, environment).config();
  }
}
