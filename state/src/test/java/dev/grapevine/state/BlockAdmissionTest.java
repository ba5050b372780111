package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets into the buffer and who has to wait. */
class BlockAdmissionTest {
    private final Network network = new Network(1, Chain.of(300));
    private final List<Integer> welcomed = new ArrayList<>();

    @Test
    void refusesGossipedBlocksThatAreOldOrTooFarAhead() {
        Network longer = new Network(1, Chain.of(600));
        Peer peer = longer.peer("peer", 10);

        assertThat(peer.state.gossipLimit()).isEqualTo(522);
        assertThat(peer.state.addGossiped(longer.chain.block(9))).isFalse();
        assertThat(peer.state.addGossiped(longer.chain.block(522))).isFalse();
        assertThat(peer.state.addGossiped(longer.chain.block(521))).isTrue();

        assertThat(peer.numbers.of("gossip_state_blocks_refused old")).isEqualTo(1);
        assertThat(peer.numbers.of("gossip_state_blocks_refused too_far_ahead")).isEqualTo(1);
    }

    @Test
    void holdsTheOrderersStreamBackWhenTheBufferIsFullAndLetsItGoOnWithRoom() {
        Peer peer = network.peer("peer", 1);
        for (int number = 2; number <= 43; number++) {
            int delivered = number;
            peer.state.addDelivered(network.chain.block(number), () -> welcomed.add(delivered));
        }
        assertThat(welcomed).hasSize(41).doesNotContain(43);

        peer.state.addDelivered(network.chain.block(1), () -> welcomed.add(1));
        network.time.runFor(Duration.ofMillis(100));

        assertThat(welcomed).hasSize(43);
        assertThat(peer.height()).isEqualTo(44);
    }

    @Test
    void letsTheOrderersBlocksInWhileGossipCompetes() {
        Peer peer = network.peer("peer", 1);
        peer.node.execute(() -> deliverFrom(peer, 1));
        for (int burst = 0; burst < 300; burst += 10) {
            for (int number = burst; number < Math.min(300, burst + 40); number++) {
                peer.gossip(number);
            }
            network.time.runFor(Duration.ofMillis(3));
        }
        network.time.runFor(Duration.ofSeconds(1));

        assertThat(peer.height()).isEqualTo(300);
        assertThat(welcomed).hasSize(299);
    }

    private void deliverFrom(Peer peer, int number) {
        if (number < 300) {
            peer.state.addDelivered(network.chain.block(number), () -> {
                welcomed.add(number);
                peer.node.execute(() -> deliverFrom(peer, number + 1));
            });
        }
    }

    @Test
    void dropsOrderersBlocksInsteadOfWaitingInTheNonBlockingMode() {
        Peer peer = network.peer("peer", 1, StateConfig.defaults().withNonBlockingCommitMode(true));

        peer.state.addDelivered(network.chain.block(50), () -> welcomed.add(50));

        assertThat(welcomed).containsExactly(50);
        assertThat(peer.numbers.of("gossip_state_blocks_refused too_far_ahead")).isEqualTo(1);
    }

    @Test
    void takesNothingMoreOnceStopped() {
        Peer peer = network.peer("peer", 1);
        peer.state.stop();

        assertThat(peer.state.addGossiped(network.chain.block(1))).isFalse();
    }
}
