package dev.grapevine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.api.Test;

class SendingTest {
    private final World world = new World();

    @Test
    void reachesSeveralPeersAndPassesTheVeryBytesOn() {
        World.Node sender = world.node("sender");
        World.Node left = world.node("left");
        World.Node right = world.node("right");
        var message = Messages.control(42);

        sender.loop.execute(() -> sender.comm.send(message, List.of(left.peer, right.peer)));
        world.settle();

        assertThat(left.received)
                .singleElement()
                .matches(got -> got.message().wire().equals(message.wire()));
        assertThat(right.nonces()).containsExactly(42L);
    }

    @Test
    void reportsAPeerThatCannotBeReachedAsPresumedDead() {
        World.Node sender = world.node("sender");
        World.Node gone = world.node("gone");
        gone.kill();

        sender.send(Messages.control(1), gone);
        world.settle();

        assertThat(sender.dead).containsExactly(gone.identity.pkiId());
    }

    @Test
    void reportsAPeerWhoseHostDoesNotAnswerWithinTheTimeouts() {
        World.Node sender = world.node("sender");
        World.Node gone = world.node("gone");
        world.faults.isolate("gone:7051");

        sender.send(Messages.control(1), gone);
        world.run(Duration.ofSeconds(5));

        assertThat(sender.dead).containsExactly(gone.identity.pkiId());
    }

    @Test
    void doesNotDialADeadPeerForEveryMessage() {
        World.Node sender = world.node("sender");
        World.Node gone = world.node("gone");
        gone.kill();

        for (int i = 0; i < 1000; i++) {
            sender.send(Messages.control(i), gone);
            world.run(Duration.ofMillis(10));
        }

        assertThat(sender.dead).hasSizeBetween(2, 8);
        assertThat(sender.meters.count("gossip_comm_dropped/unreachable-lately"))
                .isGreaterThan(900);
    }

    @Test
    void dialsAgainAtOnceWhenAProbeFoundThePeerBack() {
        World.Node sender = world.node("sender");
        World.Node before = world.node("peer");
        before.kill();
        sender.send(Messages.control(1), before);
        world.run(Duration.ofMillis(100));
        World.Node after = world.node("peer");

        sender.loop.execute(() -> sender.comm.probe(after.peer, answered -> {
            assertThat(answered.isAccepted()).isTrue();
            sender.comm.send(Messages.control(2), after.peer);
        }));
        world.run(Duration.ofMillis(100));

        assertThat(after.nonces()).containsExactly(2L);
    }

    @Test
    void dialsAgainAtOnceWhenThePeerHasMoved() {
        World.Node sender = world.node("sender");
        World.Node before = world.node("peer");
        before.kill();
        sender.send(Messages.control(1), before);
        world.run(Duration.ofMillis(100));

        World.Node after = world.node("peer", "elsewhere:7051", World.ORG1, world.config);
        sender.send(Messages.control(2), after);
        world.run(Duration.ofMillis(100));

        assertThat(after.nonces()).containsExactly(2L);
    }

    @Test
    void letsAHeartbeatPassBlocksThatWait() {
        World.Node sender = world.node("sender");
        World.Node slow = world.node("slow");
        sender.linkWith(slow);
        slow.received.clear();
        for (int i = 0; i < 50; i++) {
            sender.send(Messages.block(i, 100_000), slow);
        }
        sender.send(Messages.control(7), slow);
        world.settle();

        int heartbeat = slow.nonces().indexOf(7L);
        assertThat(heartbeat).isLessThan(5);
        assertThat(slow.received).hasSize(51);
    }

    @Test
    void dropsBlocksForAFullLaneButNeverAHeartbeatForThem() {
        world.config = CommConfig.defaults().withBuffers(20, 10);
        World.Node sender = world.node("sender");
        World.Node slow = world.node("slow");
        sender.linkWith(slow);
        slow.received.clear();
        slow.loop.execute(() -> slow.reaction = ReceivedMessage::hold);
        for (int i = 0; i < 100; i++) {
            sender.send(Messages.block(i, 1_000_000), slow);
        }
        for (int i = 0; i < 10; i++) {
            sender.send(Messages.control(i), slow);
        }
        world.settle();

        assertThat(sender.meters.count("gossip_comm_overflow_count")).isPositive();
        assertThat(sender.meters.count("gossip_comm_dropped/control-lane-full")).isZero();
        assertThat(sender.meters.count("gossip_comm_dropped/bulk-lane-full"))
                .isEqualTo(sender.meters.count("gossip_comm_overflow_count"));
        assertThat(slow.received.stream().filter(got -> got.message().type() == ContentCase.HELLO))
                .hasSize(10);
        assertThat(sender.isLinkedWith(slow)).isTrue();
    }

    @Test
    void countsWhatIsSentAndReceived() {
        World.Node sender = world.node("sender");
        World.Node receiver = world.node("receiver");
        for (int i = 0; i < 3; i++) {
            sender.send(Messages.control(i), receiver);
        }
        world.settle();

        assertThat(sender.meters.count("gossip_comm_messages_sent")).isEqualTo(3);
        assertThat(receiver.meters.count("gossip_comm_messages_received")).isEqualTo(3);
    }

    @Test
    void keepsMessagesInOrderWithinALane() {
        World.Node sender = world.node("sender");
        World.Node receiver = world.node("receiver");
        for (int i = 0; i < 100; i++) {
            sender.send(Messages.control(i), receiver);
        }
        world.settle();

        assertThat(receiver.nonces()).isSorted().hasSize(100);
    }

    @Test
    void losesOnlyWhatTheNetworkLoses() {
        World.Node sender = world.node("sender");
        World.Node receiver = world.node("receiver");
        sender.linkWith(receiver);
        world.faults.setLosing(true);
        sender.send(Messages.control(1), receiver);
        world.settle();
        world.faults.setLosing(false);
        sender.send(Messages.control(2), receiver);
        world.settle();

        assertThat(receiver.nonces()).containsExactly(0L, 2L);
    }

    @Test
    void isHarmlessAfterStopping() {
        World.Node sender = world.node("sender");
        World.Node receiver = world.node("receiver");
        sender.linkWith(receiver);

        sender.loop.execute(() -> {
            sender.comm.stop();
            sender.comm.send(Messages.control(1), receiver.peer);
        });
        world.settle();

        assertThat(receiver.nonces()).containsExactly(0L);
        assertThat(receiver.isLinkedWith(sender)).isFalse();
        assertThat(sender.meters.count("gossip_comm_dropped/stopped")).isEqualTo(1);
    }

    @Test
    void survivesThatTheOtherSideStopsMeanwhile() {
        World.Node sender = world.node("sender");
        World.Node receiver = world.node("receiver");
        for (int i = 0; i < 200; i++) {
            sender.send(Messages.control(i), receiver);
            if (i == 100) {
                receiver.loop.execute(receiver.comm::stop);
            }
            world.run(Duration.ofMillis(1));
        }
        world.settle();

        assertThat(sender.dead).containsOnly(receiver.identity.pkiId());
    }
}
