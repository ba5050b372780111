package dev.grapevine.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hyperledger.fabric.protos.common.Block;

/** What happens in a demonstration, in order. */
final class DemoStory {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DemoNetwork network;
    private final DemoTable table;
    private final int blocks;
    private final int blockBytes;
    private long ordered = 1;

    DemoStory(DemoNetwork network, DemoTable table, int blocks, int blockBytes) {
        this.network = network;
        this.table = table;
        this.blocks = blocks;
        this.blockBytes = blockBytes;
    }

    ObjectNode tell() {
        int peers = network.peers().size();
        table.say("starting an orderer and " + peers + " peers");
        network.start();
        waitFor("the peers to answer", () -> running().size() == peers);
        network.joinAll();
        table.say("joined channel " + DemoMaterial.CHANNEL + "; the peers find each other and elect a leader");
        waitFor(
                "the peers to find each other",
                () -> running().stream().allMatch(status -> status.members() == peers - 1));
        waitFor("a leader", () -> leaders() == 1);

        order(blocks / 2);
        long catchUp = killFollower();
        long failover = killLeader();
        return compare(catchUp, failover);
    }

    private void order(int count) {
        table.say("ordering " + count + " blocks of " + blockBytes + " bytes");
        network.order(count, blockBytes);
        ordered += count;
        waitFor("every running peer to have " + ordered + " blocks", () -> atHeight(ordered));
    }

    private long killFollower() {
        DemoPeer follower = pick(false);
        table.say("kill -9 " + follower.name() + ", a follower; the others carry on");
        follower.process().kill();
        order(blocks / 4);
        table.say("starting " + follower.name() + " again");
        long begun = System.nanoTime();
        follower.process().start();
        waitFor(
                follower.name() + " to catch up",
                () -> follower.status()
                        .filter(status -> status.height() == ordered)
                        .isPresent());
        return since(begun, follower.name() + " has caught up");
    }

    private long killLeader() {
        DemoPeer leader = pick(true);
        int rest = Math.max(1, blocks - blocks / 2 - blocks / 4);
        table.say("kill -9 " + leader.name() + ", the leader; the others elect another one");
        long begun = System.nanoTime();
        leader.process().kill();
        network.order(1, blockBytes);
        ordered++;
        waitFor("the next leader to bring a new block to all survivors", () -> atHeight(ordered));
        long failover = since(begun, "all survivors have a new block from the next leader");
        if (rest > 1) {
            order(rest - 1);
        }
        table.say("starting " + leader.name() + " again");
        leader.process().start();
        waitFor(
                "all peers to have everything",
                () -> running().size() == network.peers().size() && atHeight(ordered));
        return failover;
    }

    private long since(long begun, String what) {
        long milliseconds = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        table.say(what + " after " + milliseconds + " ms");
        return milliseconds;
    }

    private ObjectNode compare(long catchUp, long failover) {
        table.say("comparing every chain block by block");
        List<Block> reference = List.of();
        boolean identical = true;
        for (DemoPeer peer : network.peers()) {
            List<Block> chain = network.chain(peer, ordered);
            reference = reference.isEmpty() ? chain : reference;
            identical &= sameChain(reference, chain);
        }
        table.say(identical ? "all " + ordered + " blocks are the same everywhere" : "the chains differ");
        ObjectNode result = Json.object();
        result.put("ok", identical);
        result.put("peers", network.peers().size());
        result.put("height", ordered);
        result.put("chains_identical", identical);
        result.put("follower_catch_up_ms", catchUp);
        result.put("leader_failover_ms", failover);
        return result;
    }

    private static boolean sameChain(List<Block> one, List<Block> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int number = 0; number < one.size(); number++) {
            if (!one.get(number).getHeader().equals(other.get(number).getHeader())
                    || !one.get(number).getData().equals(other.get(number).getData())) {
                return false;
            }
        }
        return true;
    }

    private DemoPeer pick(boolean leading) {
        return network.peers().stream()
                .filter(peer -> peer.status()
                        .filter(status -> status.leader() == leading)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new CommandFailure(leading ? "no peer leads" : "no peer follows"));
    }

    private List<PeerStatus> running() {
        List<PeerStatus> answers = new ArrayList<>();
        network.peers().forEach(peer -> peer.status().ifPresent(answers::add));
        return answers;
    }

    private long leaders() {
        return running().stream().filter(PeerStatus::leader).count();
    }

    private boolean atHeight(long height) {
        return network.peers().stream()
                .filter(peer -> peer.process().isAlive())
                .allMatch(peer -> peer.status()
                        .filter(status -> status.height() >= height)
                        .isPresent());
    }

    private void waitFor(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<NodeProcess> expected =
                network.processes().stream().filter(NodeProcess::isAlive).toList();
        while (!condition.getAsBoolean()) {
            Optional<NodeProcess> ended =
                    expected.stream().filter(process -> !process.isAlive()).findFirst();
            if (ended.isPresent()) {
                throw new CommandFailure(ended.get().name() + " has ended by itself:\n"
                        + ended.get().lastWords());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new CommandFailure("waited " + PATIENCE.toSeconds() + " s in vain for " + what
                        + "; the orderer says:\n" + network.processes().get(0).lastWords());
            }
            table.live(network.peers());
            LockSupport.parkNanos(LOOK.toNanos());
        }
        table.show(network.peers());
    }
}
