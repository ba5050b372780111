package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.MembershipRequest;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;
import org.hyperledger.fabric.protos.gossip.PrivateDataMessage;
import org.hyperledger.fabric.protos.gossip.PrivatePayload;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataRequest;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataResponse;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;
import org.junit.jupiter.api.Test;

/** Where messages go, and who may send to the handlers behind a channel's gate. */
class RouterTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final MspId ORG2 = new MspId("Org2MSP");
    private static final MspId STRANGERS = new MspId("StrangersMSP");
    private static final ChannelId CHANNEL = new ChannelId("lab");

    private final FakeNetwork network = new FakeNetwork();
    private final FakePeer peer = peer(ORG1, "peer");
    private final FakePeer friend = peer(ORG1, "friend");
    private final FakePeer stranger = peer(STRANGERS, "stranger");
    private final List<ReceivedMessage> atState = new ArrayList<>();

    RouterTest() {
        peer.join(CHANNEL, ORG1, ORG2).onStateMessage(atState::add);
        network.acquaint();
    }

    private FakePeer peer(MspId organisation, String name) {
        return network.peer(
                organisation,
                name,
                GossipConfig.defaults(),
                new ModelledCrypto(organisation).join(CHANNEL, ORG1, ORG2));
    }

    private static GossipMessage.Builder stateRequest(ChannelId channel) {
        return GossipMessage.newBuilder()
                .setNonce(5)
                .setChannel(channel.bytes())
                .setTag(Tag.CHAN_OR_ORG)
                .setStateRequest(
                        RemoteStateRequest.newBuilder().setStartSeqNum(1).setEndSeqNum(2));
    }

    private FakeReceived receive(GossipMessage.Builder message, FakePeer from) {
        FakeReceived received = peer.receive(SignedGossipMessage.unsigned(message.build()), from);
        network.settle();
        return received;
    }

    @Test
    void membershipMessagesGoToDiscovery() {
        receive(GossipMessage.newBuilder().setTag(Tag.EMPTY).setAliveMsg(AliveMessage.getDefaultInstance()), friend);
        receive(GossipMessage.newBuilder().setTag(Tag.EMPTY).setMemReq(MembershipRequest.getDefaultInstance()), friend);
        receive(
                GossipMessage.newBuilder().setTag(Tag.EMPTY).setMemRes(MembershipResponse.getDefaultInstance()),
                friend);

        assertThat(peer.toDiscovery).hasSize(3);
    }

    @Test
    void membershipRequestsOfOnePeerAreLimited() {
        GossipMessage.Builder request =
                GossipMessage.newBuilder().setTag(Tag.EMPTY).setMemReq(MembershipRequest.getDefaultInstance());

        for (int number = 0; number < 100; number++) {
            peer.receive(SignedGossipMessage.unsigned(request.build()), friend);
        }

        assertThat(peer.toDiscovery).hasSize(20);
    }

    @Test
    void anIllegalTagIsRefused() {
        receive(
                GossipMessage.newBuilder().setTag(Tag.CHAN_ONLY).setAliveMsg(AliveMessage.getDefaultInstance()),
                friend);
        receive(stateRequest(CHANNEL).setTag(Tag.EMPTY), friend);
        receive(GossipMessage.newBuilder(), friend);

        assertThat(peer.toDiscovery).isEmpty();
        assertThat(atState).isEmpty();
        assertThat(peer.meters.rejected("illegal-tag")).isEqualTo(3);
    }

    @Test
    void aMessageForAChannelWeAreNotInIsCountedAndDropped() {
        receive(stateRequest(new ChannelId("elsewhere")), friend);

        assertThat(atState).isEmpty();
        assertThat(peer.meters.dropped("unknown-channel")).isEqualTo(1);
    }

    @Test
    void stateMessagesPassForWhomTheChannelsReadersPolicyHolds() {
        FakeReceived mine = receive(stateRequest(CHANNEL), friend);
        receive(stateRequest(CHANNEL), stranger);

        assertThat(atState).containsExactly(mine);
        assertThat(mine.releases).isEqualTo(mine.holds);
        assertThat(peer.meters.rejected("not-a-reader")).isEqualTo(1);
    }

    @Test
    void thePolicyIsAskedOncePerLinkAndConfiguration() {
        int before = peer.crypto.readersVerified;
        receive(stateRequest(CHANNEL), friend);
        receive(stateRequest(CHANNEL), friend);
        assertThat(peer.crypto.readersVerified - before).isEqualTo(1);

        peer.channel(CHANNEL).configurationApplied();
        network.settle();
        before = peer.crypto.readersVerified;
        receive(stateRequest(CHANNEL), friend);
        assertThat(peer.crypto.readersVerified - before)
                .as("a new configuration")
                .isEqualTo(1);

        ConnectionInfo proof = friend.connection();
        ConnectionInfo forged = new ConnectionInfo(
                proof.pkiId(),
                proof.identity(),
                proof.mspId(),
                proof.authPayload(),
                ByteString.copyFromUtf8("forged"),
                0,
                "test");
        peer.receive(SignedGossipMessage.unsigned(stateRequest(CHANNEL).build()), forged);
        network.settle();
        assertThat(atState).as("another link of the same peer").hasSize(3);
    }

    @Test
    void privateDataIsRefusedSoThatItsSenderDoesNotCountOnUs() {
        PrivatePayload payload = PrivatePayload.newBuilder()
                .setPrivateRwset(ByteString.copyFromUtf8("secret"))
                .build();
        GossipMessage.Builder push = GossipMessage.newBuilder()
                .setNonce(5)
                .setChannel(CHANNEL.bytes())
                .setTag(Tag.CHAN_ONLY)
                .setPrivateData(PrivateDataMessage.newBuilder().setPayload(payload));

        assertThat(receive(push, friend).acknowledgements)
                .singleElement()
                .asString()
                .isNotEmpty();
        assertThat(receive(push, stranger).acknowledgements).isEmpty();
        assertThat(receive(push.setPrivateData(PrivateDataMessage.getDefaultInstance()), friend).acknowledgements)
                .as("nothing in it")
                .isEmpty();
    }

    @Test
    void aRequestForPrivateDataGetsNoElements() {
        GossipMessage.Builder request = GossipMessage.newBuilder()
                .setNonce(5)
                .setChannel(CHANNEL.bytes())
                .setTag(Tag.CHAN_ONLY)
                .setPrivateReq(RemotePvtDataRequest.getDefaultInstance());

        FakeReceived received = receive(request, friend);

        assertThat(received.answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.message())
                        .isEqualTo(GossipMessage.newBuilder()
                                .setNonce(5)
                                .setChannel(CHANNEL.bytes())
                                .setTag(Tag.CHAN_ONLY)
                                .setPrivateRes(RemotePvtDataResponse.getDefaultInstance())
                                .build()));
        assertThat(receive(request, stranger).answers).isEmpty();
    }
}
