package io.roadcast.sfu.udp;

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

  /** Makes a viewer known to all workers: from now on its checks are answered. */
  public void add(Viewer viewer) {
    byUfrag.put(viewer.plan().ice().ufrag(), viewer);
  }

  void remove(Viewer viewer) {
    byUfrag.remove(viewer.plan().ice().ufrag(), viewer);
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
