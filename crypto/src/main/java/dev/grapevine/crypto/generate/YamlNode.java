package dev.grapevine.crypto.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping in a YAML file, and where it stands, so that complaints name the key.
 *
 * @param path the way from the file to this mapping ("crypto-config.yaml.PeerOrgs[0].Template")
 */
record YamlNode(Map<?, ?> values, String path) {
    static YamlNode of(@Nullable Object parsed, String path) {
        if (parsed == null) {
            return new YamlNode(Map.of(), path);
        }
        if (parsed instanceof Map<?, ?> map) {
            return new YamlNode(map, path);
        }
        throw new IllegalArgumentException(path + " must be a mapping of keys to values");
    }

    YamlNode child(String key) {
        return of(values.get(key), path + "." + key);
    }

    List<YamlNode> list(String key) {
        List<YamlNode> nodes = new ArrayList<>();
        for (Object element : elements(key)) {
            nodes.add(of(element, path + "." + key + "[" + nodes.size() + "]"));
        }
        return nodes;
    }

    List<String> texts(String key) {
        return elements(key).stream().map(String::valueOf).toList();
    }

    private List<?> elements(String key) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(path + "." + key + " must be a list");
    }

    String text(String key, String otherwise) {
        Object value = values.get(key);
        return value == null || String.valueOf(value).isEmpty() ? otherwise : String.valueOf(value);
    }

    String required(String key) {
        String value = text(key, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(path + "." + key + " is missing");
        }
        return value;
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    int count(String key) {
        Object value = values.get(key);
        if (value == null) {
            return 0;
        }
        if (value instanceof Integer number && number >= 0) {
            return number;
        }
        throw new IllegalArgumentException(path + "." + key + " is '" + value + "'; it must be a number from 0 up");
    }
}
