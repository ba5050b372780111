package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.simulation.scenario.Behaviour;
import java.util.List;
import java.util.SplittableRandom;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.junit.jupiter.api.Test;

class ByzantineTest {
    private final SigningIdentity self = ModelledCrypto.identity(new MspId("Org1MSP"), "peer1");
    private final SigningIdentity other = ModelledCrypto.identity(new MspId("Org1MSP"), "peer2");
    private final ByteString block = SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                    .setDataMsg(DataMessage.newBuilder()
                            .setPayload(Payload.newBuilder().setSeqNum(7).setData(ByteString.copyFrom(new byte[1000]))))
                    .build())
            .wire();

    private List<ByteString> twist(Behaviour behaviour, ByteString frame) {
        return new Mischief(behaviour, self, new SplittableRandom(1)).twist(frame);
    }

    private ByteString stateInfo(SigningIdentity whose) {
        return SignedGossipMessage.signed(
                        GossipMessage.newBuilder()
                                .setStateInfo(StateInfo.newBuilder()
                                        .setPkiId(whose.pkiId().bytes())
                                        .setProperties(Properties.newBuilder().setLedgerHeight(8)))
                                .build(),
                        whose)
                .wire();
    }

    private static SignedGossipMessage parsed(ByteString frame) throws MalformedMessageException {
        return SignedGossipMessage.parse(frame);
    }

    @Test
    void aForgerChangesTheContentOfBlocksAndNothingElse() throws MalformedMessageException {
        SignedGossipMessage forged = parsed(twist(Behaviour.FORGE, block).get(0));

        assertThat(forged.message().getDataMsg().getPayload().getSeqNum()).isEqualTo(7);
        assertThat(forged.wire()).isNotEqualTo(block);
        assertThat(forged.size()).isEqualTo(block.size());
        assertThat(twist(Behaviour.FORGE, stateInfo(self))).containsExactly(stateInfo(self));
    }

    @Test
    void aMiserKeepsBlocksAndPassesOnTheRest() {
        assertThat(twist(Behaviour.WITHHOLD, block)).isEmpty();
        assertThat(twist(Behaviour.WITHHOLD, stateInfo(other))).hasSize(1);
    }

    @Test
    void aLiarExaggeratesItsOwnHeightUnderItsOwnSignature() throws MalformedMessageException {
        SignedGossipMessage lie = parsed(twist(Behaviour.LIE, stateInfo(self)).get(0));

        assertThat(lie.message().getStateInfo().getProperties().getLedgerHeight())
                .isEqualTo(1008);
        assertThat(lie.envelope().getSignature())
                .isEqualTo(self.sign(lie.envelope().getPayload()));
        assertThat(twist(Behaviour.LIE, stateInfo(other))).containsExactly(stateInfo(other));
    }

    @Test
    void aReplayerSendsSomethingOldBesides() {
        Mischief mischief = new Mischief(Behaviour.REPLAY, self, new SplittableRandom(1));
        mischief.twist(block);

        assertThat(mischief.twist(stateInfo(self))).hasSize(2).first().isEqualTo(stateInfo(self));
    }

    @Test
    void aFlooderSaysEverythingManyTimes() {
        assertThat(twist(Behaviour.FLOOD, stateInfo(self))).hasSizeGreaterThan(10);
    }
}
