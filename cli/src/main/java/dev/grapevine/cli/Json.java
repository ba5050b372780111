package dev.grapevine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/** JSON as the command prints it. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** On one line. */
    public static String line(JsonNode node) {
        return node.toString();
    }

    /** Indented, for people. */
    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    /** A protobuf message with the field names of its schema; bytes in base64. */
    public static JsonNode of(MessageOrBuilder message) {
        try {
            return MAPPER.readTree(
                    JsonFormat.printer().preservingProtoFieldNames().print(message));
        } catch (InvalidProtocolBufferException | JsonProcessingException e) {
            throw new CommandFailure("the message cannot be shown as JSON", e);
        }
    }
}
