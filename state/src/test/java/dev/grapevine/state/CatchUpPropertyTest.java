package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.RemoteStateResponse;

/** Whatever the other sources do, one honest one is enough, and no block is committed twice or out of order. */
class CatchUpPropertyTest {
    private static final int HEIGHT = 400;

    /** What a source makes of its honest answer. */
    enum Conduct {
        HONEST,
        SHORT,
        EMPTY,
        MUTE,
        FORGED,
        SHIFTED,
        SLOW,
        FITFUL
    }

    @Property(tries = 60)
    void oneHonestSourceIsEnough(
            @ForAll long seed,
            @ForAll @Size(min = 1, max = 5) List<Conduct> others,
            @ForAll @IntRange(max = 1) int revision) {
        Network network = new Network(seed, Chain.of(HEIGHT));
        network.peer("honest", HEIGHT).revision = revision;
        for (int index = 0; index < others.size(); index++) {
            Peer peer = network.peer("other" + index, HEIGHT);
            peer.revision = index % 2;
            behave(network, peer, others.get(index));
        }
        Peer late = network.peer("late", 1);
        network.start();

        assertThat(network.time.runUntil(() -> late.height() == HEIGHT, Duration.ofSeconds(60)))
                .isTrue();
        assertThat(late.committed).hasSize(HEIGHT - 1).isSorted().doesNotHaveDuplicates();
        assertThat(late.blocks()).isEqualTo(network.chain.blocks());
    }

    private static void behave(Network network, Peer peer, Conduct conduct) {
        RandomGenerator random = network.time.newRandom();
        switch (conduct) {
            case HONEST -> {}
            case SHORT -> peer.answers = answer -> with(answer, payloads(answer).subList(0, 1));
            case EMPTY -> peer.answers = answer -> with(answer, List.of());
            case MUTE -> peer.answers = answer -> SignedGossipMessage.unsigned(GossipMessage.getDefaultInstance());
            case FORGED ->
                peer.answers = answer -> with(
                        answer,
                        payloads(answer).stream()
                                .map(payload -> payload.toBuilder()
                                        .setData(network.chain.bytes(1 + random.nextInt(HEIGHT - 1)))
                                        .build())
                                .toList());
            case SHIFTED ->
                peer.answers = answer -> with(
                        answer,
                        payloads(answer).stream()
                                .map(payload -> payload.toBuilder()
                                        .setSeqNum(payload.getSeqNum() + random.nextInt(3))
                                        .build())
                                .toList());
            case SLOW -> peer.slowness = Duration.ofMillis(random.nextInt(5000));
            case FITFUL ->
                peer.answers = answer -> random.nextBoolean()
                        ? answer
                        : SignedGossipMessage.unsigned(GossipMessage.getDefaultInstance());
        }
    }

    private static List<Payload> payloads(SignedGossipMessage answer) {
        return answer.message().getStateResponse().getPayloadsList();
    }

    private static SignedGossipMessage with(SignedGossipMessage answer, List<Payload> payloads) {
        List<Payload> kept =
                payloads.isEmpty() || answer.message().getStateResponse().getPayloadsCount() == 0
                        ? List.of()
                        : payloads;
        return SignedGossipMessage.unsigned(answer.message().toBuilder()
                .setStateResponse(RemoteStateResponse.newBuilder().addAllPayloads(kept))
                .build());
    }
}
