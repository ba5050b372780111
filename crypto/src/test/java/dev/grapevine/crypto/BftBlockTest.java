package dev.grapevine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.proto.Hex;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Capability;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Consenter;
import org.hyperledger.fabric.protos.common.IdentifierHeader;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.Orderers;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.junit.jupiter.api.Test;

/** Blocks of a Fabric 3 BFT ordering service of four consenters, three of which must have signed. */
class BftBlockTest {
    private static final int QUORUM = 3;

    private static SigningIdentity consenter(int index) {
        return MadeChannel.peer(MadeChannel.ORDERERS, index);
    }

    private static ChannelConfig config(String channelCapability) throws InvalidProtocolBufferException {
        Orderers.Builder orderers = Orderers.newBuilder();
        SignaturePolicyEnvelope.Builder policy = SignaturePolicyEnvelope.newBuilder();
        SignaturePolicy.NOutOf.Builder quorum =
                SignaturePolicy.NOutOf.newBuilder().setN(QUORUM);
        for (int index = 0; index < 4; index++) {
            SerializedIdentity identity =
                    SerializedIdentity.parseFrom(consenter(index).serialized());
            orderers.addConsenterMapping(Consenter.newBuilder()
                    .setId(index + 1)
                    .setMspId(identity.getMspid())
                    .setIdentity(identity.getIdBytes()));
            policy.addIdentities(MSPPrincipal.newBuilder()
                    .setPrincipalClassification(MSPPrincipal.Classification.IDENTITY)
                    .setPrincipal(consenter(index).serialized()));
            quorum.addRules(SignaturePolicy.newBuilder().setSignedBy(index));
        }
        policy.setRule(SignaturePolicy.newBuilder().setNOutOf(quorum));
        ConfigGroup root = MadeChannel.config().message().getChannelGroup();
        ConfigGroup orderer = root.getGroupsOrThrow("Orderer").toBuilder()
                .putValues("Orderers", value(orderers.build().toByteString()))
                .putPolicies(
                        "BlockValidation",
                        ConfigPolicy.newBuilder()
                                .setModPolicy("Admins")
                                .setPolicy(Policy.newBuilder()
                                        .setType(1)
                                        .setValue(policy.build().toByteString()))
                                .build())
                .build();
        ConfigGroup group = root.toBuilder()
                .putGroups("Orderer", orderer)
                .putValues(
                        "Capabilities",
                        value(Capabilities.newBuilder()
                                .putCapabilities(channelCapability, Capability.getDefaultInstance())
                                .build()
                                .toByteString()))
                .build();
        return ChannelConfig.of(
                        MadeChannel.NAME,
                        Config.newBuilder().setChannelGroup(group).build(),
                        MadeChannel.PROVIDER)
                .value();
    }

    private static ConfigValue value(ByteString bytes) {
        return ConfigValue.newBuilder().setValue(bytes).setModPolicy("Admins").build();
    }

    private static MetadataSignature signature(Block block, ByteString value, int id, SigningIdentity signer) {
        ByteString header = IdentifierHeader.newBuilder()
                .setIdentifier(id)
                .setNonce(Hex.parse("0102"))
                .build()
                .toByteString();
        ByteString data = value.concat(header).concat(BlockHash.headerBytes(block.getHeader()));
        return MetadataSignature.newBuilder()
                .setIdentifierHeader(header)
                .setSignature(signer.sign(data))
                .build();
    }

    private static ByteString blockSignedBy(List<Integer> ids) {
        Block block = MadeChannel.block(4, 0);
        ByteString value = OrdererBlockMetadata.newBuilder()
                .setConsenterMetadata(Hex.parse("01"))
                .build()
                .toByteString();
        Metadata.Builder metadata = Metadata.newBuilder().setValue(value);
        ids.forEach(id -> metadata.addSignatures(signature(block, value, id, consenter((id - 1) % 4))));
        return block.toBuilder()
                .setMetadata(
                        BlockMetadata.newBuilder().addMetadata(metadata.build().toByteString()))
                .build()
                .toByteString();
    }

    private static BlockVerdict verify(String capability, List<Integer> ids) throws InvalidProtocolBufferException {
        return new BlockVerifier(config(capability), 0).verify(4, blockSignedBy(ids));
    }

    @Test
    void acceptsAQuorumOfConsentersNamedByNumber() throws InvalidProtocolBufferException {
        assertThat(verify("V3_0", List.of(1, 3, 4))).isInstanceOf(BlockVerdict.Verified.class);
        assertThat(verify("V3_0", List.of(9, 4, 2, 1))).isInstanceOf(BlockVerdict.Verified.class);
    }

    @Test
    void refusesLessThanAQuorumHoweverOftenItSigns() throws InvalidProtocolBufferException {
        assertThat(verify("V3_0", List.of(1, 3))).isInstanceOf(BlockVerdict.Refused.class);
        assertThat(verify("V3_0", List.of(1, 3, 3, 1))).isInstanceOf(BlockVerdict.Refused.class);
        assertThat(verify("V3_0", List.of(1, 2, 9))).isInstanceOf(BlockVerdict.Refused.class);
    }

    @Test
    void knowsNoNumbersWithoutTheCapability() throws InvalidProtocolBufferException {
        assertThat(verify("V2_0", List.of(1, 3, 4))).isInstanceOf(BlockVerdict.Refused.class);
    }
}
