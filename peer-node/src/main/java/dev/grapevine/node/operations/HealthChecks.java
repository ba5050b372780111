package dev.grapevine.node.operations;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The parts of a node that can say whether they are well. Safe from any thread. */
public final class HealthChecks {
    private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentSkipListMap<>();

    /**
     * Adds a part, in place of the one of the same name.
     *
     * @param check what is wrong with it, if anything; answers at once, on any thread
     * @return takes it out again
     */
    public Runnable register(String component, Supplier<Optional<String>> check) {
        checks.put(component, check);
        return () -> checks.remove(component, check);
    }

    /** Parts that are not well, each with the reason. */
    Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>();
        checks.forEach((component, check) -> ask(check).ifPresent(reason -> failures.put(component, reason)));
        return failures;
    }

    private static Optional<String> ask(Supplier<Optional<String>> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Optional.of("the check itself failed: " + e);
        }
    }
}
