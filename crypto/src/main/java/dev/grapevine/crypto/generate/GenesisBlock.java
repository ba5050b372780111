package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Timestamp;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.config.AnchorPeer;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Sha256;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockDataHashingStructure;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Capability;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HashingAlgorithm;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ChannelRestrictions;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.peer.AnchorPeers;

/** Makes the first block of a channel from its profile, as configtxgen does. Nobody signs it: it is handed out by hand. */
public final class GenesisBlock {
    private static final int NONCE_BYTES = 24;

    private GenesisBlock() {}

    /** The genesis block; equal profiles give equal bytes. */
    public static Block of(ChannelProfile profile) {
        ConfigEnvelope config = ConfigEnvelope.newBuilder()
                .setConfig(Config.newBuilder().setChannelGroup(channelGroup(profile)))
                .build();
        BlockData data = BlockData.newBuilder()
                .addData(envelope(profile, config).toByteString())
                .build();
        Block unhashed = Block.newBuilder().setData(data).build();
        return unhashed.toBuilder()
                .setHeader(BlockHeader.newBuilder().setDataHash(BlockHash.ofData(unhashed)))
                .setMetadata(metadata())
                .build();
    }

    private static BlockMetadata metadata() {
        ByteString value = OrdererBlockMetadata.newBuilder()
                .setLastConfig(LastConfig.getDefaultInstance())
                .build()
                .toByteString();
        return BlockMetadata.newBuilder()
                .addMetadata(Metadata.newBuilder().setValue(value).build().toByteString())
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .build();
    }

    private static Envelope envelope(ChannelProfile profile, ConfigEnvelope config) {
        ByteString nonce =
                Sha256.of(profile.channel().bytes(), config.toByteString()).substring(0, NONCE_BYTES);
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(HeaderType.CONFIG_VALUE)
                .setVersion(1)
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(profile.createdAt().getEpochSecond()))
                .setChannelId(profile.channel().name())
                .setTxId(Hex.of(Sha256.of(nonce)))
                .build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder()
                                .setChannelHeader(header.toByteString())
                                .setSignatureHeader(SignatureHeader.newBuilder()
                                        .setNonce(nonce)
                                        .build()
                                        .toByteString()))
                        .setData(config.toByteString())
                        .build()
                        .toByteString())
                .build();
    }

    private static ConfigGroup channelGroup(ChannelProfile profile) {
        ConfigGroup.Builder group = group();
        PolicyTemplates.addChannelPolicies(group);
        put(
                group,
                "HashingAlgorithm",
                HashingAlgorithm.newBuilder().setName("SHA256").build());
        put(
                group,
                "BlockDataHashingStructure",
                BlockDataHashingStructure.newBuilder().setWidth(-1).build());
        put(group, "Capabilities", capability("V2_0"));
        group.putGroups("Application", applicationGroup(profile));
        group.putGroups("Orderer", ordererGroup(profile));
        return group.build();
    }

    private static ConfigGroup applicationGroup(ChannelProfile profile) {
        ConfigGroup.Builder group = group();
        PolicyTemplates.addApplicationPolicies(group);
        put(group, "Capabilities", capability("V2_5"));
        profile.application().forEach(each -> group.putGroups(each.name(), peerOrganisation(each)));
        return group.build();
    }

    private static ConfigGroup peerOrganisation(ChannelProfile.Organisation organisation) {
        ConfigGroup.Builder group = organisationGroup(organisation);
        PolicyTemplates.addPeerOrganisationPolicies(
                group,
                organisation.msp().getName(),
                organisation.msp().getFabricNodeOus().getEnable());
        AnchorPeers.Builder anchors = AnchorPeers.newBuilder();
        for (AnchorPeer anchor : organisation.anchorPeers()) {
            anchors.addAnchorPeers(org.hyperledger.fabric.protos.peer.AnchorPeer.newBuilder()
                    .setHost(anchor.host())
                    .setPort(anchor.port()));
        }
        if (anchors.getAnchorPeersCount() > 0) {
            put(group, "AnchorPeers", anchors.build());
        }
        return group.build();
    }

    private static ConfigGroup ordererGroup(ChannelProfile profile) {
        ConfigGroup.Builder group = group();
        PolicyTemplates.addOrdererPolicies(group);
        ChannelProfile.Batch batch = profile.batch();
        put(
                group,
                "BatchSize",
                BatchSize.newBuilder()
                        .setMaxMessageCount(batch.maxMessages())
                        .setAbsoluteMaxBytes(batch.absoluteMaxBytes())
                        .setPreferredMaxBytes(batch.preferredMaxBytes())
                        .build());
        String timeout = batch.timeout().toMillis() + "ms";
        put(group, "BatchTimeout", BatchTimeout.newBuilder().setTimeout(timeout).build());
        put(group, "ChannelRestrictions", ChannelRestrictions.getDefaultInstance());
        put(group, "Capabilities", capability("V2_0"));
        put(
                group,
                "ConsensusType",
                ConsensusType.newBuilder()
                        .setType(profile.consensusType())
                        .setMetadata(profile.consensusMetadata())
                        .build());
        profile.orderers().forEach(each -> group.putGroups(each.name(), ordererOrganisation(each)));
        return group.build();
    }

    private static ConfigGroup ordererOrganisation(ChannelProfile.Organisation organisation) {
        ConfigGroup.Builder group = organisationGroup(organisation);
        PolicyTemplates.addOrdererOrganisationPolicies(group, organisation.msp().getName());
        if (!organisation.ordererEndpoints().isEmpty()) {
            put(
                    group,
                    "Endpoints",
                    OrdererAddresses.newBuilder()
                            .addAllAddresses(organisation.ordererEndpoints())
                            .build());
        }
        return group.build();
    }

    private static ConfigGroup.Builder organisationGroup(ChannelProfile.Organisation organisation) {
        ConfigGroup.Builder group = group();
        MSPConfig msp = MSPConfig.newBuilder()
                .setConfig(organisation.msp().toByteString())
                .build();
        put(group, "MSP", msp);
        return group;
    }

    private static ConfigGroup.Builder group() {
        return ConfigGroup.newBuilder().setModPolicy(PolicyTemplates.ADMINS);
    }

    private static Capabilities capability(String name) {
        return Capabilities.newBuilder()
                .putCapabilities(name, Capability.getDefaultInstance())
                .build();
    }

    private static void put(ConfigGroup.Builder group, String name, MessageLite value) {
        group.putValues(
                name,
                ConfigValue.newBuilder()
                        .setValue(value.toByteString())
                        .setModPolicy(PolicyTemplates.ADMINS)
                        .build());
    }
}
