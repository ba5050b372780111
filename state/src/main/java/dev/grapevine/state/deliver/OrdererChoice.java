package dev.grapevine.state.deliver;

import dev.grapevine.state.OrdererEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which ordering node to ask next: a random one, for balance, but rather not the one that has just failed, and least of all
 * one that sent a bad block lately. With nothing better left, also those.
 */
final class OrdererChoice {
    /** How long a source of bad blocks is avoided. */
    static final Duration DISTRUST = Duration.ofMinutes(10);

    private final Map<String, Long> distrustedSince = new TreeMap<>();
    private @Nullable String failed;

    /** One of {@code endpoints}; empty only if there is none. */
    Optional<OrdererEndpoint> next(List<OrdererEndpoint> endpoints, long now, RandomGenerator random) {
        distrustedSince
                .keySet()
                .retainAll(endpoints.stream().map(OrdererEndpoint::address).toList());
        distrustedSince.values().removeIf(since -> now - since >= DISTRUST.toNanos());
        List<OrdererEndpoint> trusted = prefer(endpoints, one -> !distrustedSince.containsKey(one.address()));
        List<OrdererEndpoint> best = prefer(trusted, one -> !one.address().equals(failed));
        return best.isEmpty() ? Optional.empty() : Optional.of(best.get(random.nextInt(best.size())));
    }

    private static List<OrdererEndpoint> prefer(List<OrdererEndpoint> from, Predicate<OrdererEndpoint> wish) {
        List<OrdererEndpoint> wished = from.stream().filter(wish).toList();
        return wished.isEmpty() ? from : wished;
    }

    /** Whoever failed before this is as good as any. */
    void hasServed() {
        failed = null;
    }

    void hasFailed(OrdererEndpoint endpoint) {
        failed = endpoint.address();
    }

    void sentBadBlock(OrdererEndpoint endpoint, long now) {
        hasFailed(endpoint);
        distrustedSince.put(endpoint.address(), now);
    }
}
