package io.roadcast.recorder.policy;

import io.roadcast.recorder.segment.Owner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All policies, in memory: says which one counts for a stream. Immutable.
 *
 * @param vehicleGroups the group that a vehicle is in
 * @param groupParents the group that a group is in
 */
record PolicyBook(
    Map<String, RecordingPolicy> policies,
    Map<UUID, UUID> vehicleGroups,
    Map<UUID, UUID> groupParents) {
  /** Deeper trees of groups are none. */
  private static final int MAX_DEPTH = 100;

  static PolicyBook empty() {
    return new PolicyBook(Map.of(), Map.of(), Map.of());
  }

  static PolicyBook of(
      List<RecordingPolicy> all, Map<UUID, UUID> vehicleGroups, Map<UUID, UUID> groupParents) {
    Map<String, RecordingPolicy> policies = new HashMap<>();
    all.forEach(policy -> policies.put(key(policy.scope(), policy.subject()), policy));
    return new PolicyBook(
        Map.copyOf(policies), Map.copyOf(vehicleGroups), Map.copyOf(groupParents));
  }

  /** The most specific policy; empty if there is none for it. */
  Optional<RecordingPolicy> policyOf(String stream, Owner owner) {
    UUID organization = owner.organization();
    if (organization == null) {
      return Optional.empty();
    }
    return find(PolicyScope.CHANNEL, stream, organization)
        .or(() -> find(PolicyScope.VEHICLE, owner.vehicle(), organization))
        .or(() -> ofGroups(owner.vehicle(), organization))
        .or(() -> find(PolicyScope.ORGANIZATION, organization, organization));
  }

  private Optional<RecordingPolicy> ofGroups(@Nullable UUID vehicle, UUID organization) {
    UUID group = vehicle == null ? null : vehicleGroups.get(vehicle);
    for (int depth = 0; group != null && depth < MAX_DEPTH; depth++) {
      Optional<RecordingPolicy> found = find(PolicyScope.GROUP, group, organization);
      if (found.isPresent()) {
        return found;
      }
      group = groupParents.get(group);
    }
    return Optional.empty();
  }

  private Optional<RecordingPolicy> find(
      PolicyScope scope, @Nullable Object subject, UUID organization) {
    return subject == null
        ? Optional.empty()
        : Optional.ofNullable(policies.get(key(scope, subject.toString())))
            .filter(policy -> policy.organization().equals(organization));
  }

  private static String key(PolicyScope scope, String subject) {
    return scope.label() + "/" + subject;
  }
}
