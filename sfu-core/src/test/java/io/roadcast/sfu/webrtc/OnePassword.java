package io.roadcast.sfu.webrtc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.ice4j.security.CredentialsAuthority;

/** Tells ice4j one user name and its password. */
record OnePassword(String username, String password) implements CredentialsAuthority {
  @Override
  public byte[] getLocalKey(String name) {
    return name.equals(username) ? password.getBytes(US_ASCII) : new byte[0];
  }

  @Override
  public byte[] getRemoteKey(String name, String media) {
    return getLocalKey(name);
  }

  @Override
  public boolean checkLocalUserName(String name) {
    return name.equals(username);
  }
}
