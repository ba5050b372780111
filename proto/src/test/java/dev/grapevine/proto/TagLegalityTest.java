package dev.grapevine.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hyperledger.fabric.protos.gossip.GossipMessage.Tag.CHAN_AND_ORG;
import static org.hyperledger.fabric.protos.gossip.GossipMessage.Tag.CHAN_OR_ORG;
import static org.hyperledger.fabric.protos.gossip.GossipMessage.Tag.EMPTY;
import static org.hyperledger.fabric.protos.gossip.GossipMessage.Tag.ORG_ONLY;
import static org.hyperledger.fabric.protos.gossip.GossipMessage.Tag.UNRECOGNIZED;

import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.DataDigest;
import org.hyperledger.fabric.protos.gossip.DataRequest;
import org.hyperledger.fabric.protos.gossip.DataUpdate;
import org.hyperledger.fabric.protos.gossip.GossipHello;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.PullMsgType;
import org.junit.jupiter.api.Test;

class TagLegalityTest {
    private static void onlyLegalWith(Tag legal, Consumer<GossipMessage.Builder> content) {
        for (Tag tag : Tag.values()) {
            if (tag == UNRECOGNIZED) {
                continue;
            }
            GossipMessage.Builder message = GossipMessage.newBuilder().setTag(tag);
            content.accept(message);
            assertThat(TagLegality.isLegal(message.build()))
                    .as("%s with tag %s", message.getContentCase(), tag)
                    .isEqualTo(tag == legal);
        }
    }

    @Test
    void eachContentHasOneLegalTag() {
        onlyLegalWith(CHAN_AND_ORG, GossipMessage.Builder::getDataMsgBuilder);
        onlyLegalWith(CHAN_AND_ORG, GossipMessage.Builder::getLeadershipMsgBuilder);
        onlyLegalWith(EMPTY, GossipMessage.Builder::getAliveMsgBuilder);
        onlyLegalWith(EMPTY, GossipMessage.Builder::getMemReqBuilder);
        onlyLegalWith(EMPTY, GossipMessage.Builder::getMemResBuilder);
        onlyLegalWith(CHAN_OR_ORG, GossipMessage.Builder::getStateInfoBuilder);
        onlyLegalWith(CHAN_OR_ORG, GossipMessage.Builder::getStateInfoPullReqBuilder);
        onlyLegalWith(CHAN_OR_ORG, GossipMessage.Builder::getStateSnapshotBuilder);
        onlyLegalWith(CHAN_OR_ORG, GossipMessage.Builder::getStateRequestBuilder);
        onlyLegalWith(CHAN_OR_ORG, GossipMessage.Builder::getStateResponseBuilder);
        onlyLegalWith(ORG_ONLY, GossipMessage.Builder::getPeerIdentityBuilder);
    }

    @Test
    void pullMessagesFollowWhatTheyPull() {
        PullMsgType block = PullMsgType.BLOCK_MSG;
        PullMsgType identity = PullMsgType.IDENTITY_MSG;
        onlyLegalWith(CHAN_AND_ORG, m -> m.setHello(GossipHello.newBuilder().setMsgType(block)));
        onlyLegalWith(CHAN_AND_ORG, m -> m.setDataDig(DataDigest.newBuilder().setMsgType(block)));
        onlyLegalWith(CHAN_AND_ORG, m -> m.setDataReq(DataRequest.newBuilder().setMsgType(block)));
        onlyLegalWith(CHAN_AND_ORG, m -> m.setDataUpdate(DataUpdate.newBuilder().setMsgType(block)));
        onlyLegalWith(EMPTY, m -> m.setHello(GossipHello.newBuilder().setMsgType(identity)));
        onlyLegalWith(EMPTY, m -> m.setDataDig(DataDigest.newBuilder().setMsgType(identity)));
        onlyLegalWith(EMPTY, m -> m.setDataReq(DataRequest.newBuilder().setMsgType(identity)));
        onlyLegalWith(EMPTY, m -> m.setDataUpdate(DataUpdate.newBuilder().setMsgType(identity)));
    }

    @Test
    void aPullOfNothingKnownAndAMessageWithoutContentAreNeverLegal() {
        onlyLegalWith(UNRECOGNIZED, GossipMessage.Builder::getHelloBuilder);
        onlyLegalWith(UNRECOGNIZED, m -> m.setHello(GossipHello.newBuilder().setMsgTypeValue(77)));
        onlyLegalWith(UNRECOGNIZED, m -> {});
        onlyLegalWith(UNRECOGNIZED, GossipMessage.Builder::getConnBuilder);
        onlyLegalWith(UNRECOGNIZED, GossipMessage.Builder::getAckBuilder);
    }
}
