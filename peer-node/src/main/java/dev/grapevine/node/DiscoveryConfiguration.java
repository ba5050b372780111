package dev.grapevine.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.config.OrdererOrganisation;
import dev.grapevine.crypto.config.OrdererSection;
import java.util.List;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.discovery.ConfigResult;
import org.hyperledger.fabric.protos.discovery.Endpoint;
import org.hyperledger.fabric.protos.discovery.Endpoints;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;

/** A channel's configuration as service discovery answers it: the MSPs by their ids, and where the orderers are. */
final class DiscoveryConfiguration {
    private static final String MSP = "MSP";

    private DiscoveryConfiguration() {}

    static ConfigResult of(ChannelConfig config) {
        ConfigResult.Builder result = ConfigResult.newBuilder();
        ConfigGroup channel = config.message().getChannelGroup();
        for (String section : List.of("Application", "Orderer")) {
            for (ConfigGroup organisation : channel.getGroupsOrDefault(section, ConfigGroup.getDefaultInstance())
                    .getGroupsMap()
                    .values()) {
                FabricMSPConfig msp = msp(organisation);
                result.putMsps(msp.getName(), msp);
            }
        }
        config.orderer().ifPresent(orderer -> addOrderers(orderer, config.ordererAddresses(), result));
        return result.build();
    }

    private static FabricMSPConfig msp(ConfigGroup organisation) {
        try {
            ByteString value = organisation.getValuesOrThrow(MSP).getValue();
            return FabricMSPConfig.parseFrom(MSPConfig.parseFrom(value).getConfig());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("this configuration was accepted, so its MSPs parse", e);
        }
    }

    private static void addOrderers(OrdererSection orderer, List<String> global, ConfigResult.Builder result) {
        for (OrdererOrganisation organisation : orderer.organisations().values()) {
            List<String> addresses = organisation.endpoints().isEmpty() ? global : organisation.endpoints();
            Endpoints.Builder endpoints = Endpoints.newBuilder();
            addresses.forEach(address -> endpoints.addEndpoint(endpoint(address)));
            result.putOrderers(organisation.msp().id().name(), endpoints.build());
        }
    }

    private static Endpoint endpoint(String address) {
        int colon = address.lastIndexOf(':');
        return Endpoint.newBuilder()
                .setHost(address.substring(0, Math.max(0, colon)))
                .setPort(Integer.parseInt(address.substring(colon + 1)))
                .build();
    }
}
