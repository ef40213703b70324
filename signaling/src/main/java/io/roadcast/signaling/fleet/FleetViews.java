package io.roadcast.signaling.fleet;

import io.roadcast.fleet.Channel;
import io.roadcast.fleet.Group;
import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.Installation;
import io.roadcast.fleet.Organization;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.TerminalIdentity;
import io.roadcast.fleet.UnknownTerminal;
import io.roadcast.fleet.Vehicle;
import io.roadcast.fleet.store.AuditTrail;
import io.roadcast.fleet.store.VehicleEntry;
import io.roadcast.jtt.live.ChannelPhase;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fleet's records as the API shows them: what they are, and how they are at this moment. */
final class FleetViews {
  private static final String ONLINE = "online";
  private static final String OFFLINE = "offline";

  private final TerminalStates states;

  FleetViews(TerminalStates states) {
    this.states = states;
  }

  record OrganizationView(
      UUID id, String name, long version, Instant createdAt, Instant updatedAt) {
    static OrganizationView of(Organization organization) {
      return new OrganizationView(
          organization.id(),
          organization.name(),
          organization.revision().version(),
          organization.revision().createdAt(),
          organization.revision().updatedAt());
    }
  }

  record GroupView(
      UUID id,
      UUID organization,
      @Nullable UUID parent,
      String name,
      long version,
      Instant createdAt,
      Instant updatedAt) {
    static GroupView of(Group group) {
      return new GroupView(
          group.id(),
          group.organization(),
          group.parent(),
          group.name(),
          group.revision().version(),
          group.revision().createdAt(),
          group.revision().updatedAt());
    }
  }

  record InstalledTerminal(
      UUID id, @Nullable String phone, String state, @Nullable String protocol) {}

  /**
   * A camera.
   *
   * @param state of its main stream
   * @param streams main and sub
   * @param version null if it sends without being one of the fleet's records
   */
  record ChannelView(
      int channel,
      @Nullable String name,
      @Nullable String stream,
      String state,
      @Nullable List<ChannelStreamView> streams,
      @Nullable Long version) {}

  record ChannelList(List<ChannelView> items) {}

  record VehicleView(
      UUID id,
      UUID organization,
      @Nullable UUID group,
      String plate,
      @Nullable String plateColor,
      @Nullable String name,
      String state,
      @Nullable InstalledTerminal terminal,
      @Nullable PositionView position,
      @Nullable List<ChannelView> channels,
      long version,
      Instant createdAt,
      Instant updatedAt) {}

  record IdentityView(
      String kind, String digits, @Nullable String raw, Instant from, @Nullable Instant to) {
    static IdentityView of(TerminalIdentity identity) {
      return new IdentityView(
          identity.kind().label(),
          identity.digits(),
          identity.raw(),
          identity.from(),
          identity.to());
    }
  }

  record IdentityList(List<IdentityView> items) {}

  record InstallationView(UUID vehicle, UUID terminal, Instant from, @Nullable Instant to) {
    static InstallationView of(Installation installation) {
      return new InstallationView(
          installation.vehicle(), installation.terminal(), installation.from(), installation.to());
    }
  }

  record InstallationList(List<InstallationView> items) {}

  /**
   * A terminal, or one that nobody knows: then the organization and what comes with it is absent.
   */
  record TerminalView(
      UUID id,
      @Nullable UUID organization,
      @Nullable String phone,
      @Nullable String name,
      String state,
      boolean unknown,
      @Nullable UUID vehicle,
      @Nullable String protocol,
      @Nullable String manufacturer,
      @Nullable String model,
      @Nullable String factoryId,
      @Nullable String softwareVersion,
      @Nullable String plate,
      @Nullable String plateColor,
      @Nullable List<IdentityView> identities,
      @Nullable PositionView position,
      @Nullable String address,
      @Nullable Long times,
      @Nullable Instant registeredAt,
      @Nullable Instant lastSeenAt,
      @Nullable Long version,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt) {}

  record AuditView(
      UUID id,
      Instant at,
      @Nullable UUID organization,
      String principal,
      @Nullable String address,
      String action,
      String kind,
      @Nullable String resource,
      String outcome,
      @Nullable String detail) {
    static AuditView of(AuditTrail.Kept kept) {
      AuditTrail.Entry entry = kept.entry();
      return new AuditView(
          kept.id(),
          entry.at(),
          entry.organization(),
          entry.principal(),
          entry.address(),
          entry.action(),
          entry.kind(),
          entry.resource(),
          entry.outcome(),
          entry.detail());
    }
  }

  VehicleView vehicle(VehicleEntry entry) {
    Vehicle vehicle = entry.vehicle();
    Terminal terminal = entry.terminal();
    String digits = terminal == null ? null : digits(terminal);
    return new VehicleView(
        vehicle.id(),
        vehicle.organization(),
        vehicle.group(),
        vehicle.plate(),
        label(vehicle.plateColor()),
        vehicle.name(),
        state(digits),
        terminal == null ? null : installed(terminal),
        position(digits),
        terminal == null ? null : channels(digits, entry.channels()),
        vehicle.revision().version(),
        vehicle.revision().createdAt(),
        vehicle.revision().updatedAt());
  }

  private InstalledTerminal installed(Terminal terminal) {
    return new InstalledTerminal(
        terminal.id(), terminal.phone().orElse(null), state(digits(terminal)), protocol(terminal));
  }

  TerminalView terminal(Terminal terminal) {
    TerminalFacts facts = terminal.facts();
    String digits = digits(terminal);
    return new TerminalView(
        terminal.id(),
        terminal.organization(),
        terminal.phone().orElse(null),
        terminal.name(),
        state(digits),
        false,
        terminal.vehicle(),
        protocol(terminal),
        facts.manufacturer(),
        facts.model(),
        facts.factoryId(),
        facts.softwareVersion(),
        facts.plate(),
        label(facts.plateColor()),
        terminal.identities().stream().map(IdentityView::of).toList(),
        position(digits),
        null,
        null,
        terminal.registeredAt(),
        terminal.lastSeenAt(),
        terminal.revision().version(),
        terminal.revision().createdAt(),
        terminal.revision().updatedAt());
  }

  /** The number stands as its phone number whatever it is: it is all that there is. */
  TerminalView unknown(UnknownTerminal terminal) {
    TerminalFacts facts = terminal.facts();
    return new TerminalView(
        terminal.id(),
        null,
        terminal.digits(),
        null,
        state(terminal.digits()),
        true,
        null,
        states.protocol(terminal.digits()).orElse(facts.protocol()),
        facts.manufacturer(),
        facts.model(),
        facts.factoryId(),
        facts.softwareVersion(),
        facts.plate(),
        label(facts.plateColor()),
        null,
        position(terminal.digits()),
        terminal.address(),
        terminal.times(),
        null,
        terminal.lastSeenAt(),
        null,
        terminal.firstSeenAt(),
        null);
  }

  List<ChannelView> channels(@Nullable String digits, List<Channel> channels) {
    return channels.stream().map(channel -> channel(digits, channel)).toList();
  }

  /** The cameras that are known, and those that are busy without being known, by number. */
  List<ChannelView> allChannels(@Nullable String digits, List<Channel> channels) {
    List<ChannelView> all = new ArrayList<>(channels(digits, channels));
    if (digits != null) {
      Set<Integer> known = channels.stream().map(Channel::number).collect(Collectors.toSet());
      for (int number : states.busyChannels(digits)) {
        if (!known.contains(number)) {
          all.add(channel(digits, number, null, null));
        }
      }
      all.sort(Comparator.comparingInt(ChannelView::channel));
    }
    return all;
  }

  ChannelView channel(@Nullable String digits, Channel channel) {
    return channel(digits, channel.number(), channel.name(), channel.revision().version());
  }

  private ChannelView channel(
      @Nullable String digits, int number, @Nullable String name, @Nullable Long version) {
    if (digits == null) {
      return new ChannelView(number, name, null, ChannelPhase.IDLE.label(), null, version);
    }
    List<ChannelStreamView> streams =
        Arrays.stream(Quality.values())
            .map(quality -> StreamId.ofTerminal(digits, number, quality))
            .map(id -> ChannelStreamView.of(id, states.channel(id)))
            .toList();
    ChannelStreamView main = streams.getFirst();
    return new ChannelView(number, name, main.stream(), main.state(), streams, version);
  }

  /** What its streams are named by. */
  static @Nullable String digits(Terminal terminal) {
    return terminal
        .phone()
        .or(
            () ->
                terminal.identities().stream()
                    .filter(identity -> identity.kind() != IdentityKind.IMEI)
                    .map(TerminalIdentity::digits)
                    .findFirst())
        .orElse(null);
  }

  private String state(@Nullable String digits) {
    return digits != null && states.protocol(digits).isPresent() ? ONLINE : OFFLINE;
  }

  private @Nullable String protocol(Terminal terminal) {
    String digits = digits(terminal);
    String last = terminal.facts().protocol();
    return digits == null ? last : states.protocol(digits).orElse(last);
  }

  private @Nullable PositionView position(@Nullable String digits) {
    return digits == null ? null : states.position(digits).map(PositionView::of).orElse(null);
  }

  private static @Nullable String label(@Nullable PlateColor color) {
    return color == null ? null : color.label();
  }
}
