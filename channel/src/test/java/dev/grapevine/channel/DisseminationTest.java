package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.push.PushConfig;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.Member;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which groups of peers a pushed message may reach. */
class DisseminationTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final MspId ORG2 = new MspId("Org2MSP");
    private static final MspId ORG3 = new MspId("Org3MSP");
    private static final ChannelId CHANNEL = new ChannelId("lab");
    private static final Set<ContentCase> EXCHANGE =
            EnumSet.of(ContentCase.STATE_INFO_PULL_REQ, ContentCase.STATE_SNAPSHOT);

    private final FakeNetwork network = new FakeNetwork();
    private final FakePeer peer = peer(ORG1, "peer", "peer:7051");
    private final FakePeer colleague = peer(ORG1, "colleague", "colleague:7051");
    private final FakePeer hiddenColleague = peer(ORG1, "hidden", "");
    private final FakePeer foreigner = peer(ORG2, "foreigner", "foreigner:7051");
    private final FakePeer hiddenForeigner = peer(ORG2, "hiddenForeigner", "");
    private final FakePeer third = peer(ORG3, "third", "third:7051");

    private FakePeer peer(MspId organisation, String name, String external) {
        return network.peer(
                organisation,
                name,
                external,
                GossipConfig.defaults().withPush(PushConfig.defaults().withPeers(10)),
                new ModelledCrypto(organisation).join(CHANNEL, ORG1, ORG2, ORG3));
    }

    @BeforeEach
    void givenPeersOfThreeOrganisations() {
        network.acquaint();
    }

    private static SignedGossipMessage alive(SigningIdentity of, String external) {
        return SignedGossipMessage.signed(
                        GossipMessage.newBuilder()
                                .setTag(Tag.EMPTY)
                                .setAliveMsg(AliveMessage.newBuilder()
                                        .setTimestamp(new Timestamp(1, 1).toWire())
                                        .setMembership(Member.newBuilder()
                                                .setPkiId(of.pkiId().bytes())
                                                .setEndpoint(external)))
                                .build(),
                        of)
                .withSecret("internal:7051", of);
    }

    /** Whether a message is about our peer's own state info, or asks for that of others: what it does on its own after joining. */
    private boolean isItsOwn(SignedGossipMessage message) {
        return EXCHANGE.contains(message.type())
                || message.message().getStateInfo().getPkiId().equals(peer.id().bytes());
    }

    /** Whom our peer itself has passed something on to. */
    private List<FakePeer> reached() {
        network.settle();
        return network.peers.values().stream()
                .filter(each -> network.count(sent -> sent.from().equals(peer.id())
                                && sent.to().equals(each.id())
                                && !isItsOwn(sent.message()))
                        > 0)
                .toList();
    }

    @Test
    void anAliveMessageOfOurOrganisationReachesEverybodyIfItHasAnExternalEndpoint() {
        peer.gossip.push(alive(peer.identity, "peer:7051"), null);

        assertThat(reached()).containsExactlyInAnyOrder(colleague, hiddenColleague, foreigner, hiddenForeigner, third);
    }

    @Test
    void itsSecretStaysInOurOrganisation() {
        peer.gossip.push(alive(peer.identity, "peer:7051"), null);
        network.settle();

        assertThat(network.sentTo(
                        colleague.id(), message -> message.internalEndpoint().isPresent()))
                .hasSize(1);
        assertThat(List.of(foreigner, hiddenForeigner, third))
                .allSatisfy(each -> assertThat(network.sentTo(
                                each.id(), message -> message.envelope().hasSecretEnvelope()))
                        .isEmpty());
    }

    @Test
    void withoutAnExternalEndpointItStaysInOurOrganisation() {
        peer.gossip.push(alive(colleague.identity, ""), colleague.id());

        assertThat(reached()).containsExactly(hiddenColleague);
    }

    @Test
    void anAliveMessageOfAForeignerReachesOursAndItsOwnOrganisationIfTheyHaveExternalEndpoints() {
        peer.gossip.push(alive(foreigner.identity, "foreigner:7051"), third.id());

        assertThat(reached()).containsExactlyInAnyOrder(colleague, foreigner);
    }

    @Test
    void anAliveMessageOfNobodyWeKnowReachesNobody() {
        peer.gossip.push(alive(ModelledCrypto.identity(new MspId("Nobody"), "x"), "x:7051"), null);

        assertThat(reached()).isEmpty();
    }

    @Test
    void stateInfoOfAPeerWithAnExternalEndpointReachesTheChannelsOrganisations() {
        peer.join(CHANNEL, ORG1, ORG2);

        peer.gossip.push(Messages.signedStateInfo(CHANNEL, colleague.identity, 1, 1), colleague.id());

        assertThat(reached()).containsExactlyInAnyOrder(hiddenColleague, foreigner, hiddenForeigner);
    }

    @Test
    void stateInfoOfAPeerWithoutOneStaysInOurOrganisation() {
        peer.join(CHANNEL, ORG1, ORG2);

        peer.gossip.push(Messages.signedStateInfo(CHANNEL, hiddenColleague.identity, 1, 1), hiddenColleague.id());

        assertThat(reached()).containsExactly(colleague);
    }

    @Test
    void stateInfoOfAChannelWeHaveNotJoinedStaysInOurOrganisation() {
        peer.gossip.push(Messages.signedStateInfo(CHANNEL, colleague.identity, 1, 1), colleague.id());

        assertThat(reached()).containsExactly(hiddenColleague);
    }

    @Test
    void nothingElseIsPushed() {
        peer.gossip.push(Messages.stateInfoRequest(CHANNEL, peer.identity), null);
        peer.gossip.push(Messages.block(new ChannelId("unjoined"), 1, ByteString.EMPTY), null);

        assertThat(reached()).isEmpty();
        assertThat(peer.meters.dropped("not-for-the-push")).isEqualTo(1);
    }

    @Test
    void aGroupIsNoLargerThanConfigured() {
        FakePeer frugal = network.peer(
                ORG1,
                "frugal",
                GossipConfig.defaults().withPush(PushConfig.defaults().withPeers(2)),
                new ModelledCrypto(ORG1).join(CHANNEL, ORG1, ORG2, ORG3));
        network.acquaint();

        frugal.gossip.push(alive(frugal.identity, "frugal:7051"), null);
        network.settle();

        assertThat(network.count(sent -> sent.message().type() == ContentCase.ALIVE_MSG))
                .isEqualTo(2);
    }
}
