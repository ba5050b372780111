package dev.grapevine.crypto.config;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.util.List;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;

/** The values of one group, of which none may be unknown. A value that is absent reads as an empty message. */
final class GroupValues {
    private final String path;
    private final ConfigGroup group;

    GroupValues(String path, ConfigGroup group, List<String> known) throws InvalidConfigException {
        this.path = path;
        this.group = group;
        for (String key : group.getValuesMap().keySet()) {
            InvalidConfigException.require(
                    known.contains(key),
                    "unknown-config-value",
                    path + " holds a value '" + key + "', which is unknown");
        }
    }

    boolean has(String key) {
        return group.containsValues(key);
    }

    <T> T read(String key, Parser<T> parser) throws InvalidConfigException {
        ConfigValue value = group.getValuesMap().get(key);
        try {
            return parser.parseFrom(value == null ? ByteString.EMPTY : value.getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidConfigException("malformed-config-value", path + "/" + key + ": " + e.getMessage());
        }
    }
}
