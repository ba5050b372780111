package dev.grapevine.crypto.config;

import static dev.grapevine.crypto.config.InvalidConfigException.require;

import dev.grapevine.proto.MspId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What may not change from one configuration to the next, whoever signs for it. */
final class Succession {
    private Succession() {}

    static void check(ChannelConfig current, ChannelConfig next) throws InvalidConfigException {
        if (current.orderer().isPresent()) {
            OrdererSection before = current.orderer().get();
            OrdererSection after = next.orderer()
                    .orElseThrow(() -> new InvalidConfigException(
                            "orderer-section-removed", "the current configuration has one, the next does not"));
            require(
                    current.capabilities().isSince142()
                            || before.consensusType().equals(after.consensusType()),
                    "consensus-type-changed",
                    "from " + before.consensusType() + " to " + after.consensusType()
                            + ", which needs channel capability V1_4_2 or later");
            checkMspIds("orderer", mspIds(before), mspIds(after));
        }
        checkMspIds("application", mspIds(current.application()), mspIds(next.application()));
    }

    private static SortedMap<String, MspId> mspIds(OrdererSection section) {
        SortedMap<String, MspId> ids = new TreeMap<>();
        section.organisations()
                .forEach(
                        (name, organisation) -> ids.put(name, organisation.msp().id()));
        return ids;
    }

    private static SortedMap<String, MspId> mspIds(ApplicationSection section) {
        SortedMap<String, MspId> ids = new TreeMap<>();
        section.organisations()
                .forEach(
                        (name, organisation) -> ids.put(name, organisation.msp().id()));
        return ids;
    }

    private static void checkMspIds(String section, SortedMap<String, MspId> before, SortedMap<String, MspId> after)
            throws InvalidConfigException {
        for (Map.Entry<String, MspId> entry : before.entrySet()) {
            MspId now = after.getOrDefault(entry.getKey(), entry.getValue());
            require(
                    now.equals(entry.getValue()),
                    "msp-id-changed",
                    section + " organisation " + entry.getKey() + " would change its MSP ID from " + entry.getValue()
                            + " to " + now);
        }
    }
}
