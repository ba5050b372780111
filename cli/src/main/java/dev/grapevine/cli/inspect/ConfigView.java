package dev.grapevine.cli.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Json;
import java.nio.file.Path;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;

/** The channel configuration a block carries: the tree of groups, values and policies. */
final class ConfigView {
    private ConfigView() {}

    static ObjectNode of(Path file, Block block) {
        if (block.getData().getDataCount() != 1
                || BlockView.header(block.getData().getData(0)).isEmpty()) {
            throw new CommandFailure(file + " is not a configuration block: it must hold exactly one transaction");
        }
        try {
            Payload payload = Payload.parseFrom(
                    Envelope.parseFrom(block.getData().getData(0)).getPayload());
            ConfigEnvelope envelope = ConfigEnvelope.parseFrom(payload.getData());
            if (!envelope.hasConfig()) {
                throw new CommandFailure(file + " is not a configuration block: its transaction has no configuration");
            }
            ObjectNode view = Json.object();
            view.put("sequence", envelope.getConfig().getSequence());
            view.set("channel_group", group(envelope.getConfig().getChannelGroup()));
            return view;
        } catch (InvalidProtocolBufferException e) {
            throw new CommandFailure(file + " is not a configuration block", e);
        }
    }

    private static ObjectNode group(ConfigGroup group) throws InvalidProtocolBufferException {
        ObjectNode view = Json.object();
        view.put("version", group.getVersion());
        view.put("mod_policy", group.getModPolicy());
        ObjectNode values = view.putObject("values");
        for (Map.Entry<String, ConfigValue> value : group.getValuesMap().entrySet()) {
            values.set(value.getKey(), ConfigValueView.of(value.getKey(), value.getValue()));
        }
        ObjectNode policies = view.putObject("policies");
        group.getPoliciesMap().forEach((name, policy) -> policies.set(name, PolicyView.of(policy)));
        ObjectNode groups = view.putObject("groups");
        for (Map.Entry<String, ConfigGroup> child : group.getGroupsMap().entrySet()) {
            groups.set(child.getKey(), group(child.getValue()));
        }
        return view;
    }
}
