package dev.grapevine.cli.simulate;

import dev.grapevine.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The file in which a sweep remembers what each seed came to, so that it can go on after it was ended. */
final class SweepRecord {
    private static final String GOOD = "good";

    private final @Nullable Path file;
    private final Map<Long, String> results = new TreeMap<>();

    /**
     * Reads what there is.
     *
     * @param subject what is being swept; a file about something else is refused
     */
    SweepRecord(@Nullable Path file, String subject) {
        this.file = file;
        if (file == null) {
            return;
        }
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.isEmpty()) {
                append(subject);
            } else if (lines.get(0).equals(subject)) {
                lines.subList(1, lines.size()).forEach(this::remember);
            } else {
                throw new CommandFailure(file + " remembers a sweep of '" + lines.get(0) + "', not of '" + subject
                        + "'; name another file, or remove it");
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + file, e);
        }
    }

    private void remember(String line) {
        String[] parts = line.split(" ", 2);
        if (parts.length == 2) {
            results.put(Long.parseLong(parts[0]), parts[1]);
        }
    }

    boolean isDone(long seed) {
        return results.containsKey(seed);
    }

    /** Writes down what a seed came to: nothing if all was well, else what was broken. */
    void add(long seed, List<String> violations) {
        String result =
                violations.isEmpty() ? GOOD : String.join("; ", violations).replace('\n', ' ');
        results.put(seed, result);
        try {
            append(seed + " " + result);
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + file, e);
        }
    }

    private void append(String line) throws IOException {
        if (file != null) {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** The seeds that broke a rule, ascending. */
    List<Long> failed() {
        List<Long> failed = new ArrayList<>();
        results.forEach((seed, result) -> {
            if (!result.equals(GOOD)) {
                failed.add(seed);
            }
        });
        return failed;
    }

    String result(long seed) {
        return results.getOrDefault(seed, "not run");
    }

    int done() {
        return results.size();
    }
}
