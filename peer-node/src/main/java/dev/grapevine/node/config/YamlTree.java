package dev.grapevine.node.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A YAML file laid flat: dotted keys to scalars and lists. Keys are compared without case, as Fabric's reader does. */
final class YamlTree {
    private YamlTree() {}

    /** An order and equality of keys that knows no case. */
    static <V> Map<String, V> byKey() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    static Map<String, Object> read(Path file) throws IOException, ConfigurationException {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Object root = yaml().load(text);
            Map<String, Object> flat = byKey();
            if (root != null && !(root instanceof Map)) {
                throw new ConfigurationException(
                        file.toString(), List.of("it must be a YAML mapping that begins with 'peer:'"));
            }
            flatten("", root, flat);
            return flat;
        } catch (YAMLException e) {
            throw new ConfigurationException(file.toString(), List.of("it is not YAML: " + e.getMessage()));
        }
    }

    /** The value that a text stands for, as in a file. */
    static Object parse(String text) {
        return yaml().load(text);
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }

    private static void flatten(String key, @Nullable Object value, Map<String, Object> flat) {
        if (value instanceof Map<?, ?> branch) {
            String prefix = key.isEmpty() ? "" : key + ".";
            branch.forEach((name, child) -> flatten(prefix + name, child, flat));
        } else if (value != null) {
            flat.put(key, value);
        }
    }

    /** How an environment variable for this key is called. */
    static String environmentName(String key) {
        return "CORE_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
