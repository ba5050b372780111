package dev.grapevine.simulation.fabric;

import java.util.BitSet;

/** Leaders fetch blocks of the ordering service, one after the other from their own height on. */
final class DeliverClients {
    private final Timeline time;
    private final OrderingService ordering;
    private final Chains chains;
    private final BlockPush push;
    private final long verification;
    private final BitSet leaders = new BitSet();
    private final BitSet fetching = new BitSet();
    private final int[] next;

    DeliverClients(Surroundings around, OrderingService ordering, Chains chains, BlockPush push, long verification) {
        this.time = around.time();
        this.ordering = ordering;
        this.chains = chains;
        this.push = push;
        this.verification = verification;
        this.next = new int[around.roster().size()];
        ordering.onOrder(() -> leaders.stream().forEach(this::fetch));
    }

    void begin(int leader) {
        leaders.set(leader);
        next[leader] = chains.height(leader);
        fetch(leader);
    }

    void end(int leader) {
        leaders.clear(leader);
    }

    /** A peer has crashed. */
    void forget(int peer) {
        leaders.clear(peer);
        fetching.clear(peer);
    }

    private void fetch(int leader) {
        if (fetching.get(leader) || next[leader] >= ordering.height() || !ordering.isReachable(leader)) {
            return;
        }
        fetching.set(leader);
        time.after(OrderingService.LATENCY + verification, leader, () -> {
            fetching.clear(leader);
            if (leaders.get(leader)) {
                push.ordered(leader, next[leader]++);
                fetch(leader);
            }
        });
    }
}
