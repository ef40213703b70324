package io.roadcast.jtt.multimedia;

import java.util.Locale;

/** How the bytes of a file are to be read, by what the terminal says of them. */
public enum MediaFormat {
  JPEG("jpg", "image/jpeg"),
  TIFF("tif", "image/tiff"),
  MP3("mp3", "audio/mpeg"),
  WAV("wav", "audio/wav"),
  WMV("wmv", "video/x-ms-wmv"),
  /** A number that the standard does not know. */
  OTHER("bin", "application/octet-stream");

  private final String extension;
  private final String contentType;

  MediaFormat(String extension, String contentType) {
    this.extension = extension;
    this.contentType = contentType;
  }

  /**
   * @param number of the message
   */
  public static MediaFormat of(int number) {
    return number >= 0 && number < OTHER.ordinal() ? values()[number] : OTHER;
  }

  /** Of file names, without the dot. */
  public String extension() {
    return extension;
  }

  public String contentType() {
    return contentType;
  }

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
