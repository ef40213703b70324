package io.roadcast.fleet.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessPolicyTest {
  private static final Resource STREAM = Resource.stream("13912345678-1");
  private final AccessPolicy policy = AccessPolicy.byGrants();

  @ParameterizedTest
  @EnumSource(Action.class)
  void administratorMayDoEverything(Action action) {
    assertThat(policy.permits(Principal.administrator(), action, Resource.whole())).isTrue();
    assertThat(policy.permits(Principal.administrator(), action, STREAM)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void anonymousMayDoNothingUnlessAccessIsOpen(Action action) {
    assertThat(policy.permits(Principal.anonymous(), action, STREAM)).isFalse();
    assertThat(new OpenAccess().permits(Principal.anonymous(), action, STREAM)).isTrue();
  }

  @Test
  void streamGuestMayWatchThatStreamOnly() {
    Principal guest = Principal.streamGuest("token-1", "13912345678-1");
    assertThat(policy.permits(guest, Action.VIEW_STREAM, STREAM)).isTrue();
    assertThat(policy.permits(guest, Action.VIEW_STREAM, Resource.stream("13912345678-2")))
        .isFalse();
    assertThat(policy.permits(guest, Action.VIEW_STREAM, Resource.whole())).isFalse();
    assertThat(policy.permits(guest, Action.LIST_VIEWERS, STREAM)).isFalse();
    assertThat(policy.permits(guest, Action.KICK_VIEWER, STREAM)).isFalse();
  }

  @Test
  void terminalIncludesItsChannelsAndNoOtherTerminals() {
    Principal driver =
        new Principal(
            "driver",
            Principal.Kind.STREAM_GUEST,
            List.of(new Grant(Set.of(Action.VIEW_STREAM), Resource.terminal("139"))));
    assertThat(policy.permits(driver, Action.VIEW_STREAM, Resource.stream("139-1"))).isTrue();
    assertThat(policy.permits(driver, Action.VIEW_STREAM, Resource.terminal("139"))).isTrue();
    assertThat(policy.permits(driver, Action.VIEW_STREAM, Resource.stream("1390-1"))).isFalse();
    assertThat(policy.permits(driver, Action.VIEW_STREAM, Resource.stream("lobby"))).isFalse();
    assertThat(policy.permits(driver, Action.VIEW_STREAM, Resource.whole())).isFalse();
  }
}
