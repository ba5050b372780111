package dev.grapevine.channel.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.store.MessageStore.Outcome;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.junit.jupiter.api.Test;

class MessageStoreTest {
    private static final Duration LIFE = Duration.ofSeconds(100);
    private static final ByteString ALICE = ByteString.copyFromUtf8("alice");
    private static final ByteString BOB = ByteString.copyFromUtf8("bob");

    private final VirtualTime time = new VirtualTime(1);
    private final MessageStore<ByteString> store = MessageStore.expiring(
            new Supersession(10), message -> message.message().getStateInfo().getPkiId(), 10_000, time.newNode(), LIFE);

    private static SignedGossipMessage message(ByteString of, long sequence, int size) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setStateInfo(StateInfo.newBuilder()
                        .setPkiId(of)
                        .setTimestamp(new Timestamp(1, sequence).toWire())
                        .setChannelMAC(ByteString.copyFrom(new byte[size])))
                .build());
    }

    private static SignedGossipMessage message(ByteString of, long sequence) {
        return message(of, sequence, 32);
    }

    @Test
    void aNewerMessageReplacesTheOneOfTheSameSubjectOnly() {
        store.add(message(ALICE, 1));
        store.add(message(BOB, 1));

        SignedGossipMessage newer = message(ALICE, 2);
        assertThat(store.add(newer)).isEqualTo(Outcome.ADDED);

        assertThat(store.messages()).hasSize(2);
        assertThat(store.get(ALICE)).containsSame(newer);
    }

    @Test
    void refusesTheSameAndAnOlderMessage() {
        store.add(message(ALICE, 2));

        assertThat(store.isFresh(message(ALICE, 2))).isFalse();
        assertThat(store.add(message(ALICE, 2))).isEqualTo(Outcome.STALE);
        assertThat(store.add(message(ALICE, 1))).isEqualTo(Outcome.STALE);
    }

    @Test
    void hidesAMessageAfterItsLifeButStillRefusesIt() {
        store.add(message(ALICE, 1));

        time.runFor(LIFE.plusSeconds(2));

        assertThat(store.messages()).isEmpty();
        assertThat(store.get(ALICE)).isEmpty();
        assertThat(store.add(message(ALICE, 1))).isEqualTo(Outcome.STALE);
    }

    @Test
    void forgetsAMessageAfterTwiceItsLife() {
        store.add(message(ALICE, 1));

        time.runFor(LIFE.multipliedBy(2).plusSeconds(2));

        assertThat(store.bytes()).isZero();
        assertThat(store.add(message(ALICE, 1))).isEqualTo(Outcome.ADDED);
    }

    @Test
    void aReplacementStartsANewLife() {
        store.add(message(ALICE, 1));
        time.runFor(Duration.ofSeconds(90));
        store.add(message(ALICE, 2));

        time.runFor(Duration.ofSeconds(50));

        assertThat(store.messages()).hasSize(1);
    }

    @Test
    void takesNothingMoreWhenItsBytesAreUsedUpButStillReplaces() {
        assertThat(store.add(message(ALICE, 1, 9_000))).isEqualTo(Outcome.ADDED);

        assertThat(store.add(message(BOB, 1, 2_000))).isEqualTo(Outcome.FULL);
        assertThat(store.add(message(ALICE, 2, 9_500))).isEqualTo(Outcome.ADDED);
        assertThat(store.bytes()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void removesByPredicate() {
        store.add(message(ALICE, 1));
        store.add(message(BOB, 1));

        store.removeIf(message -> message.message().getStateInfo().getPkiId().equals(ALICE));

        assertThat(store.get(ALICE)).isEmpty();
        assertThat(store.get(BOB)).isPresent();
    }

    @Test
    void runsNoTimerWhileItIsEmptyNorAfterItWasStopped() {
        assertThat(time.step()).isFalse();

        store.add(message(ALICE, 1));
        store.stop();
        time.runFor(LIFE.multipliedBy(3));

        assertThat(store.messages()).hasSize(1);
    }
}
