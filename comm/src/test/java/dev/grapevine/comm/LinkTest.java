package dev.grapevine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {
    private final World world = new World();

    @Test
    void isReusedWhoeverDialled() {
        World.Node left = world.node("left");
        World.Node right = world.node("right");
        left.linkWith(right);
        long frames = left.transport.traffic().frames();

        right.send(Messages.control(5), left);
        world.settle();

        assertThat(left.nonces()).containsExactly(5L);
        assertThat(left.transport.traffic().frames()).isEqualTo(frames);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isOneAfterASimultaneousDialAndNothingIsLost(long seed) {
        World crossing = new World(seed);
        World.Node left = crossing.node("left" + seed);
        World.Node right = crossing.node("right");
        for (int i = 0; i < 20; i++) {
            left.send(Messages.control(i), right);
            right.send(Messages.control(i), left);
            crossing.run(Duration.ofNanos(700_000));
        }
        crossing.settle();

        assertThat(left.isLinkedWith(right)).isTrue();
        assertThat(right.isLinkedWith(left)).isTrue();
        assertThat(left.nonces())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20).boxed().toList());
        assertThat(right.nonces())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20).boxed().toList());
        assertThat(left.dead).isEmpty();
        assertThat(right.dead).isEmpty();
        assertThat(crossing.network.streams("left" + seed + ":7051")).isEqualTo(1);
        assertThat(crossing.network.streams("right:7051")).isEqualTo(1);
    }

    @Test
    void survivesASimultaneousDialWithAPlainFabricPeer() {
        World.Node ours = world.node("ours");
        World.Node theirs = world.fabricLike("theirs");
        ours.send(Messages.control(1), theirs);
        theirs.send(Messages.control(2), ours);
        world.settle();
        ours.send(Messages.control(3), theirs);
        theirs.send(Messages.control(4), ours);
        world.settle();

        assertThat(theirs.nonces()).containsExactly(1L, 3L);
        assertThat(ours.nonces()).containsExactly(2L, 4L);
    }

    @Test
    void isReplacedByANewerOneOfTheSamePeer() {
        World.Node node = world.node("node");
        World.Node before = world.node("peer");
        before.linkWith(node);
        world.run(Duration.ofSeconds(10));
        before.loop.stop();

        World.Node after = world.node("peer", "elsewhere:7051", World.ORG1, world.config);
        after.linkWith(node);
        node.send(Messages.control(9), after);
        world.settle();

        assertThat(after.nonces()).containsExactly(9L);
        assertThat(before.received).isEmpty();
    }

    @Test
    void isRetriedWhenItEndsInGoodOrderAsSoonAsItIsThere() {
        World.Node node = world.node("node");
        World.Node hasty = world.node("hasty");
        hasty.reaction = message -> {
            if (hasty.received.size() == 1) {
                hasty.comm.close(node.identity.pkiId(), "as a Go peer after two dials have met");
            }
        };

        node.linkWith(hasty);

        assertThat(node.isLinkedWith(hasty)).isTrue();
        assertThat(node.dead).isEmpty();
    }

    @Test
    void isNotRetriedForEver() {
        World.Node node = world.node("node");
        World.Node hasty = world.node("hasty");
        hasty.reaction = message -> hasty.comm.close(node.identity.pkiId(), "again");
        for (int i = 0; i < 100; i++) {
            node.send(Messages.control(i), hasty);
            world.run(Duration.ofMillis(10));
        }
        world.run(Duration.ofSeconds(1));

        assertThat(hasty.received.size()).isLessThan(100);
    }

    @Test
    void isOverForBothSidesWhenItIsClosedByPkiId() {
        World.Node left = world.node("left");
        World.Node right = world.node("right");
        left.linkWith(right);
        world.run(Duration.ofSeconds(5));

        right.loop.execute(() -> right.comm.close(left.identity.pkiId(), "purged"));
        world.settle();

        assertThat(left.isLinkedWith(right)).isFalse();
        assertThat(right.isLinkedWith(left)).isFalse();
        assertThat(left.dead).isEmpty();
    }

    @Test
    void comesBackInBothDirectionsAfterOneSideRestarted() {
        World.Node node = world.node("node");
        World.Node before = world.node("peer");
        node.linkWith(before);
        before.kill();
        world.settle();
        assertThat(node.isLinkedWith(before)).isFalse();

        World.Node after = world.node("peer");
        node.send(Messages.control(1), after);
        world.settle();
        after.send(Messages.control(2), node);
        world.settle();

        assertThat(after.nonces()).containsExactly(1L);
        assertThat(node.nonces()).containsExactly(2L);
    }

    @Test
    void breaksAndIsDialledAgainByTheNextSend() {
        World.Node left = world.node("left");
        World.Node right = world.node("right");
        left.linkWith(right);
        world.network.breakStreams((from, to) -> true);
        world.settle();
        assertThat(left.isLinkedWith(right)).isFalse();

        right.send(Messages.control(2), left);
        world.settle();

        assertThat(left.nonces()).containsExactly(2L);
    }

    @Test
    void recoversFromAPartitionThatHidItsEnd() {
        World.Node left = world.node("left");
        World.Node right = world.node("right");
        left.linkWith(right);
        world.faults.isolate("left:7051");
        left.loop.execute(() -> left.comm.close(right.identity.pkiId(), "expired"));
        world.settle();
        world.faults.heal();
        assertThat(right.isLinkedWith(left)).isTrue();

        right.send(Messages.control(1), left);
        world.settle();
        right.send(Messages.control(2), left);
        world.settle();

        assertThat(left.nonces()).contains(2L);
    }

    @Test
    void isEndedByBytesThatAreNoEnvelope() {
        World.Node node = world.node("node");
        World.Stranger peer = world.stranger("peer");
        FrameStream stream = peer.linkWith(node, ModelledCrypto.identity(World.ORG1, "peer"));

        stream.send(ByteString.copyFromUtf8("garbage"));
        stream.send(Messages.control(1).wire());
        world.settle();

        assertThat(node.received).isEmpty();
        assertThat(node.rejected("malformed-envelope")).isEqualTo(1);
        assertThat(peer.wasHungUpOn()).isTrue();
    }

    @Test
    void isNotMadeWithAPeerOfAnotherOrganisationThanTheExpected() {
        World.Node node = world.node("node");
        World.Node expected = world.node("expected");
        expected.linkWith(node);
        expected.kill();
        world.settle();
        World.Node squatter = world.node("squatter", "expected:7051", World.ORG2, world.config);

        node.send(Messages.control(1), expected);
        world.settle();

        assertThat(squatter.received).isEmpty();
        assertThat(node.dead).contains(expected.identity.pkiId());
        assertThat(node.switched).isEmpty();
    }

    @Test
    void isMadeWithAnotherPeerOfTheSameOrganisationWhoseCertificateWasRenewed() {
        World.Node node = world.node("node");
        World.Node expected = world.node("expected");
        expected.linkWith(node);
        expected.kill();
        world.settle();
        World.Node renewed = world.node("renewed", "expected:7051", World.ORG1, world.config);

        node.send(Messages.control(1), expected);
        world.settle();

        assertThat(renewed.nonces()).containsExactly(1L);
        assertThat(node.switched).containsExactly(expected.identity.pkiId());
        assertThat(node.isLinkedWith(renewed)).isTrue();
    }

    @Test
    void isNotMadeWithSomebodyElseWhenTheExpectedIsUnknown() {
        World.Node node = world.node("node");
        World.Node other = world.node("other");
        RemotePeer wrong = new RemotePeer(
                other.peer.endpoint(), world.node("never").identity.pkiId());

        node.loop.execute(() -> node.comm.send(Messages.control(1), wrong));
        world.settle();

        assertThat(other.received).isEmpty();
        assertThat(node.dead).contains(wrong.pkiId());
    }
}
