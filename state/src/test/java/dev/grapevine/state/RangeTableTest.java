package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Ranges are disjoint, cover all that fits, and are reassigned: checked on every step of random histories. */
class RangeTableTest {
    private static final int HEIGHT = 5000;

    private final VirtualTime time = new VirtualTime(1);
    private final VirtualTime.Node node = time.newNode();
    private final StateContext context = new StateContext(
            Chain.CHANNEL,
            node,
            new DistinctBlocks(node, Chain.trust()::verifyBlock),
            Meters.NONE,
            new RejectionLog(node, Meters.NONE));
    private final PayloadBuffer buffer = new PayloadBuffer(1, 1000, 1 << 20, () -> {});
    private final RangeTable table = new RangeTable();
    private final BlockSize size = new BlockSize();
    private final CatchUp catchUp = catchUp();

    private CatchUp catchUp() {
        List<ChannelPeers.Candidate> candidates = IntStream.range(0, 6)
                .mapToObj(peer -> new ChannelPeers.Candidate(
                        ModelledCrypto.identity(Chain.ORG, "p" + peer).pkiId(), HEIGHT, peer % 3 > 0, peer % 2))
                .toList();
        ChannelPeers peers = new ChannelPeers() {
            @Override
            public List<Candidate> peers() {
                return candidates;
            }

            @Override
            public void send(SignedGossipMessage message, PkiId peer) {}
        };
        StateConfig config = StateConfig.defaults();
        PrematureBlocks premature = new PrematureBlocks(new BlockVerifier(context, buffer::next, () -> 0), buffer);
        Sources sources = new Sources(peers, node);
        return new CatchUp(
                context, config, peers, buffer, premature, sources, table, new OrdererLane(), size, 64L << 20);
    }

    @Property(tries = 100)
    void aRangeHasOneSourceAtATime(@ForAll long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        for (int step = 0; step < 100; step++) {
            act(random);
            assertDisjoint();
        }
    }

    private void act(RandomGenerator random) {
        List<Fetch> fetches = table.fetches();
        switch (random.nextInt(4)) {
            case 0 -> time.runFor(Duration.ofMillis(random.nextInt(1000)));
            case 1 -> catchUp.look();
            case 2 -> catchUp.fill(HEIGHT);
            default -> {
                if (!fetches.isEmpty()) {
                    answer(fetches.get(random.nextInt(fetches.size())), random.nextInt(3));
                }
            }
        }
    }

    private void answer(Fetch fetch, int blocks) {
        int given = Math.min(blocks, fetch.range().length());
        table.answered(fetch);
        fetch.source().answered(fetch, given, given * 10_000L, node.nanoTime());
        if (given > 0) {
            size.seen(given, given * 10_000L);
        }
    }

    private void assertDisjoint() {
        BitSet covered = new BitSet();
        for (Fetch fetch : table.fetches()) {
            if (!fetch.isOverdue()) {
                int first = (int) fetch.range().first();
                int next = first + fetch.range().length();
                assertThat(covered.get(first, next).isEmpty()).isTrue();
                covered.set(first, next);
            }
        }
    }
}
