package io.roadcast.signaling.http;

import io.javalin.http.Context;
import io.javalin.http.staticfiles.ResourceHandler;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The web client, from the class path below {@code /web}. Browsers ask each time whether a file is
 * still the same (ETag), so that an update shows at once.
 */
public final class WebFiles implements ResourceHandler {
  private static final String ROOT = "/web";

  /** From an artifact beside ours, whose version stands in its own description only. */
  private static final String HLS = "/vendor/hls.js";

  private static final String HLS_ARTIFACT =
      "/META-INF/maven/org.webjars.npm/hls.js/pom.properties";
  private static final String PLAYER = "/player/";
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){1,8}");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
          + " img-src 'self' data: blob:%s; media-src 'self' blob: mediastream:;"
          + " connect-src 'self' ws: wss:; manifest-src 'self'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'self'";

  private record WebFile(byte[] content, String type, String etag) {}

  private final Map<String, WebFile> files = new ConcurrentHashMap<>();
  private final String policy;

  /**
   * @param page says which tile server's pictures the page may load
   */
  public WebFiles(PageSettings page) {
    policy = POLICY.formatted(page.tileOrigin().map(origin -> " " + origin).orElse(""));
  }

  @Override
  public boolean canHandle(Context ctx) {
    return find(ctx.path()) != null;
  }

  @Override
  public boolean handle(Context ctx) {
    WebFile file = find(ctx.path());
    if (file == null) {
      return false;
    }
    ctx.header("Cache-Control", "no-cache");
    ctx.header("ETag", file.etag());
    ctx.header("Content-Security-Policy", policy);
    if (ctx.path().startsWith(PLAYER)) {
      ctx.header("Access-Control-Allow-Origin", "*");
      ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
    }
    String known = ctx.header("If-None-Match");
    if (known != null && known.contains(file.etag())) {
      ctx.status(304);
      return true;
    }
    ctx.contentType(file.type());
    ctx.result(file.content());
    return true;
  }

  @Override
  public boolean addStaticFileConfig(StaticFileConfig config) {
    return false;
  }

  @Override
  public Set<RouteRole> resourceRouteRoles(Context ctx) {
    return Set.of();
  }

  private @Nullable WebFile find(String path) {
    String name = path.equals("/") ? "/index.html" : path;
    WebFile known = files.get(name);
    if (known != null) {
      return known;
    }
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !PATH.matcher(name).matches()) {
      return null;
    }
    WebFile found = load(name, type);
    if (found != null) {
      files.put(name, found);
    }
    return found;
  }

  private static String resource(String name) throws IOException {
    if (!name.equals(HLS)) {
      return ROOT + name;
    }
    try (InputStream in = WebFiles.class.getResourceAsStream(HLS_ARTIFACT)) {
      Properties artifact = new Properties();
      if (in != null) {
        artifact.load(in);
      }
      String version = artifact.getProperty("version");
      return "/META-INF/resources/webjars/hls.js/" + version + "/dist/hls.light.min.js";
    }
  }

  private static @Nullable WebFile load(String name, String type) {
    try (InputStream in = WebFiles.class.getResourceAsStream(resource(name))) {
      if (in == null) {
        return null;
      }
      byte[] content = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return new WebFile(content, type, "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
