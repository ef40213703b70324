package io.roadcast.sfu.udp;

import io.roadcast.sfu.webrtc.IceCredentials;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All workers' viewers: by the fragment that their checks name, and by proved address for datagrams
 * that reach another worker than the viewer's own (a viewer that changed its address is spread to
 * another socket of the port). Any thread.
 */
public final class ViewerDirectory {
  private final ConcurrentHashMap<String, Viewer> byUfrag = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<PeerAddress, Viewer> byAddress = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<PeerAddress, ConnectionPath> connections =
      new ConcurrentHashMap<>();

  private final DialledPeers dialled = new DialledPeers();

  /** Those that are no viewers, as this server went to them itself. */
  public DialledPeers dialled() {
    return dialled;
  }

  /** A connection is open: what is sent to its address goes there. */
  public void opened(ConnectionPath connection) {
    connections.put(connection.address(), connection);
  }

  public void closed(ConnectionPath connection) {
    connections.remove(connection.address(), connection);
  }

  /** The connection of an address of TCP. */
  ConnectionPath connection(PeerAddress address) {
    ConnectionPath open = connections.get(address);
    return open == null ? new ClosedConnection(address) : open;
  }

  /** Makes a viewer known to all workers: from now on its checks are answered. */
  public void add(Viewer viewer) {
    viewer.credentials().forEach(each -> byUfrag.put(each.ufrag(), viewer));
  }

  void remove(Viewer viewer) {
    remove(viewer, viewer.credentials());
  }

  /** These are no longer that viewer's. */
  void remove(Viewer viewer, List<IceCredentials> outdated) {
    outdated.forEach(each -> byUfrag.remove(each.ufrag(), viewer));
  }

  @Nullable Viewer byUfrag(String ufrag) {
    return byUfrag.get(ufrag);
  }

  @Nullable Viewer byAddress(PeerAddress address) {
    return byAddress.get(address);
  }

  void add(PeerAddress address, Viewer viewer) {
    byAddress.put(address, viewer);
  }

  void remove(PeerAddress address, Viewer viewer) {
    byAddress.remove(address, viewer);
  }
}
