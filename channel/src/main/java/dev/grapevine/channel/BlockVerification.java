package dev.grapevine.channel;

import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Has blocks verified, within the bound on what is under way. Copies that arrive meanwhile wait: if the first turns out bad
 * (the right header around wrong data, say) the next is tried.
 */
final class BlockVerification {
    private static final int MAX_WAITING = 3;
    private static final BlockVerdict FAULT =
            new BlockVerdict.Refused(new Rejection("verification-fault", "the verification itself failed"));

    /** What becomes of a claimed block. */
    interface Outcome {
        void verified(ClaimedBlock claim, VerifiedBlock block);

        void premature(ClaimedBlock claim);

        void refused(ClaimedBlock claim);
    }

    private final GossipPorts ports;
    private final ChannelId channel;
    private final Verifications verifications;
    private final Outcome outcome;
    private final Map<ClaimedBlock.Name, Deque<ClaimedBlock>> underWay = new LinkedHashMap<>();

    BlockVerification(GossipPorts ports, ChannelId channel, Verifications verifications, Outcome outcome) {
        this.ports = ports;
        this.channel = channel;
        this.verifications = verifications;
        this.outcome = outcome;
    }

    /** Verifies a block, or queues it behind another of its name; releases its link when that is decided. */
    void submit(ClaimedBlock claim) {
        Deque<ClaimedBlock> waiting = underWay.get(claim.name());
        if (waiting == null) {
            underWay.put(claim.name(), new ArrayDeque<>());
            verify(claim);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(claim);
        } else {
            ports.drop("duplicate-block");
            claim.release().run();
        }
    }

    private void verify(ClaimedBlock claim) {
        boolean started = verifications.start(
                claim.message().size(),
                done -> ports.blocks().verify(channel, 0, claim.number(), claim.bytes(), done),
                FAULT,
                verdict -> decide(claim, verdict));
        if (!started) {
            ports.drop("verification-backlog");
            claim.release().run();
            next(claim.name());
        }
    }

    private void decide(ClaimedBlock claim, BlockVerdict verdict) {
        if (verdict instanceof BlockVerdict.Verified verified) {
            finish(claim);
            outcome.verified(claim, verified.block());
        } else if (verdict instanceof BlockVerdict.Refused refused) {
            ports.reject(claim.from(), refused.why().reason(), refused.why().detail());
            outcome.refused(claim);
            next(claim.name());
        } else {
            finish(claim);
            outcome.premature(claim);
        }
        claim.release().run();
    }

    private void next(ClaimedBlock.Name name) {
        Deque<ClaimedBlock> waiting = underWay.get(name);
        ClaimedBlock following = waiting == null ? null : waiting.poll();
        if (following == null) {
            underWay.remove(name);
        } else {
            verify(following);
        }
    }

    private void finish(ClaimedBlock claim) {
        Deque<ClaimedBlock> copies = underWay.remove(claim.name());
        if (copies != null) {
            copies.forEach(copy -> {
                ports.drop("duplicate-block");
                copy.release().run();
            });
        }
    }
}
