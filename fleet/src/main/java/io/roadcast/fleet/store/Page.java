package io.roadcast.fleet.store;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is ordered by id, which is the order of making.
 *
 * @param next the id that the next page begins behind; null on the last one
 */
public record Page<T>(List<T> items, @Nullable UUID next) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Which part is wanted.
   *
   * @param after the id that it begins behind; null for the first
   */
  public record Wish(@Nullable UUID after, int limit) {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    public static Wish first(int limit) {
      return new Wish(null, limit);
    }

    /**
     * The records {@code t} of a page, in the order of their ids, and one more if there is one.
     *
     * @param select SELECT ... FROM ..., with a table that is called {@code t}
     * @param conditions that they meet too, each begun by AND; its parameters are yet to be bound
     */
    Query query(Handle handle, Scope scope, String select, String conditions) {
      String sql =
          select
              + " WHERE t.id > :after AND "
              + Scope.CONDITION
              + conditions
              + " ORDER BY t.id LIMIT :limit";
      return scope.bind(handle.createQuery(sql)).bind("after", from()).bind("limit", limit + 1);
    }

    UUID from() {
      return after == null ? BEFORE_ALL : after;
    }
  }

  /**
   * @param found one more than wanted, if there are so many
   */
  static <T> Page<T> of(List<T> found, Wish wish, Function<T, UUID> id) {
    if (found.size() <= wish.limit()) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, wish.limit());
    return new Page<>(items, id.apply(items.getLast()));
  }

  public <R> Page<R> map(Function<T, R> mapper) {
    return new Page<>(items.stream().map(mapper).toList(), next);
  }
}
