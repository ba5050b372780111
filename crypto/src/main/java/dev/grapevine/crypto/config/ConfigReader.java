package dev.grapevine.crypto.config;

import static dev.grapevine.crypto.config.InvalidConfigException.require;

import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.policy.PolicyTree;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.common.BlockDataHashingStructure;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.Consortium;
import org.hyperledger.fabric.protos.common.HashingAlgorithm;
import org.hyperledger.fabric.protos.common.OrdererAddresses;

/** Reads the channel section of a configuration and has the others read. */
final class ConfigReader {
    static final String ROOT = "Channel";
    static final String APPLICATION = "Application";
    static final String ORDERER = "Orderer";
    static final String CAPABILITIES = "Capabilities";

    private static final List<String> VALUES = List.of(
            "HashingAlgorithm",
            "BlockDataHashingStructure",
            "OrdererAddresses",
            "Orderers",
            "Consortium",
            CAPABILITIES);
    private static final int WHOLE_WIDTH = -1;

    private final SignatureProvider provider;

    ConfigReader(SignatureProvider provider) {
        this.provider = provider;
    }

    ChannelConfig read(ChannelId channel, Config config) throws InvalidConfigException {
        require(config.hasChannelGroup(), "empty-config", "the configuration has no channel group");
        ConfigGroup root = config.getChannelGroup();
        // Fails on illegal names, which must never become part of a policy's path.
        ConfigElements.of(root);
        checkOrderersCanFollow(root);
        ChannelConfig.Sections sections = sections(root);
        Verdict<PolicyTree> policies = PolicyTree.of(ROOT, root);
        if (!policies.isAccepted()) {
            throw new InvalidConfigException(policies.rejection());
        }
        return new ChannelConfig(channel, config, sections, policies.value(), provider);
    }

    /** Capabilities must be switched on for the orderers first. */
    private static void checkOrderersCanFollow(ConfigGroup root) throws InvalidConfigException {
        ConfigGroup orderer = root.getGroupsMap().get(ORDERER);
        ConfigGroup application = root.getGroupsMap().get(APPLICATION);
        boolean capable = orderer == null || orderer.containsValues(CAPABILITIES);
        boolean demanded =
                root.containsValues(CAPABILITIES) || (application != null && application.containsValues(CAPABILITIES));
        require(
                capable || !demanded,
                "orderers-lack-capabilities",
                "channel or application capabilities need capabilities in the orderer section first");
    }

    private ChannelConfig.Sections sections(ConfigGroup root) throws InvalidConfigException {
        GroupValues values = new GroupValues("/" + ROOT, root, VALUES);
        Capabilities capabilities = readCapabilities(values);
        refuse(capabilities.unsupportedOfChannel());
        List<String> addresses = List.copyOf(
                values.read("OrdererAddresses", OrdererAddresses.parser()).getAddressesList());
        checkValues(values, capabilities, addresses);
        for (String name : root.getGroupsMap().keySet()) {
            require(
                    name.equals(APPLICATION) || name.equals(ORDERER),
                    "unknown-config-group",
                    "/Channel holds a group '" + name + "'; a peer's channel has Application and Orderer only");
        }
        return sections(root, capabilities, addresses);
    }

    private ChannelConfig.Sections sections(ConfigGroup root, Capabilities capabilities, List<String> addresses)
            throws InvalidConfigException {
        MspVersion version = capabilities.mspVersion();
        MspSetup msps = new MspSetup(version, provider);
        ConfigGroup application = root.getGroupsMap().get(APPLICATION);
        if (application == null) {
            throw new InvalidConfigException("no-application-section", "no peer can take part in such a channel");
        }
        ApplicationSection applicationSection = ApplicationReader.read(application, msps);
        ConfigGroup orderer = root.getGroupsMap().get(ORDERER);
        Optional<OrdererSection> ordererSection =
                orderer == null ? Optional.empty() : Optional.of(OrdererReader.read(orderer, msps, capabilities));
        return new ChannelConfig.Sections(
                capabilities, addresses, applicationSection, ordererSection, new Msps(msps.all()));
    }

    private static void checkValues(GroupValues values, Capabilities capabilities, List<String> addresses)
            throws InvalidConfigException {
        String hash = values.read("HashingAlgorithm", HashingAlgorithm.parser()).getName();
        require(
                hash.equals("SHA256") || hash.equals("SHA3_256"),
                "unknown-hashing-algorithm",
                "'" + hash + "'; SHA256 and SHA3_256 are known");
        int width = values.read("BlockDataHashingStructure", BlockDataHashingStructure.parser())
                .getWidth();
        require(
                width == WHOLE_WIDTH,
                "unknown-hashing-structure",
                "width " + Integer.toUnsignedString(width) + "; only 4294967295 is supported");
        values.read("Consortium", Consortium.parser());
        values.read("Orderers", org.hyperledger.fabric.protos.common.Orderers.parser());
        require(
                capabilities.isSince142() || !addresses.isEmpty(),
                "no-orderer-addresses",
                "below capability V1_4_2 the channel must name orderer addresses");
        require(
                !capabilities.isBft() || addresses.isEmpty(),
                "global-orderer-addresses",
                "with capability V3_0 orderer addresses belong to their organisations only");
    }

    static Capabilities readCapabilities(GroupValues values) throws InvalidConfigException {
        var message = values.read(CAPABILITIES, org.hyperledger.fabric.protos.common.Capabilities.parser());
        return new Capabilities(new TreeSet<>(message.getCapabilitiesMap().keySet()));
    }

    static void refuse(Optional<Rejection> why) throws InvalidConfigException {
        if (why.isPresent()) {
            throw new InvalidConfigException(why.get());
        }
    }
}
