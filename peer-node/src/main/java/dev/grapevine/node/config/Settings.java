package dev.grapevine.node.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Typed values by key, from a file and the environment over it. A wrong value does not end the reading: it is noted, a default
 * stands in for it, and {@link #faults} has them all at the end, so that an operator mends a file once.
 */
final class Settings {
    private static final Set<String> TRUE = Set.of("true", "t", "1", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "f", "0", "no", "off");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*([kmg]?)b?");

    private final Map<String, Object> file;
    private final Map<String, String> environment;
    private final Path folder;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * @param folder what relative paths are relative to
     */
    Settings(Map<String, Object> file, Map<String, String> environment, Path folder) {
        this.file = file;
        this.environment = environment;
        this.folder = folder;
    }

    List<String> faults() {
        return faults;
    }

    /** Every key that was asked for, whether it is set or not. */
    Set<String> asked() {
        return asked;
    }

    void fault(String key, Object value, String right) {
        faults.add(key + " is '" + value + "': " + right);
    }

    /** The raw value; an environment variable that is empty counts as not set, as in Fabric. */
    Optional<Object> raw(String key) {
        asked.add(key);
        String override = environment.getOrDefault(YamlTree.environmentName(key), "");
        return override.isEmpty() ? Optional.ofNullable(file.get(key)) : Optional.of(override);
    }

    boolean isSet(String key) {
        return raw(key).isPresent();
    }

    private <T> T read(String key, T otherwise, Function<String, Optional<T>> parse, String right) {
        Optional<String> text = raw(key).map(value -> value.toString().strip()).filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<T> value = parse.apply(text.get());
        if (value.isEmpty()) {
            fault(key, text.get(), right);
        }
        return value.orElse(otherwise);
    }

    String text(String key, String otherwise) {
        return read(key, otherwise, Optional::of, "");
    }

    boolean flag(String key, boolean otherwise) {
        return read(
                key,
                otherwise,
                text -> {
                    String word = text.toLowerCase(Locale.ROOT);
                    return TRUE.contains(word) || FALSE.contains(word)
                            ? Optional.of(TRUE.contains(word))
                            : Optional.empty();
                },
                "it must be true or false");
    }

    /** A duration; zero stands for the default, as in Fabric. */
    Duration duration(String key, Duration otherwise) {
        Duration value = read(
                key,
                otherwise,
                GoDuration::parse,
                "it must be a duration with its unit, such as 300ms, 10s or 1m30s (ns, us, ms, s, m, h)");
        return value.isZero() ? otherwise : value;
    }

    /** A whole number from {@code least} on; where that is above zero, zero stands for the default, as in Fabric. */
    int number(String key, int otherwise, int least) {
        int value = read(
                key,
                otherwise,
                text -> text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty(),
                "it must be a whole number, such as " + otherwise);
        if (value == 0 && least > 0) {
            return otherwise;
        }
        if (value < least) {
            fault(key, value, "it must be at least " + least);
            return otherwise;
        }
        return value;
    }

    /** A number of bytes, at most 2 GiB - 1. */
    int size(String key, int otherwise) {
        return read(
                key,
                otherwise,
                Settings::bytes,
                "it must be a number of bytes from 1 up to " + Integer.MAX_VALUE + ", such as " + otherwise
                        + " or 100MB");
    }

    private static Optional<Integer> bytes(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            return Optional.empty();
        }
        int shift = "kmg".indexOf(size.group(2)) * 10 + 10;
        double value = Double.parseDouble(size.group(1)) * (size.group(2).isEmpty() ? 1 : 1L << shift);
        return value >= 1 && value <= Integer.MAX_VALUE ? Optional.of((int) value) : Optional.empty();
    }

    /** Several words: a YAML list, or text in which spaces or commas stand between them, in brackets or not. */
    List<String> list(String key) {
        Object value = raw(key).orElse("");
        if (value instanceof List<?> items) {
            return items.stream()
                    .map(String::valueOf)
                    .filter(item -> !item.isBlank())
                    .toList();
        }
        String text = value.toString().strip();
        String inner = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return Arrays.stream(inner.split("[\\s,]+"))
                .filter(item -> !item.isEmpty())
                .map(item -> item.replaceAll("^[\"']|[\"']$", ""))
                .toList();
    }

    /** A path, absolute or relative to the file's folder; empty if not set. */
    Optional<Path> path(String key) {
        String text = text(key, "");
        return text.isEmpty() ? Optional.empty() : Optional.of(resolve(text));
    }

    Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    /** The path of a file that must be there; a fault and a path that leads nowhere if it is not. */
    Path existingFile(String key) {
        Optional<Path> path = path(key);
        if (path.isEmpty()) {
            faults.add(key + " is not set: it must name a file");
        }
        path.ifPresent(file -> requireFile(key, file));
        return path.orElse(folder);
    }

    void requireFile(String key, Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            fault(key, file, "there must be a readable file");
        }
    }

    /** A value that checks itself when it is built; what it objects to becomes a fault. */
    <T> T checked(Supplier<T> build, Supplier<T> standIn) {
        try {
            return build.get();
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
            return standIn.get();
        }
    }
}
