package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.junit.jupiter.api.Test;

/** State info that is asked for, and what the answers are worth. */
class StateInfoExchangeTest extends StateInfoFixture {
    @Test
    void whoAsksAboutUsIsToldHowItIsNowThoughNothingWasPublished() {
        FakePeer peer = joined(ORG1, "a");
        peer.channel(CHANNEL).updateLedgerHeight(7);

        SignedGossipMessage own = peer.channel(CHANNEL).ownStateInfo();

        assertThat(StateInfoCache.subject(own)).isEqualTo(peer.id());
        assertThat(own.message().getStateInfo().getProperties().getLedgerHeight())
                .isEqualTo(7);
        assertThat(peer.channel(CHANNEL).ownStateInfo()).isSameAs(own);
        assertThat(peer.channel(CHANNEL).stateInfoOf(peer.id())).isEmpty();
        peer.channel(CHANNEL).updateLedgerHeight(8);
        assertThat(peer.channel(CHANNEL)
                        .ownStateInfo()
                        .message()
                        .getStateInfo()
                        .getProperties()
                        .getLedgerHeight())
                .isEqualTo(8);
    }

    @Test
    void aSnapshotTellsForeignersOnlyOfPeersWithAnExternalEndpoint() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer hidden = peer(ORG1, "hidden", "");
        FakePeer colleague = joined(ORG1, "colleague");
        FakePeer foreigner = joined(ORG2, "foreigner");
        hidden.join(CHANNEL, ORG1, ORG2);
        network.acquaint();
        network.runFor(Duration.ofSeconds(10));

        assertThat(subjects(snapshotFor(peer, foreigner).get(0)))
                .contains(peer.id(), colleague.id(), foreigner.id())
                .doesNotContain(hidden.id());
        assertThat(subjects(snapshotFor(peer, colleague).get(0))).contains(hidden.id());
    }

    @Test
    void aRequestWithAMacThatIsNotItsSendersIsDropped() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer other = joined(ORG1, "b");
        FakePeer third = joined(ORG1, "c");

        FakeReceived request = peer.receive(Messages.stateInfoRequest(CHANNEL, third.identity), other.connection());

        assertThat(request.answers).isEmpty();
        assertThat(peer.meters.dropped("unknown-channel")).isEqualTo(1);
    }

    @Test
    void requestsOfOnePeerAreLimited() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer other = joined(ORG1, "b");
        SignedGossipMessage request = Messages.stateInfoRequest(CHANNEL, other.identity);

        long answered = IntStream.range(0, 1000)
                .filter(each -> !peer.receive(request, other).answers.isEmpty())
                .count();

        assertThat(answered).isEqualTo(20);
    }

    @Test
    void oneBadElementOfASnapshotDoesNotCostTheOthers() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer sender = joined(ORG1, "b");
        FakePeer good = joined(ORG1, "c");
        FakePeer unknown = joined(ORG1, "d");
        network.acquaint();
        peer.membership.forget(unknown.id());
        StateInfo.Builder otherChannel = Messages.stateInfo(new ChannelId("else"), sender.identity, 1, 1);
        SignedGossipMessage snapshot = Messages.snapshot(
                CHANNEL,
                List.of(
                        Messages.block(CHANNEL, 1, ByteString.EMPTY),
                        Messages.signed(otherChannel, sender.identity),
                        Messages.signed(Messages.stateInfo(CHANNEL, sender.identity, 1, 1), good.identity),
                        Messages.signedStateInfo(CHANNEL, unknown.identity, 1, 1),
                        Messages.signedStateInfo(CHANNEL, ModelledCrypto.identity(new MspId("Nobody"), "x"), 1, 1),
                        Messages.signedStateInfo(CHANNEL, good.identity, 1, 1)));

        FakeReceived received = peer.receive(snapshot, sender);
        network.settle();

        assertThat(peer.channel(CHANNEL).peers()).extracting(ChannelPeer::pkiId).containsExactly(good.id());
        assertThat(received.releases).isEqualTo(1);
    }

    @Test
    void spreadsByThePullAlone() {
        List<FakePeer> peers =
                List.of(joined(ORG1, "a"), joined(ORG1, "b"), joined(ORG1, "c"), joined(ORG1, "d"), joined(ORG2, "e"));
        network.acquaint();
        network.passes = (receiver, message) -> !isStateInfo(message);

        network.runFor(Duration.ofSeconds(30));

        assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.channel(CHANNEL).peers()).hasSize(4));
    }
}
