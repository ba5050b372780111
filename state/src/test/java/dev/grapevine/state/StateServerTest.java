package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others get when they ask us. */
class StateServerTest {
    private final Network network = new Network(1, Chain.of(20));
    private final Peer server = network.peer("server", 20);
    private final Peer asker = network.peer("asker", 1);
    private final List<GossipMessage> answers = new ArrayList<>();

    private void ask(PkiId from, long first, long last) {
        SignedGossipMessage request = SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setNonce(42)
                .setChannel(Chain.CHANNEL.bytes())
                .setTag(GossipMessage.Tag.CHAN_OR_ORG)
                .setStateRequest(
                        RemoteStateRequest.newBuilder().setStartSeqNum(first).setEndSeqNum(last))
                .build());
        server.state.handle(from, request, answer -> answers.add(answer.message()));
    }

    private void settle() {
        network.time.runFor(Duration.ofMillis(10));
    }

    @Test
    void answersWithTheSameNonceAndTheVeryBytes() {
        ask(asker.id, 3, 5);
        settle();

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.getNonce()).isEqualTo(42);
            assertThat(answer.getTag()).isEqualTo(GossipMessage.Tag.CHAN_OR_ORG);
            assertThat(answer.getChannel()).isEqualTo(Chain.CHANNEL.bytes());
            List<Payload> payloads = answer.getStateResponse().getPayloadsList();
            assertThat(payloads).extracting(Payload::getSeqNum).containsExactly(3L, 4L, 5L);
            assertThat(payloads)
                    .extracting(Payload::getData)
                    .isEqualTo(network.chain.blocks().subList(3, 6));
            assertThat(payloads).allMatch(payload -> payload.getPrivateDataCount() == 0);
        });
    }

    @Test
    void servesUpToItsHeightOnly() {
        ask(asker.id, 15, 25);
        ask(asker.id, 20, 25);
        settle();

        assertThat(answers)
                .extracting(answer -> answer.getStateResponse().getPayloadsCount())
                .containsExactlyInAnyOrder(5, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5, true",
        "5, 15, true",
        "5, 260, true",
        "5, 261, false",
        "6, 5, false",
        "0, 18446744073709551615, false",
        "18446744073709551614, 18446744073709551615, true",
        "18446744073709551615, 0, false"
    })
    void acceptsOrderedRangesOfLimitedLength(String first, String last, boolean valid) {
        RemoteStateRequest request = RemoteStateRequest.newBuilder()
                .setStartSeqNum(Long.parseUnsignedLong(first))
                .setEndSeqNum(Long.parseUnsignedLong(last))
                .build();

        assertThat(StateServer.isValid(request, 10)).isEqualTo(valid);
    }

    @Test
    void givesNoAnswerToABadRange() {
        ask(asker.id, 5, 4);
        settle();

        assertThat(answers).isEmpty();
        assertThat(server.numbers.of("gossip_rejected bad-state-request")).isEqualTo(1);
    }

    /** Requests that the network has held come at once, and the answers to the first ones are waited for no longer. */
    @Test
    void whenTooManyOfOnePeerWaitTheLastOnesAreServed() {
        for (int block = 0; block < 20; block++) {
            ask(asker.id, block, block);
        }
        settle();

        assertThat(answers)
                .extracting(answer -> answer.getStateResponse().getPayloads(0).getSeqNum())
                .containsExactlyInAnyOrder(0L, 1L, 14L, 15L, 16L, 17L, 18L, 19L);
        assertThat(server.numbers.of("gossip_dropped state-request-superseded")).isEqualTo(12);
    }

    @Test
    void aPeerThatAsksTooMuchTakesNoPlaceOfOthers() {
        Peer other = network.peer("other", 1);
        for (int request = 0; request < 50; request++) {
            ask(asker.id, 1, 1);
        }
        ask(other.id, 7, 7);
        for (int request = 0; request < 50; request++) {
            ask(asker.id, 1, 1);
        }
        settle();

        assertThat(answers)
                .extracting(answer -> answer.getStateResponse().getPayloads(0).getSeqNum())
                .containsOnlyOnce(7L)
                .hasSize(9);
    }

    @Test
    void servesNobodyWhenTheQueueHasNoPlaces() {
        Peer closed = network.peer("closed", 20, StateConfig.defaults().withChannelSize(0));
        closed.receive(asker, Fetch.request(Chain.CHANNEL, 1, new BlockRange(1, 2)));
        settle();

        assertThat(closed.numbers.of("gossip_rejected state-requests-full")).isEqualTo(1);
    }

    @Test
    void refusesMessagesOfOtherChannelsAndKinds() {
        SignedGossipMessage other = SignedGossipMessage.unsigned(
                GossipMessage.newBuilder().setNonce(1).build());
        SignedGossipMessage strange = SignedGossipMessage.unsigned(
                GossipMessage.newBuilder().setChannel(Chain.CHANNEL.bytes()).build());

        server.state.handle(asker.id, other, answer -> answers.add(answer.message()));
        server.state.handle(asker.id, strange, answer -> answers.add(answer.message()));
        settle();

        assertThat(answers).isEmpty();
        assertThat(server.numbers.of("gossip_rejected wrong-channel")).isEqualTo(1);
        assertThat(server.numbers.of("gossip_rejected not-a-state-message")).isEqualTo(1);
    }

    @Test
    void boundsAResponseInBytesButSendsAtLeastOneBlock() {
        Network large = new Network(2, Chain.ofBlocksOf(20 << 20, 4));
        Peer holder = large.peer("holder", 4);
        holder.state.handle(
                asker.id,
                Fetch.request(Chain.CHANNEL, 1, new BlockRange(0, 3)),
                answer -> answers.add(answer.message()));
        large.time.runFor(Duration.ofMillis(10));

        assertThat(answers)
                .singleElement()
                .satisfies(answer ->
                        assertThat(answer.getStateResponse().getPayloadsCount()).isEqualTo(2));
    }
}
