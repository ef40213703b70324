package io.roadcast.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsLcLibraryTest {
  private static final byte[] NO_LIBRARY = "no library".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;

  @Test
  void whatIsNoLibraryIsRefused() {
    assertThatThrownBy(() -> AwsLcLibrary.load(new ByteArrayInputStream(NO_LIBRARY)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("AWS-LC can not be loaded");
  }

  @Test
  void whatTheJarWasNotSignedWithIsRefused() throws Exception {
    Path altered = directory.resolve("altered.jar");
    alter(altered);
    try (JarFile jar = new JarFile(altered.toFile());
        InputStream library = jar.getInputStream(new JarEntry(AwsLcLibrary.FILE))) {
      assertThatThrownBy(() -> AwsLcLibrary.load(library))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("AWS-LC can not be loaded")
          .hasCauseInstanceOf(SecurityException.class);
    }
  }

  /** The jar's signatures, and something else in the library's place. */
  private static void alter(Path altered) throws IOException {
    URL library = AwsLcLibrary.class.getResource("/" + AwsLcLibrary.FILE);
    assumeTrue(library != null, "the jar with AWS-LC is not in the class path");
    try (JarFile jar = ((JarURLConnection) library.openConnection()).getJarFile();
        OutputStream file = Files.newOutputStream(altered);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (JarEntry entry : jar.stream().filter(AwsLcLibraryTest::signs).toList()) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        jar.getInputStream(entry).transferTo(zip);
      }
      zip.putNextEntry(new ZipEntry(AwsLcLibrary.FILE));
      zip.write(NO_LIBRARY);
    }
  }

  private static boolean signs(JarEntry entry) {
    return entry.getName().matches("META-INF/[^/]+\\.(MF|SF|RSA)");
  }
}
