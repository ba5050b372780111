package dev.grapevine.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Input;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.Hex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of signatures in JSON: an array of objects with {@code identity_file} (relative to the JSON file's folder),
 * {@code data} and {@code signature} (hexadecimal), or an object that has such an array as {@code signature_set}.
 */
final class SignatureFile {
    private final Path file;

    SignatureFile(Path file) {
        this.file = file;
    }

    /** @throws CommandFailure if the file or one it names cannot be read */
    List<SignedData> read() {
        JsonNode root = parse(Input.read(file));
        JsonNode set = root.isArray() ? root : root.path("signature_set");
        if (!set.isArray()) {
            throw new CommandFailure(file + " holds neither an array of signatures nor one called signature_set");
        }
        List<SignedData> signatures = new ArrayList<>();
        for (JsonNode entry : set) {
            signatures.add(signature(entry));
        }
        return signatures;
    }

    private JsonNode parse(ByteString json) {
        try {
            return new ObjectMapper().readTree(json.newInput());
        } catch (IOException e) {
            throw new CommandFailure(file + " is not JSON", e);
        }
    }

    private SignedData signature(JsonNode entry) {
        Path identity = file.resolveSibling(text(entry, "identity_file"));
        return new SignedData(Input.read(identity), bytes(entry, "data"), bytes(entry, "signature"));
    }

    private ByteString bytes(JsonNode entry, String field) {
        try {
            return Hex.parse(text(entry, field));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(file + ": " + field + " is not hexadecimal", e);
        }
    }

    private String text(JsonNode entry, String field) {
        if (!entry.path(field).isTextual()) {
            throw new CommandFailure(file + ": a signature has no " + field);
        }
        return entry.path(field).asText();
    }
}
