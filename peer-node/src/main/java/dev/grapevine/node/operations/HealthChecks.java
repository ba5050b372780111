package dev.grapevine.node.operations;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The parts of a node that can say whether they are well. Safe from any thread. */
public final class HealthChecks {
    private final Map<String, Supplier<Map<String, String>>> checks = new ConcurrentSkipListMap<>();

    /**
     * Adds a part, in place of the one of the same name.
     *
     * @param check what is wrong with it, if anything; answers soon, on any thread
     * @return takes it out again
     */
    public Runnable register(String component, Supplier<Optional<String>> check) {
        return registerAll(
                component,
                () -> check.get().map(reason -> Map.of(component, reason)).orElse(Map.of()));
    }

    /**
     * Adds a part that consists of others, which come and go.
     *
     * @param whole its name, should the check itself fail
     * @param check which of its parts are not well, each with the reason; answers soon, on any thread
     * @return takes it out again
     */
    public Runnable registerAll(String whole, Supplier<Map<String, String>> check) {
        checks.put(whole, check);
        return () -> checks.remove(whole, check);
    }

    /** Parts that are not well, each with the reason. */
    Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>();
        checks.forEach((component, check) -> failures.putAll(ask(component, check)));
        return failures;
    }

    private static Map<String, String> ask(String component, Supplier<Map<String, String>> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Map.of(component, "the check itself failed: " + e);
        }
    }
}
