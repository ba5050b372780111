package dev.grapevine.simulation.fabric;

import java.util.ArrayList;
import java.util.List;

/** Blocks as they are pushed: to three random peers of the organisation, once, by everybody to whom they are new. */
final class BlockPush {
    /** The source of what did not come by gossip. */
    private static final int ORDERING_SERVICE = -1;

    private record Gathered(int number, int source) {}

    private final Surroundings around;
    private final ChannelView view;
    private final Chains chains;
    private final long verification;
    private final List<List<Gathered>> gathered = new ArrayList<>();

    BlockPush(Surroundings around, ChannelView view, Chains chains, long verification) {
        this.around = around;
        this.view = view;
        this.chains = chains;
        this.verification = verification;
        for (int peer = 0; peer < around.roster().size(); peer++) {
            gathered.add(new ArrayList<>());
        }
    }

    void start(int peer) {
        gathered.get(peer).clear();
    }

    /** The leader has a block of the ordering service, and has checked it. */
    void ordered(int peer, int number) {
        chains.ledger(peer).put(number);
        if (chains.store(peer).add(number)) {
            gather(peer, new Gathered(number, ORDERING_SERVICE));
        }
    }

    private void arrived(int peer, int number, int source) {
        if (!chains.store(peer).isNew(number)) {
            return;
        }
        around.time().after(verification, peer, () -> {
            if (chains.store(peer).add(number)) {
                gather(peer, new Gathered(number, source));
                chains.ledger(peer).offer(number);
            }
        });
    }

    private void gather(int peer, Gathered block) {
        List<Gathered> waiting = gathered.get(peer);
        waiting.add(block);
        if (waiting.size() >= FabricLimits.BURST) {
            emit(peer);
        } else if (waiting.size() == 1) {
            long now = around.time().now();
            around.time().after(around.rounds().next(peer, now) - now, peer, () -> emit(peer));
        }
    }

    /** What was gathered goes to the same three, but nothing to whom it came from. */
    private void emit(int peer) {
        List<Gathered> round = List.copyOf(gathered.get(peer));
        gathered.get(peer).clear();
        for (int target : view.chooseColleagues(peer, FabricLimits.PUSHED_TO)) {
            for (Gathered block : round) {
                if (block.source() != target) {
                    push(peer, target, block.number());
                }
            }
        }
    }

    private void push(int peer, int target, int number) {
        around.wires().sendBlocks(peer, target, chains.frame(1), () -> arrived(target, number, peer));
    }
}
