package dev.grapevine.crypto.config;

import static dev.grapevine.crypto.config.InvalidConfigException.require;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.common.Orderers;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ChannelRestrictions;
import org.hyperledger.fabric.protos.orderer.ConsensusType;

/** Reads the orderer section. */
final class OrdererReader {
    private static final String PATH = "/Channel/Orderer";
    private static final String ENDPOINTS = "Endpoints";
    private static final List<String> VALUES = List.of(
            "ConsensusType",
            "BatchSize",
            "BatchTimeout",
            "KafkaBrokers",
            "ChannelRestrictions",
            "Orderers",
            ConfigReader.CAPABILITIES);

    private OrdererReader() {}

    static OrdererSection read(ConfigGroup group, MspSetup msps, Capabilities channel) throws InvalidConfigException {
        GroupValues values = new GroupValues(PATH, group, VALUES);
        ConsensusType consensus = values.read("ConsensusType", ConsensusType.parser());
        values.read("ChannelRestrictions", ChannelRestrictions.parser());
        OrdererSection.BatchLimits batch = batch(values);
        SortedMap<String, OrdererOrganisation> organisations = new TreeMap<>();
        for (Map.Entry<String, ConfigGroup> entry : group.getGroupsMap().entrySet()) {
            organisations.put(entry.getKey(), organisation(entry.getKey(), entry.getValue(), msps, channel));
        }
        return new OrdererSection(
                Collections.unmodifiableSortedMap(organisations),
                consensus.getType(),
                consensus.getMetadata(),
                batch,
                consenters(values.read("Orderers", Orderers.parser())),
                ConfigReader.readCapabilities(values));
    }

    private static OrdererSection.BatchLimits batch(GroupValues values) throws InvalidConfigException {
        BatchSize size = values.read("BatchSize", BatchSize.parser());
        long messages = Integer.toUnsignedLong(size.getMaxMessageCount());
        long absolute = Integer.toUnsignedLong(size.getAbsoluteMaxBytes());
        long preferred = Integer.toUnsignedLong(size.getPreferredMaxBytes());
        require(
                messages > 0 && preferred > 0 && preferred <= absolute,
                "illegal-batch-size",
                messages + " messages, " + preferred + " of " + absolute
                        + " bytes preferred; all must be positive and the preferred bytes at most the absolute");
        String timeout = values.read("BatchTimeout", BatchTimeout.parser()).getTimeout();
        Duration parsed = GoDuration.parsePositive(timeout)
                .orElseThrow(() -> new InvalidConfigException(
                        "illegal-batch-timeout", "'" + timeout + "'; a positive duration such as 2s is needed"));
        return new OrdererSection.BatchLimits(messages, absolute, preferred, parsed);
    }

    private static OrdererOrganisation organisation(String name, ConfigGroup group, MspSetup msps, Capabilities channel)
            throws InvalidConfigException {
        String path = PATH + "/" + name;
        require(group.getGroupsCount() == 0, "unknown-config-group", path + " is an organisation and holds groups");
        GroupValues values = new GroupValues(path, group, List.of("MSP", ENDPOINTS));
        require(
                channel.isSince142() || !values.has(ENDPOINTS),
                "endpoints-without-capability",
                path + " holds endpoints, which need channel capability V1_4_2 or later");
        List<String> endpoints =
                values.read(ENDPOINTS, OrdererAddresses.parser()).getAddressesList();
        require(
                !channel.isBft() || !endpoints.isEmpty(),
                "no-orderer-endpoints",
                path + " has no endpoints, which capability V3_0 demands");
        return new OrdererOrganisation(name, msps.setUp(path, values.read("MSP", MSPConfig.parser())), endpoints);
    }

    private static List<Consenter> consenters(Orderers orderers) {
        return orderers.getConsenterMappingList().stream()
                .map(consenter -> new Consenter(
                        consenter.getId(), consenter.getHost(), consenter.getPort(), identityOf(consenter)))
                .toList();
    }

    private static ByteString identityOf(org.hyperledger.fabric.protos.common.Consenter consenter) {
        return SerializedIdentity.newBuilder()
                .setMspid(consenter.getMspId())
                .setIdBytes(consenter.getIdentity())
                .build()
                .toByteString();
    }
}
