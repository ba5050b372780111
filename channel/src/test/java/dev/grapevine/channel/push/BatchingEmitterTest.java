package dev.grapevine.channel.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.Test;

class BatchingEmitterTest {
    private final VirtualTime time = new VirtualTime(1);
    private final List<List<Outgoing>> rounds = new ArrayList<>();

    private BatchingEmitter emitter(PushConfig config) {
        return new BatchingEmitter(time.newNode(), config, rounds::add);
    }

    private static Outgoing message(int size) {
        return new Outgoing(
                SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                        .setChannel(ByteString.copyFrom(new byte[size]))
                        .build()),
                null);
    }

    @Test
    void gathersForTheBurstLatencyThenEmitsTogether() {
        BatchingEmitter emitter = emitter(PushConfig.defaults());
        emitter.add(message(1));
        emitter.add(message(2));

        time.runFor(Duration.ofMillis(9));
        assertThat(emitter.size()).isEqualTo(2);
        assertThat(rounds).isEmpty();

        time.runFor(Duration.ofMillis(1));
        assertThat(rounds).hasSize(1);
        assertThat(rounds.get(0)).hasSize(2);
        assertThat(emitter.size()).isZero();
    }

    @Test
    void emitsAtOnceWhenTheBurstIsFull() {
        BatchingEmitter emitter = emitter(PushConfig.defaults().withBurst(3, Duration.ofSeconds(1)));

        emitter.add(message(1));
        emitter.add(message(2));
        emitter.add(message(3));

        assertThat(rounds).hasSize(1);
    }

    @Test
    void emitsEachMessageTheConfiguredNumberOfTimesThenDiscardsIt() {
        BatchingEmitter emitter = emitter(PushConfig.defaults().withIterations(3));
        emitter.add(message(1));

        time.runFor(Duration.ofSeconds(1));

        assertThat(rounds).hasSize(3);
        assertThat(emitter.size()).isZero();
    }

    @Test
    void emitsAtOnceWhenTheBytesAreUsedUpWhateverTheIterations() {
        BatchingEmitter emitter = emitter(new PushConfig(Duration.ofSeconds(1), 1000, 5, 3, 1000));

        emitter.add(message(600));
        emitter.add(message(600));

        assertThat(rounds).hasSize(1);
        assertThat(emitter.size()).isZero();
    }

    @Test
    void emitsNothingAfterItWasStopped() {
        BatchingEmitter emitter = emitter(PushConfig.defaults());
        emitter.add(message(1));

        emitter.stop();
        emitter.add(message(2));
        time.runFor(Duration.ofSeconds(1));

        assertThat(rounds).isEmpty();
    }

    @Test
    void runsNoTimerWhileNothingIsGathered() {
        BatchingEmitter emitter = emitter(PushConfig.defaults());
        assertThat(time.step()).isFalse();

        emitter.add(message(1));
        time.runFor(Duration.ofMillis(10));

        assertThat(time.step()).isFalse();
    }

    @Test
    void aWrongValueIsRefusedByItsKey() {
        assertThatThrownBy(() -> PushConfig.defaults().withPeers(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peer.gossip.propagatePeerNum is 0");
        assertThatThrownBy(() -> PushConfig.defaults().withBurst(10, Duration.ZERO))
                .hasMessageContaining("peer.gossip.maxPropagationBurstLatency");
    }
}
