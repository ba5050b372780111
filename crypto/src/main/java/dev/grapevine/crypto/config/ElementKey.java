package dev.grapevine.crypto.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where an element of a configuration is.
 *
 * @param kind a group, a value and a policy may share a path
 * @param path names from the root group down; the last one is the element's own
 */
record ElementKey(Kind kind, List<String> path) implements Comparable<ElementKey> {
    enum Kind {
        GROUP,
        VALUE,
        POLICY
    }

    @Override
    public int compareTo(ElementKey other) {
        int byPath = String.join("/", path).compareTo(String.join("/", other.path));
        return byPath != 0 ? byPath : kind.compareTo(other.kind);
    }

    ElementKey below(Kind kind, String name) {
        return new ElementKey(
                kind, Stream.concat(path.stream(), Stream.of(name)).toList());
    }

    /** The path of the group whose policies apply to the element: a group is its own, others belong to their parent. */
    List<String> group() {
        return kind == Kind.GROUP ? path : path.subList(0, path.size() - 1);
    }

    @Override
    public String toString() {
        return kind + " /" + String.join("/", path);
    }
}
