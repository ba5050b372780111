package dev.grapevine.simulation.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One mapping of a scenario file. Every key must be asked for once; {@link #done} refuses those nobody asked for. */
final class Section {
    private final String path;
    private final Map<?, ?> values;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String path, Map<?, ?> values) {
        this.path = path;
        this.values = values;
    }

    static Section of(String path, @Nullable Object value) throws ScenarioException {
        if (value == null) {
            return new Section(path, Map.of());
        }
        if (value instanceof Map<?, ?> map) {
            return new Section(path, map);
        }
        throw new ScenarioException((path.isEmpty() ? "the scenario" : path) + " is '" + value
                + "'; it must be a mapping of keys to values");
    }

    boolean has(String key) {
        known.add(key);
        return values.get(key) != null;
    }

    String text(String key, String otherwise) {
        return has(key) ? String.valueOf(values.get(key)) : otherwise;
    }

    Duration duration(String key, Duration otherwise) throws ScenarioException {
        return has(key) ? Quantity.duration(amount(key, Quantity.DURATION)) : otherwise;
    }

    /** As {@link #duration}, of more than nothing. */
    Duration positive(String key, Duration otherwise) throws ScenarioException {
        Duration found = duration(key, otherwise);
        if (found.isZero()) {
            throw refuse(key, "more than 0: " + Quantity.DURATION.right());
        }
        return found;
    }

    double fraction(String key) throws ScenarioException {
        return has(key) ? amount(key, Quantity.FRACTION) : 0;
    }

    double amount(String key, Quantity quantity) throws ScenarioException {
        double found = has(key) ? quantity.parse(text(key, "")) : 0;
        if (found < 0) {
            throw refuse(key, quantity.right());
        }
        return found;
    }

    int count(String key, int otherwise, int least, int most) throws ScenarioException {
        if (!has(key)) {
            return otherwise;
        }
        if (values.get(key) instanceof Integer number && number >= least && number <= most) {
            return number;
        }
        throw refuse(key, "a whole number from " + least + " to " + most);
    }

    <E extends Enum<E>> E choice(String key, E otherwise) throws ScenarioException {
        return has(key) ? choice(key, otherwise.getDeclaringClass(), values.get(key)) : otherwise;
    }

    <E extends Enum<E>> List<E> choices(String key, Class<E> type) throws ScenarioException {
        List<E> found = new ArrayList<>();
        for (Object each : list(key)) {
            found.add(choice(key, type, each));
        }
        return found;
    }

    private <E extends Enum<E>> E choice(String key, Class<E> type, @Nullable Object value) throws ScenarioException {
        E[] all = type.getEnumConstants();
        for (E each : all) {
            if (name(each).equals(value)) {
                return each;
            }
        }
        throw refuse(key, "one of " + Stream.of(all).map(Section::name).collect(Collectors.joining(", ")));
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Section section(String key) throws ScenarioException {
        return has(key) ? of(child(key), values.get(key)) : new Section(child(key), Map.of());
    }

    List<Section> sections(String key) throws ScenarioException {
        List<Section> found = new ArrayList<>();
        for (Object each : list(key)) {
            found.add(of(child(key) + "[" + found.size() + "]", each));
        }
        return found;
    }

    List<?> list(String key) throws ScenarioException {
        if (!has(key)) {
            return List.of();
        }
        if (values.get(key) instanceof List<?> list) {
            return list;
        }
        throw refuse(key, "a list, as in [a, b]");
    }

    private String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Why the value of a key is refused. */
    ScenarioException refuse(String key, String right) {
        return new ScenarioException(child(key) + " is '" + values.get(key) + "'; it must be " + right);
    }

    /** To be called when all keys have been asked for. */
    void done() throws ScenarioException {
        for (Object key : values.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new ScenarioException(child(String.valueOf(key)) + " is '" + values.get(key)
                        + "', but there is no such key; it must be one of " + String.join(", ", known));
            }
        }
    }
}
