package io.roadcast.sfu.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the addresses that viewers are told. */
final class LocalAddresses {
  private LocalAddresses() {}

  /** The public ones first, then those that are listened on; loopback only if there is no other. */
  static List<InetAddress> advertised(SfuConfig config) throws SocketException {
    Set<InetAddress> addresses = new LinkedHashSet<>(config.addresses().published());
    List<InetAddress> named =
        config.addresses().bind().stream().filter(address -> !address.isAnyLocalAddress()).toList();
    addresses.addAll(named.isEmpty() ? ofThisMachine() : named);
    if (addresses.isEmpty()) {
      addresses.add(InetAddress.getLoopbackAddress());
    }
    return List.copyOf(addresses);
  }

  private static List<InetAddress> ofThisMachine() throws SocketException {
    List<InetAddress> addresses = new ArrayList<>();
    for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
      if (network.isUp() && !network.isLoopback()) {
        network
            .inetAddresses()
            .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
            .forEach(addresses::add);
      }
    }
    return addresses;
  }
}
