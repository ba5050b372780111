package dev.grapevine.node.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Every key of Fabric's {@code core.yaml}, and what becomes of it here. */
final class KeyCatalogue {
    /** What becomes of a key. */
    enum Treatment {
        /** It does what it does in Fabric. */
        HONOURED,
        /** It does something else than in Fabric; the description says what. */
        DIFFERENT,
        /** It has no effect, because it belongs to a part this peer does not have, or is without one in Fabric too. */
        IGNORED
    }

    /**
     * One key, or all below it where the name ends in {@code .*}.
     *
     * @param what it does, or why nothing
     */
    record Key(String name, Treatment treatment, String what) {
        private static final String BELOW = ".*";

        boolean covers(String key) {
            return name.endsWith(BELOW) ? startsWith(key, stem() + ".") : name.equalsIgnoreCase(key);
        }

        boolean coversVariable(String variable) {
            String own = YamlTree.environmentName(stem());
            return name.endsWith(BELOW) ? startsWith(variable, own + "_") : own.equalsIgnoreCase(variable);
        }

        private String stem() {
            return name.endsWith(BELOW) ? name.substring(0, name.length() - BELOW.length()) : name;
        }

        private static boolean startsWith(String text, String prefix) {
            return text.regionMatches(true, 0, prefix, 0, prefix.length());
        }

        String markdown() {
            return "| `" + name + "` | " + treatment.name().toLowerCase(Locale.ROOT) + " | " + what + " |";
        }
    }

    private final List<Key> entries;

    private KeyCatalogue(List<Key> entries) {
        this.entries = entries;
    }

    static KeyCatalogue load() {
        try (InputStream stream = Objects.requireNonNull(KeyCatalogue.class.getResourceAsStream("keys.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return new KeyCatalogue(lines.lines()
                    .filter(line -> !line.isBlank())
                    .map(KeyCatalogue::entry)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue of keys is part of this library", e);
        }
    }

    private static Key entry(String line) {
        String[] parts = line.split("\\s*\\|\\s*", 3);
        return new Key(parts[0].strip(), Treatment.valueOf(parts[1].toUpperCase(Locale.ROOT)), parts[2].strip());
    }

    List<Key> entries() {
        return entries;
    }

    Optional<Key> find(String key) {
        return entries.stream().filter(entry -> entry.covers(key)).findFirst();
    }

    /** Of what is set in a file or by variables, the keys that have no effect. */
    List<String> ignored(Set<String> keys, Set<String> variables) {
        Set<String> ignored = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        keys.forEach(key -> find(key).filter(KeyCatalogue::isIgnored).ifPresent(entry -> ignored.add(entry.name())));
        variables.forEach(variable ->
                findVariable(variable).filter(KeyCatalogue::isIgnored).ifPresent(entry -> ignored.add(entry.name())));
        return List.copyOf(ignored);
    }

    /** Of what is set in a file or by variables, what not even Fabric knows. */
    List<String> unknown(Set<String> keys, Set<String> variables) {
        Set<String> unknown = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        keys.stream().filter(key -> find(key).isEmpty()).forEach(unknown::add);
        variables.stream()
                .filter(variable -> variable.startsWith("CORE_"))
                .filter(variable -> findVariable(variable).isEmpty())
                .forEach(unknown::add);
        return List.copyOf(unknown);
    }

    private Optional<Key> findVariable(String variable) {
        return entries.stream().filter(entry -> entry.coversVariable(variable)).findFirst();
    }

    private static boolean isIgnored(Key key) {
        return key.treatment() == Treatment.IGNORED;
    }
}
