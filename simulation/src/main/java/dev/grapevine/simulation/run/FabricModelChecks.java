package dev.grapevine.simulation.run;

import dev.grapevine.simulation.fabric.FabricNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What must hold of the model of a Fabric network: commits in order, bounded buffers, and at the end all blocks and one leader. */
final class FabricModelChecks {
    private static final int NAMED = 5;

    /** Blocks that may wait for their turn: those that gossip may hand over early, and a full answer. */
    private static final int BUFFERED = 40;

    private final FabricNetwork network;
    private final int[] heights;
    private int mostWaiting;
    private String lacking = "";

    FabricModelChecks(FabricNetwork network) {
        this.network = network;
        this.heights = new int[network.size()];
        Arrays.fill(heights, 1);
    }

    /** @throws AssertionError if it is not the next one, or was never ordered */
    void committed(int peer, int block) {
        if (block != heights[peer] || block >= network.ordered()) {
            throw new AssertionError("peer " + peer + " has height " + heights[peer] + " and commits block " + block
                    + " of " + network.ordered());
        }
        heights[peer]++;
    }

    void look() {
        for (int peer = 0; peer < network.size(); peer++) {
            mostWaiting = Math.max(mostWaiting, network.waiting(peer));
        }
    }

    /** Whether each running peer sees every other in the channel, and each organisation has one leader. */
    boolean isComplete() {
        int others = network.running() - 1;
        for (int peer = 0; peer < network.size(); peer++) {
            if (network.isRunning(peer) && network.channelMembers(peer) < others) {
                lacking = String.format(
                        "peer %d knows %d and sees %d of %d others in the channel",
                        peer, network.membersAlive(peer), network.channelMembers(peer), others);
                return false;
            }
        }
        lacking = "not every organisation has one leader";
        return leaderless().isEmpty();
    }

    /** What was lacking the last time, for people. */
    String lacking() {
        return lacking;
    }

    private List<String> leaderless() {
        List<String> found = new ArrayList<>();
        for (int each = 0; each < network.organisations(); each++) {
            int organisation = each;
            long leaders = IntStream.range(0, network.size())
                    .filter(peer -> network.organisation(peer) == organisation && network.isLeader(peer))
                    .count();
            if (leaders != 1) {
                found.add("organisation " + organisation + " has " + leaders + " leaders after the quiet, not one");
            }
        }
        return found;
    }

    /** What does not hold at the end. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        List<Integer> behind = IntStream.range(0, network.size())
                .filter(peer -> network.isRunning(peer) && network.height(peer) != network.ordered())
                .boxed()
                .toList();
        if (!behind.isEmpty()) {
            found.add(behind.size() + " peers do not have all " + network.ordered() + " blocks after the quiet: "
                    + behind.stream()
                            .limit(NAMED)
                            .map(peer -> "peer " + peer + " has " + network.height(peer))
                            .toList());
        }
        found.addAll(leaderless());
        if (mostWaiting > BUFFERED) {
            found.add("a peer had " + mostWaiting + " blocks waiting; the bound is " + BUFFERED);
        }
        return found;
    }
}
