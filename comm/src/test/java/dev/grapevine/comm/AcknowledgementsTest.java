package dev.grapevine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final World world = new World();
    private final World.Node sender = world.node("sender");
    private final List<Map<RemotePeer, String>> outcomes = new ArrayList<>();

    private World.Node answering(String name, String error) {
        World.Node node = world.node(name);
        node.reaction = message -> message.acknowledge(error);
        return node;
    }

    private void send(int minimum, World.Node... to) {
        List<RemotePeer> peers = new ArrayList<>();
        for (World.Node node : to) {
            peers.add(node.peer);
        }
        sender.loop.execute(
                () -> sender.comm.sendWithAck(Messages.control(77), peers, minimum, TIMEOUT, outcomes::add));
    }

    @Test
    void areConsumedAndReported() {
        World.Node left = answering("left", "");
        World.Node right = answering("right", "");

        send(2, left, right);
        world.run(Duration.ofMillis(100));

        assertThat(outcomes).containsExactly(Map.of(left.peer, "", right.peer, ""));
        assertThat(sender.received).isEmpty();
    }

    @Test
    void areEnoughWhenTheMinimumHasCome() {
        World.Node left = answering("left", "");
        World.Node right = answering("right", "");
        World.Node silent = world.node("silent");

        send(2, left, right, silent);
        world.run(Duration.ofMillis(100));

        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0)).containsEntry(left.peer, "").containsEntry(right.peer, "");
        assertThat(outcomes.get(0).get(silent.peer)).isNotEmpty();
    }

    @Test
    void tellOfErrors() {
        World.Node left = answering("left", "");
        World.Node failing = answering("failing", "disk full");

        send(2, left, failing);
        world.run(Duration.ofMillis(100));

        assertThat(outcomes).containsExactly(Map.of(left.peer, "", failing.peer, "disk full"));
    }

    @Test
    void areMissedAfterTheTimeout() {
        World.Node silent = world.node("silent");

        send(1, silent);
        world.run(Duration.ofMillis(2900));
        assertThat(outcomes).isEmpty();
        world.run(Duration.ofMillis(200));

        assertThat(outcomes.get(0).get(silent.peer)).contains("3000 ms");
    }

    @Test
    void areNotWaitedForFromAPeerThatCannotBeReached() {
        World.Node gone = world.node("gone");
        gone.kill();

        send(1, gone);
        world.run(Duration.ofMillis(100));

        assertThat(outcomes).containsExactly(Map.of(gone.peer, "unreachable"));
    }

    @Test
    void areNotAwaitedFromNobody() {
        send(0);
        world.run(Duration.ofMillis(1));

        assertThat(outcomes).containsExactly(Map.of());
    }

    @Test
    void endWhenTheNodeStops() {
        World.Node silent = world.node("silent");
        send(1, silent);
        world.run(Duration.ofMillis(100));

        sender.loop.execute(sender.comm::stop);
        world.run(Duration.ofMillis(1));

        assertThat(outcomes).containsExactly(Map.of(silent.peer, "stopped"));
    }

    @Test
    void countOnlyFromWhomTheyAreAwaited() {
        World.Node silent = world.node("silent");
        World.Node meddler = answering("meddler", "");
        sender.send(Messages.control(77), meddler);

        send(1, silent);
        world.run(Duration.ofMillis(500));

        assertThat(outcomes).isEmpty();
    }

    @Test
    void flowBothWaysAtOnceWithoutADeadlock() {
        World.Node other = answering("other", "");
        sender.reaction = message -> message.acknowledge("");
        List<Map<RemotePeer, String>> theirs = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            long nonce = 1_000L + i;
            sender.loop.execute(() ->
                    sender.comm.sendWithAck(Messages.control(nonce), List.of(other.peer), 1, TIMEOUT, outcomes::add));
            other.loop.execute(() ->
                    other.comm.sendWithAck(Messages.control(nonce), List.of(sender.peer), 1, TIMEOUT, theirs::add));
            world.run(Duration.ofMillis(1));
        }
        world.settle();

        assertThat(outcomes).hasSize(1000).allMatch(result -> result.containsValue(""));
        assertThat(theirs).hasSize(1000).allMatch(result -> result.containsValue(""));
    }
}
