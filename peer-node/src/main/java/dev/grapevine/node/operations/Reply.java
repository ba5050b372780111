package dev.grapevine.node.operations;

import java.util.Map;
import java.util.stream.Collectors;

/** An answer over HTTP. */
record Reply(int status, String contentType, String body) {
    private static final String JSON = "application/json";

    static Reply json(int status, String body) {
        return new Reply(status, JSON, body + "\n");
    }

    /** An object with one text in it, which is the form of Fabric's error messages. */
    static Reply json(int status, String name, String value) {
        return json(status, object(Map.of(name, quoted(value))));
    }

    static Reply empty(int status) {
        return new Reply(status, JSON, "");
    }

    /** A JSON object of members that are JSON already, in the order of the map. */
    static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                json.append('\\').appendCodePoint(point);
            } else if (point < ' ') {
                json.append(String.format("\\u%04x", point));
            } else {
                json.appendCodePoint(point);
            }
        });
        return json.append('"').toString();
    }
}
