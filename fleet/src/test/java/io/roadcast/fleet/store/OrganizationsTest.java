package io.roadcast.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.fleet.database.testing.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class OrganizationsTest {
  @Test
  void whoAsksBeforeTheFirstStartHasMadeOneGetsOneToo() {
    try (TestDatabase test = TestDatabase.create()) {
      Organizations organizations = new Organizations(test.database());
      UUID first = organizations.ofNobodyElse();
      organizations.ensureOne();
      assertThat(organizations.ofNobodyElse()).isEqualTo(first);
      assertThat(organizations.find(first)).isPresent();
    }
  }
}
