package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.config.AnchorPeer;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.generate.BlockSigner;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.generate.ConfigChange;
import dev.grapevine.crypto.generate.GenesisBlock;
import dev.grapevine.crypto.generate.MemberMaterial;
import dev.grapevine.crypto.generate.OrganisationMaterial;
import dev.grapevine.crypto.generate.OrganisationSpec;
import dev.grapevine.crypto.generate.SignedEnvelope;
import dev.grapevine.crypto.generate.Validity;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;

/** A channel of two organisations and an ordering organisation, with certificates of its own making. */
public final class MadeChannel {
    public static final ChannelId NAME = new ChannelId("made");
    public static final SignatureProvider PROVIDER = SignatureProvider.bouncyCastle();

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Random RANDOM = new Random(1);

    public static final OrganisationMaterial ORG1 = generate(OrganisationSpec.peers("Org1", "org1.example", 2));
    public static final OrganisationMaterial ORG2 = generate(OrganisationSpec.peers("Org2", "org2.example", 1));
    public static final OrganisationMaterial ORDERERS =
            generate(OrganisationSpec.orderers("Orderer", "orderer.example", 4));

    private MadeChannel() {}

    private static OrganisationMaterial generate(OrganisationSpec spec) {
        return OrganisationMaterial.generate(spec, Validity.startingNow(NOW), RANDOM);
    }

    public static FabricMSPConfig mspConfig(OrganisationMaterial organisation) {
        return organisation.mspConfig(organisation.customaryMspId());
    }

    public static Msp msp(OrganisationMaterial organisation) {
        return Msp.of(mspConfig(organisation), MspVersion.V1_4_3, PROVIDER).value();
    }

    public static SigningIdentity identity(OrganisationMaterial organisation, MemberMaterial member) {
        return member.identity().signingIdentity(msp(organisation), PROVIDER).value();
    }

    public static SigningIdentity peer(OrganisationMaterial organisation, int index) {
        return identity(organisation, organisation.nodes().get(index));
    }

    public static SigningIdentity admin(OrganisationMaterial organisation) {
        return identity(organisation, organisation.admin());
    }

    public static SigningIdentity user(OrganisationMaterial organisation) {
        return identity(organisation, organisation.users().get(0));
    }

    public static ChannelProfile profile() {
        return ChannelProfile.of(
                NAME,
                List.of(
                        ChannelProfile.Organisation.ofPeers("Org1", mspConfig(ORG1), new AnchorPeer("peer0", 7051)),
                        ChannelProfile.Organisation.ofPeers("Org2", mspConfig(ORG2))),
                List.of(ChannelProfile.Organisation.ofOrderers("Orderers", mspConfig(ORDERERS), "orderer0:7050")),
                NOW);
    }

    public static Block genesis() {
        return GenesisBlock.of(profile());
    }

    public static ChannelConfig config() {
        return ChannelConfig.ofBlock(genesis(), PROVIDER).value();
    }

    public static List<SigningIdentity> allAdmins() {
        return List.of(admin(ORG1), admin(ORG2), admin(ORDERERS));
    }

    /** A block with one configuration transaction that changes the channel group so. */
    public static Block configBlock(
            ChannelConfig current,
            long number,
            UnaryOperator<ConfigGroup> change,
            List<SigningIdentity> administrators) {
        SigningIdentity orderer = peer(ORDERERS, 0);
        ConfigGroup wanted = change.apply(current.message().getChannelGroup());
        ByteString transaction = ConfigChange.between(current, wanted)
                .transaction(orderer, administrators)
                .toByteString();
        return new BlockSigner(orderer).make(number, ByteString.EMPTY, List.of(transaction), number);
    }

    public static ByteString transaction(String text) {
        return SignedEnvelope.of(NAME, HeaderType.ENDORSER_TRANSACTION, ByteString.copyFromUtf8(text), user(ORG1))
                .toByteString();
    }

    /** A block with one transaction, signed by a member of the ordering organisation. */
    public static Block block(long number, long lastConfig) {
        return new BlockSigner(peer(ORDERERS, 0))
                .make(number, ByteString.EMPTY, List.of(transaction("number " + number)), lastConfig);
    }

    public static MspId mspId(OrganisationMaterial organisation) {
        return organisation.customaryMspId();
    }
}
