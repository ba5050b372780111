package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** From the buffer to the ledger, and what stops it. */
class CommitPipelineTest {
    private final Network network = new Network(1, Chain.of(200, 5, 6));
    private final Peer peer = network.peer("peer", 1);
    private final List<String> halts = new ArrayList<>();

    private void deliver(int first, int last) {
        for (int number = first; number <= last; number++) {
            VerifiedBlock block = network.chain.block(number, peer.inForce());
            peer.node.execute(() -> peer.state.addDelivered(block, () -> {}));
            network.time.runFor(Duration.ofMillis(1));
        }
    }

    private void settle() {
        network.time.runFor(Duration.ofMillis(200));
    }

    @Test
    void commitsInOrderWhateverTheOrderOfArrival() {
        for (int number : new int[] {3, 1, 4, 2}) {
            peer.gossip(number);
        }
        settle();

        assertThat(peer.committed).containsExactly(1L, 2L, 3L, 4L);
        assertThat(peer.numbers.of("gossip_payload_buffer_size")).isZero();
    }

    @Test
    void letsOneSyncServeManyBlocks() {
        for (int number = 1; number <= 4; number++) {
            peer.gossip(number);
        }
        network.time.runFor(Duration.ofMillis(2));

        assertThat(peer.height()).isEqualTo(5);
    }

    @Test
    void appliesAConfigurationBeforeItIsStoredAndBeforeTheNextBlockGoesOn() {
        for (int number = 1; number <= 5; number++) {
            VerifiedBlock block = network.chain.block(number);
            peer.node.execute(() -> peer.state.addDelivered(block, () -> {}));
        }
        network.time.runFor(Duration.ofMillis(4));
        assertThat(peer.height()).isEqualTo(5);
        assertThat(peer.inForce()).isZero();

        settle();
        assertThat(peer.height()).isEqualTo(6);
        assertThat(peer.inForce()).isEqualTo(5);
    }

    @Test
    void verifiesAgainWhatWasVerifiedUnderAnOlderConfiguration() {
        for (int number = 1; number <= 6; number++) {
            VerifiedBlock block = network.chain.block(number);
            assertThat(block.verifiedUnder()).isZero();
            peer.node.execute(() -> peer.state.addDelivered(block, () -> {}));
        }
        settle();

        assertThat(peer.height()).isEqualTo(7);
        assertThat(peer.inForce()).isEqualTo(6);
    }

    @Test
    void givesUpABlockThatANewConfigurationNoLongerAllowsAndTellsSo() {
        Peer strict = strictPeer(6);
        for (int number = 1; number <= 6; number++) {
            VerifiedBlock block = network.chain.block(number);
            strict.node.execute(() -> strict.state.addDelivered(block, () -> {}));
        }
        settle();

        assertThat(strict.height()).isEqualTo(6);
        assertThat(strict.lost).extracting(Rejection::reason).containsExactly("no-longer-allowed");
        assertThat(strict.state.beginStream()).isEqualTo(6);
        assertThat(strict.state.haltReason()).isEmpty();
    }

    /** A peer whose verification refuses one block: the first check was another's. */
    private Peer strictPeer(long refused) {
        Peer[] holder = new Peer[1];
        DistinctBlocks.Check strict = (channel, number, block) -> number == refused
                ? new BlockVerdict.Refused(new Rejection("no-longer-allowed", "its signer was removed"))
                : holder[0].trust.verifyBlock(channel, number, block);
        holder[0] = new Peer(network, "strict", 1, StateConfig.defaults(), strict);
        return holder[0];
    }

    @Test
    void haltsLoudlyOnAForkAndKeepsServing() {
        peer.state.onHalt(halts::add);
        ByteString forked = ModelledCrypto.block(
                Chain.CHANNEL, 1, network.chain.bytes(7).substring(0, 32), List.of(ByteString.copyFromUtf8("fork")));
        peer.node.execute(() -> peer.state.addDelivered(Chain.verified(Chain.trust(), 1, forked), () -> {}));
        settle();
        deliver(1, 3);
        settle();

        assertThat(peer.height()).isEqualTo(1);
        assertThat(halts).singleElement().asString().contains("does not continue our chain");
        assertThat(peer.numbers.of("gossip_state_blocks_refused halted")).isZero();
        Peer asker = network.peer("asker", 1);
        peer.receive(asker, Fetch.request(Chain.CHANNEL, 9, new BlockRange(0, 0)));
        settle();
        assertThat(asker.numbers.of("gossip_rejected unsolicited-state-response"))
                .isEqualTo(1);
    }

    @Test
    void haltsWhenTheLedgerCannotStore() {
        peer.state.onHalt(halts::add);
        peer.ledger.failWith(new IOException("no space left on device"));
        deliver(1, 3);
        settle();

        assertThat(halts).singleElement().asString().contains("no space left on device");
        assertThat(peer.height()).isEqualTo(1);
    }

    @Test
    void haltsOnAConfigurationThatIsUnacceptable() {
        peer.state.onHalt(halts::add);
        peer.refusedConfiguration = new Rejection("bad-config", "its sequence number is 9, not 1");
        deliver(1, 5);
        settle();

        assertThat(halts).singleElement().asString().contains("bad-config");
        assertThat(peer.height()).isEqualTo(5);
    }

    @Test
    void needsTheBlockTheChannelWasJoinedWith() {
        Ledger empty = new Ledger() {
            @Override
            public long height() {
                return 0;
            }

            @Override
            public ByteString lastHash() {
                return ByteString.EMPTY;
            }

            @Override
            public void append(VerifiedBlock block, Consumer<Throwable> done) {
                throw new AssertionError("nothing to append");
            }

            @Override
            public void read(long first, long last, long maxBytes, BiConsumer<List<ByteString>, Throwable> done) {
                throw new AssertionError("nothing to read");
            }
        };
        StateContext context = new StateContext(
                Chain.CHANNEL,
                peer.node,
                new DistinctBlocks(peer.node, peer.trust::verifyBlock),
                Meters.NONE,
                new RejectionLog(peer.node, Meters.NONE));

        assertThatThrownBy(() -> new StateProvider(context, StateConfig.defaults(), empty, peer, peer, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mychannel");
    }
}
