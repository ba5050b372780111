package dev.grapevine.cli.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.grapevine.cli.Json;
import java.util.Map;
import org.hyperledger.fabric.protos.common.BlockDataHashingStructure;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Consortium;
import org.hyperledger.fabric.protos.common.HashingAlgorithm;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.common.Orderers;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ChannelRestrictions;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.peer.ACLs;
import org.hyperledger.fabric.protos.peer.AnchorPeers;

/** One value of the configuration tree, decoded by its name. */
final class ConfigValueView {
    private static final Map<String, Parser<? extends Message>> TYPES = Map.ofEntries(
            Map.entry("HashingAlgorithm", HashingAlgorithm.parser()),
            Map.entry("BlockDataHashingStructure", BlockDataHashingStructure.parser()),
            Map.entry("OrdererAddresses", OrdererAddresses.parser()),
            Map.entry("Endpoints", OrdererAddresses.parser()),
            Map.entry("Consortium", Consortium.parser()),
            Map.entry("Capabilities", Capabilities.parser()),
            Map.entry("ACLs", ACLs.parser()),
            Map.entry("AnchorPeers", AnchorPeers.parser()),
            Map.entry("ConsensusType", ConsensusType.parser()),
            Map.entry("BatchSize", BatchSize.parser()),
            Map.entry("BatchTimeout", BatchTimeout.parser()),
            Map.entry("ChannelRestrictions", ChannelRestrictions.parser()),
            Map.entry("Orderers", Orderers.parser()));

    private ConfigValueView() {}

    static ObjectNode of(String name, ConfigValue value) throws InvalidProtocolBufferException {
        ObjectNode view = Json.object();
        view.put("version", value.getVersion());
        view.put("mod_policy", value.getModPolicy());
        view.set("value", Json.of(decode(name, value.getValue())));
        return view;
    }

    private static Message decode(String name, ByteString value) throws InvalidProtocolBufferException {
        if (name.equals("MSP")) {
            return FabricMSPConfig.parseFrom(MSPConfig.parseFrom(value).getConfig());
        }
        Parser<? extends Message> parser = TYPES.get(name);
        return parser == null ? BytesValue.of(value) : parser.parseFrom(value);
    }
}
