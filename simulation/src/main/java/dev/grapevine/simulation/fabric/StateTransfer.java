package dev.grapevine.simulation.fabric;

import org.jspecify.annotations.Nullable;

/**
 * Anti-entropy: every ten seconds a peer that is behind the greatest height it has heard of asks for what it lacks, one range after
 * the other, each of another random peer that has it.
 */
final class StateTransfer {
    private final Surroundings around;
    private final ChannelView view;
    private final Chains chains;
    private final long verification;
    private final @Nullable Range[] asked;

    /** A range that was asked for, or is to be. Answers to an earlier try count, answers to an earlier range do not. */
    private static final class Range {
        private final int start;
        private final int end;
        private final int last;
        private int tries;

        /** @param last that the round is to fetch */
        Range(int start, int last) {
            this.start = start;
            this.end = Math.min(last, start + FabricLimits.STATE_BATCH);
            this.last = last;
        }
    }

    StateTransfer(Surroundings around, ChannelView view, Chains chains, long verification) {
        this.around = around;
        this.view = view;
        this.chains = chains;
        this.verification = verification;
        this.asked = new Range[around.roster().size()];
    }

    void start(int peer) {
        asked[peer] = null;
        waitForNextRound(peer);
    }

    private void waitForNextRound(int peer) {
        asked[peer] = null;
        around.time().after(FabricTimers.ANTI_ENTROPY, peer, () -> {
            int last = view.greatestHeight(peer) - 1;
            fetch(peer, chains.height(peer), last);
        });
    }

    private void fetch(int peer, int from, int last) {
        if (from > last) {
            waitForNextRound(peer);
        } else {
            attempt(peer, new Range(from, last));
        }
    }

    private void attempt(int peer, Range range) {
        int responder = range.tries > FabricLimits.STATE_RETRIES ? -1 : view.chooseAbove(peer, range.end);
        if (responder < 0) {
            waitForNextRound(peer);
            return;
        }
        asked[peer] = range;
        int attempt = ++range.tries;
        around.wires().send(peer, responder, FrameSizes.STATE_REQUEST, () -> serve(responder, peer, range));
        around.time().after(FabricTimers.STATE_RESPONSE, peer, () -> {
            if (asked[peer] == range && range.tries == attempt) {
                attempt(peer, range);
            }
        });
    }

    private void serve(int peer, int requester, Range range) {
        int end = Math.min(range.end, chains.height(peer) - 1);
        int count = Math.max(0, end - range.start + 1);
        around.wires().sendBlocks(peer, requester, chains.frame(count), () -> answered(requester, range, end));
    }

    private void answered(int peer, Range range, int end) {
        if (asked[peer] != range) {
            return;
        }
        if (end < range.start) {
            attempt(peer, range);
            return;
        }
        asked[peer] = null;
        around.time().after(verification * (end - range.start + 1), peer, () -> {
            for (int number = range.start; number <= end; number++) {
                chains.ledger(peer).put(number);
            }
            fetch(peer, end + 1, range.last);
        });
    }
}
