package dev.grapevine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelledCryptoTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final MspId ORG2 = new MspId("Org2MSP");
    private static final ChannelId CHANNEL = new ChannelId("lab");
    private static final ByteString PAYLOAD = ByteString.copyFromUtf8("payload");

    private final ModelledCrypto crypto = new ModelledCrypto(ORG1);
    private final SigningIdentity peer1 = ModelledCrypto.identity(ORG1, "peer1");
    private final SigningIdentity peer2 = ModelledCrypto.identity(ORG2, "peer2");

    @Test
    void theSameNameIsTheSameIdentity() {
        assertThat(ModelledCrypto.identity(ORG1, "peer1").pkiId()).isEqualTo(peer1.pkiId());
        assertThat(peer2.pkiId()).isNotEqualTo(peer1.pkiId());
    }

    @Test
    void anotherOrganisationIsUnknownUntilAChannelIsShared() {
        assertThat(crypto.validate(peer2.serialized()).isAccepted()).isFalse();
        assertThat(crypto.organisationOf(peer2.serialized())).isEmpty();
        crypto.join(CHANNEL, ORG1, ORG2);
        assertThat(crypto.validate(peer2.serialized()).isAccepted()).isTrue();
        assertThat(crypto.organisationOf(peer2.serialized())).contains(ORG2);
    }

    @Test
    void aSignatureIsOfOneIdentityAndOnePayload() {
        assertThat(crypto.verify(peer1.serialized(), peer1.sign(PAYLOAD), PAYLOAD))
                .isTrue();
        assertThat(crypto.verify(peer1.serialized(), peer1.sign(PAYLOAD), ByteString.EMPTY))
                .isFalse();
        assertThat(crypto.verify(peer1.serialized(), ByteString.EMPTY, PAYLOAD)).isFalse();
        crypto.revoke(peer1.pkiId());
        assertThat(crypto.verify(peer1.serialized(), peer1.sign(PAYLOAD), PAYLOAD))
                .isFalse();
    }

    @Test
    void readersOfAChannelAreItsOrganisations() {
        crypto.join(CHANNEL, ORG1);
        ByteString signature = peer1.sign(PAYLOAD);
        assertThat(crypto.verifyByChannel(CHANNEL, peer1.serialized(), signature, PAYLOAD))
                .isTrue();
        assertThat(crypto.verifyByChannel(new ChannelId("other"), peer1.serialized(), signature, PAYLOAD))
                .isFalse();
    }

    @Test
    void blocksOfAChainAreVerifiedAndAlteredOnesRefused() {
        crypto.join(CHANNEL, ORG1);
        List<ByteString> chain = ModelledCrypto.chain(CHANNEL, 3, 100);
        for (int number = 0; number < chain.size(); number++) {
            assertThat(crypto.verifyBlock(CHANNEL, number, chain.get(number)))
                    .isInstanceOf(BlockVerdict.Verified.class);
        }
        assertThat(reason(crypto.verifyBlock(CHANNEL, 1, chain.get(2)))).isEqualTo("wrong-number");
        assertThat(reason(crypto.verifyBlock(new ChannelId("other"), 0, chain.get(0))))
                .isEqualTo("unknown-channel");
        assertThat(reason(crypto.verifyBlock(CHANNEL, 0, ByteString.copyFromUtf8("garbage"))))
                .isEqualTo("malformed-block");
    }

    @Test
    void whatOneNodeHasVerifiedIsTheSameBlockForAnotherUnderTheSameConfiguration() {
        SharedVerdicts shared = new SharedVerdicts();
        ModelledCrypto one = new ModelledCrypto(ORG1, shared).join(CHANNEL, ORG1);
        ModelledCrypto other = new ModelledCrypto(ORG2, shared).join(CHANNEL, ORG1);
        ByteString block = ModelledCrypto.chain(CHANNEL, 2, 100).get(1);
        ByteString copy = ByteString.copyFrom(block.toByteArray());
        ByteString forged = ByteString.copyFrom(block.toByteArray()).substring(1);

        VerifiedBlock first = verified(one.verifyBlock(CHANNEL, 1, block));

        VerifiedBlock second = verified(other.verifyBlock(CHANNEL, 1, copy));
        assertThat(second.block()).isSameAs(first.block());
        assertThat(second.bytes())
                .as("as it was given, for those who come next")
                .isSameAs(copy);
        assertThat(verified(one.verifyBlock(CHANNEL, 1, copy))).isSameAs(second);
        assertThat(other.verifyBlock(CHANNEL, 1, forged)).isInstanceOf(BlockVerdict.Refused.class);
        other.configure(CHANNEL, 1);
        assertThat(verified(other.verifyBlock(CHANNEL, 1, copy)).verifiedUnder())
                .isEqualTo(1);
    }

    @Test
    void nodesShareWhatAnIdentitySaysButNotWhetherTheyTrustIt() {
        SharedVerdicts shared = new SharedVerdicts();
        ModelledCrypto one = new ModelledCrypto(ORG1, shared);
        ModelledCrypto other = new ModelledCrypto(ORG1, shared);
        SigningIdentity peer = ModelledCrypto.identity(ORG1, "peer");

        other.revoke(peer.pkiId());

        ByteString copy = ByteString.copyFrom(peer.serialized().toByteArray());
        assertThat(one.validate(copy).value())
                .isSameAs(one.validate(peer.serialized()).value());
        assertThat(other.validate(copy).isAccepted()).isFalse();
    }

    private static VerifiedBlock verified(BlockVerdict verdict) {
        return ((BlockVerdict.Verified) verdict).block();
    }

    private static String reason(BlockVerdict verdict) {
        return verdict instanceof BlockVerdict.Refused refused ? refused.why().reason() : "";
    }
}
