package io.roadcast.signaling;

import io.javalin.config.JettyConfig;
import io.roadcast.signaling.http.HttpLayerProblems;
import io.roadcast.signaling.http.Json;
import java.io.IOException;
import java.security.KeyStore;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The ports for HTTP and HTTPS. */
final class Listeners {
  private static final int MAX_REQUEST_HEADER_BYTES = 16 * 1024;

  private final SignalingConfig config;
  private final Json json;
  private final @Nullable KeyStore keys;
  private @Nullable ServerConnector http;
  private @Nullable ServerConnector https;

  Listeners(SignalingConfig config, Json json) throws IOException {
    this.config = config;
    this.json = json;
    this.keys = config.httpsPort() == SignalingConfig.OFF ? null : HttpsKeys.open(config);
  }

  void install(JettyConfig jetty) {
    jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setRequestHeaderSize(MAX_REQUEST_HEADER_BYTES);
          // A connection that stays open would keep 98 KB of header lines it has parsed before.
          http.setHeaderCacheSize(0);
        });
    jetty.modifyServer(server -> server.setErrorHandler(new HttpLayerProblems(json)));
    if (config.httpPort() != SignalingConfig.OFF) {
      jetty.addConnector(
          (server, settings) -> {
            HttpConfiguration plain = new HttpConfiguration(settings);
            ServerConnector made = new ServerConnector(server, new HttpConnectionFactory(plain));
            http = made;
            return configured(made, config.httpPort());
          });
    }
    KeyStore store = keys;
    if (store != null) {
      jetty.addConnector(
          (server, settings) -> {
            ServerConnector made = secure(server, settings, store);
            https = made;
            return configured(made, config.httpsPort());
          });
    }
  }

  int httpPort() {
    return http == null ? config.httpPort() : http.getLocalPort();
  }

  int httpsPort() {
    return https == null ? config.httpsPort() : https.getLocalPort();
  }

  private ServerConnector configured(ServerConnector connector, int port) {
    connector.setHost(config.bindAddress());
    connector.setPort(port);
    connector.setIdleTimeout(config.limits().idleTimeout().toMillis());
    return connector;
  }

  private static ServerConnector secure(Server server, HttpConfiguration settings, KeyStore store) {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStore(store);
    ssl.setKeyStorePassword("");
    ssl.setSniRequired(false);
    HttpConfiguration secure = new HttpConfiguration(settings);
    SecureRequestCustomizer customizer = new SecureRequestCustomizer();
    customizer.setSniHostCheck(false);
    secure.addCustomizer(customizer);
    return new ServerConnector(
        server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(secure));
  }
}
