package dev.grapevine.interop.lab;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Capability;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.peer.ACLs;
import org.hyperledger.fabric.protos.peer.APIResource;
import org.hyperledger.fabric.protos.peer.AnchorPeer;
import org.hyperledger.fabric.protos.peer.AnchorPeers;

/** Changes of a channel group. Organisations are named as in the configuration: {@code Org1}. */
public final class ConfigEdits {
    private static final String APPLICATION = "Application";
    private static final String ORDERER = "Orderer";

    private ConfigEdits() {}

    /** At most so many transactions in a block. */
    public static UnaryOperator<ConfigGroup> batchCount(int count) {
        return in(ORDERER, group -> {
            BatchSize size = parse(BatchSize.parser(), group.getValuesOrThrow("BatchSize"));
            return put(
                    group,
                    "BatchSize",
                    size.toBuilder().setMaxMessageCount(count).build());
        });
    }

    /** The anchor peers of an organisation, on localhost. */
    public static UnaryOperator<ConfigGroup> anchors(String organisation, List<Integer> ports) {
        AnchorPeers.Builder anchors = AnchorPeers.newBuilder();
        ports.forEach(port -> anchors.addAnchorPeers(
                AnchorPeer.newBuilder().setHost("localhost").setPort(port)));
        return in(APPLICATION, in(organisation, group -> put(group, "AnchorPeers", anchors.build())));
    }

    /** The policy of one resource. */
    public static UnaryOperator<ConfigGroup> acl(String resource, String policy) {
        ACLs acls = ACLs.newBuilder()
                .putAcls(resource, APIResource.newBuilder().setPolicyRef(policy).build())
                .build();
        return in(APPLICATION, group -> put(group, "ACLs", acls));
    }

    /** Where the ordering service is to be reached. */
    public static UnaryOperator<ConfigGroup> ordererEndpoints(String... addresses) {
        OrdererAddresses endpoints = OrdererAddresses.newBuilder()
                .addAllAddresses(List.of(addresses))
                .build();
        return in(ORDERER, in("OrdererOrg", group -> put(group, "Endpoints", endpoints)));
    }

    /** One more capability of the application section. */
    public static UnaryOperator<ConfigGroup> applicationCapability(String name) {
        return in(APPLICATION, group -> {
            Capabilities capabilities = parse(Capabilities.parser(), group.getValuesOrThrow("Capabilities"));
            return put(
                    group,
                    "Capabilities",
                    capabilities.toBuilder()
                            .putCapabilities(name, Capability.getDefaultInstance())
                            .build());
        });
    }

    /** Removes an organisation of peers. */
    public static UnaryOperator<ConfigGroup> without(String organisation) {
        return in(
                APPLICATION,
                group -> group.toBuilder().removeGroups(organisation).build());
    }

    /** Adds an organisation of peers. */
    public static UnaryOperator<ConfigGroup> with(String name, ConfigGroup organisation) {
        return in(
                APPLICATION,
                group -> group.toBuilder().putGroups(name, organisation).build());
    }

    /** An organisation of peers as it stands. */
    public static ConfigGroup organisation(ConfigGroup channel, String name) {
        return channel.getGroupsOrThrow(APPLICATION).getGroupsOrThrow(name);
    }

    /** The certificates that an organisation has revoked, as a CRL in PEM. */
    public static UnaryOperator<ConfigGroup> revocations(String organisation, ByteString crl) {
        return in(APPLICATION, in(organisation, group -> {
            MSPConfig msp = parse(MSPConfig.parser(), group.getValuesOrThrow("MSP"));
            try {
                FabricMSPConfig revoking = FabricMSPConfig.parseFrom(msp.getConfig()).toBuilder()
                        .addRevocationList(crl)
                        .build();
                return put(
                        group,
                        "MSP",
                        msp.toBuilder().setConfig(revoking.toByteString()).build());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private static UnaryOperator<ConfigGroup> in(String name, UnaryOperator<ConfigGroup> edit) {
        return group -> group.toBuilder()
                .putGroups(name, edit.apply(group.getGroupsOrThrow(name)))
                .build();
    }

    private static ConfigGroup put(ConfigGroup group, String name, MessageLite value) {
        ConfigValue old = group.getValuesOrDefault(
                name, ConfigValue.newBuilder().setModPolicy("Admins").build());
        return group.toBuilder()
                .putValues(name, old.toBuilder().setValue(value.toByteString()).build())
                .build();
    }

    private static <M> M parse(com.google.protobuf.Parser<M> parser, ConfigValue value) {
        try {
            return parser.parseFrom(value.getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the channel's own configuration does not parse", e);
        }
    }
}
