package dev.grapevine.crypto.config;

import static dev.grapevine.crypto.config.InvalidConfigException.require;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.policy.Policy;
import dev.grapevine.crypto.policy.PolicyTree;
import dev.grapevine.crypto.policy.SignatureSet;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/**
 * Whether an update was authorised: what it read is what is in force, each element it changes goes up by one version and is
 * signed for as the element's mod_policy demands, and the result is the configuration that came with it. That is more than
 * the orderers' signature on the block: orderers that misbehave cannot rewrite a channel's membership.
 */
final class ConfigUpdateCheck {
    private static final ElementKey ORDERER_CAPABILITIES = new ElementKey(
            ElementKey.Kind.VALUE, List.of(ConfigReader.ROOT, ConfigReader.ORDERER, ConfigReader.CAPABILITIES));

    private final ChannelConfig current;

    ConfigUpdateCheck(ChannelConfig current) {
        this.current = current;
    }

    void check(ConfigEnvelope proposed) throws InvalidConfigException, InvalidProtocolBufferException {
        long sequence = proposed.getConfig().getSequence();
        require(
                sequence == current.sequence() + 1,
                "wrong-config-sequence",
                Long.toUnsignedString(sequence) + " cannot follow " + Long.toUnsignedString(current.sequence()));
        require(proposed.hasLastUpdate(), "no-config-update", "the configuration does not say which update made it");
        require(
                result(proposed.getLastUpdate()).equals(proposed.getConfig().getChannelGroup()),
                "config-not-from-update",
                "applying the update does not give the configuration that came with it");
    }

    /** What an update, if it is authorised, makes of the current configuration. */
    ConfigGroup result(Envelope configUpdate) throws InvalidConfigException, InvalidProtocolBufferException {
        ConfigUpdateEnvelope signed = unwrap(configUpdate);
        ConfigUpdate update = ConfigUpdate.parseFrom(signed.getConfigUpdate());
        require(
                update.getChannelId().equals(current.channel().name()),
                "wrong-channel",
                "an update of '" + update.getChannelId() + "', not of " + current.channel());
        return apply(update, current.signatures(signatures(signed)));
    }

    private static ConfigUpdateEnvelope unwrap(Envelope configUpdate)
            throws InvalidConfigException, InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(configUpdate.getPayload());
        int type =
                ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()).getType();
        require(
                payload.hasHeader() && type == HeaderType.CONFIG_UPDATE_VALUE,
                "no-config-update",
                "the last update is an envelope of type " + type);
        return ConfigUpdateEnvelope.parseFrom(payload.getData());
    }

    private static List<SignedData> signatures(ConfigUpdateEnvelope signed) throws InvalidProtocolBufferException {
        List<SignedData> signatures = new ArrayList<>();
        for (ConfigSignature signature : signed.getSignaturesList()) {
            signatures.add(new SignedData(
                    SignatureHeader.parseFrom(signature.getSignatureHeader()).getCreator(),
                    signature.getSignatureHeader().concat(signed.getConfigUpdate()),
                    signature.getSignature()));
        }
        return signatures;
    }

    private ConfigGroup apply(ConfigUpdate update, SignatureSet signatures) throws InvalidConfigException {
        SortedMap<ElementKey, ConfigElement> elements =
                ConfigElements.of(current.message().getChannelGroup());
        SortedMap<ElementKey, ConfigElement> read = elementsOf(update.hasReadSet(), update.getReadSet());
        SortedMap<ElementKey, ConfigElement> written = elementsOf(update.hasWriteSet(), update.getWriteSet());
        checkReadSet(read, elements);
        SortedMap<ElementKey, ConfigElement> delta = new TreeMap<>(written);
        delta.entrySet().removeIf(entry -> {
            ConfigElement before = read.get(entry.getKey());
            return before != null && before.version() == entry.getValue().version();
        });
        require(!delta.isEmpty(), "empty-config-update", "the update changes nothing");
        for (Map.Entry<ElementKey, ConfigElement> change : delta.entrySet()) {
            authorise(change.getKey(), change.getValue(), elements, signatures);
        }
        elements.putAll(delta);
        return ConfigElements.assemble(elements, elements.containsKey(ORDERER_CAPABILITIES));
    }

    private static SortedMap<ElementKey, ConfigElement> elementsOf(boolean present, ConfigGroup root)
            throws InvalidConfigException {
        return present ? ConfigElements.of(root) : new TreeMap<>();
    }

    private static void checkReadSet(
            SortedMap<ElementKey, ConfigElement> read, SortedMap<ElementKey, ConfigElement> elements)
            throws InvalidConfigException {
        for (Map.Entry<ElementKey, ConfigElement> entry : read.entrySet()) {
            ConfigElement existing = elements.get(entry.getKey());
            require(
                    existing != null && existing.version() == entry.getValue().version(),
                    "stale-config-update",
                    "the update was made for version "
                            + Long.toUnsignedString(entry.getValue().version()) + " of " + entry.getKey()
                            + ", which is not in force");
        }
    }

    private void authorise(
            ElementKey key,
            ConfigElement changed,
            SortedMap<ElementKey, ConfigElement> elements,
            SignatureSet signatures)
            throws InvalidConfigException {
        requireLegalModPolicy(key, changed.modPolicy());
        ConfigElement existing = elements.get(key);
        long expected = existing == null ? 0 : existing.version() + 1;
        require(
                changed.version() == expected,
                "wrong-element-version",
                key + " would get version " + Long.toUnsignedString(changed.version()) + " instead of "
                        + Long.toUnsignedString(expected));
        if (existing != null) {
            Optional<Rejection> why = signatures.evaluate(policyOf(key, existing.modPolicy()));
            if (why.isPresent()) {
                throw new InvalidConfigException(
                        "unauthorised-config-update",
                        key + " may change only as " + existing.modPolicy() + " agrees: "
                                + why.get().detail());
            }
        }
    }

    private static void requireLegalModPolicy(ElementKey key, String modPolicy) throws InvalidConfigException {
        require(!modPolicy.isEmpty(), "no-mod-policy", key + " would have no mod_policy");
        String path = modPolicy.startsWith("/") ? modPolicy.substring(1) : modPolicy;
        for (String name : path.split("/", -1)) {
            ConfigElements.requireLegal(name, "the mod_policy of " + key);
        }
    }

    /** The policy an existing element names: absolute, or relative to its group. */
    private Policy policyOf(ElementKey key, String name) throws InvalidConfigException {
        PolicyTree tree = current.policies();
        if (!name.startsWith("/")) {
            List<String> group = key.group();
            for (String step : group.subList(1, group.size())) {
                tree = tree.group(step)
                        .orElseThrow(() -> new InvalidConfigException("missing-config-element", "no group for " + key));
            }
        }
        return tree.policy(name);
    }
}
