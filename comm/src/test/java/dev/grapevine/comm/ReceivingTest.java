package dev.grapevine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.BlockDigests;
import dev.grapevine.proto.extension.Extension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hyperledger.fabric.protos.gossip.Empty;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.Test;

class ReceivingTest {
    private final World world = new World();

    @Test
    void answersOverTheLinkTheMessageCameOn() {
        World.Node asker = world.node("asker");
        World.Node other = world.node("other");
        other.reaction = message ->
                message.respond(Messages.control(message.message().message().getNonce() + 1));

        asker.send(Messages.control(10), other);
        world.settle();

        assertThat(asker.nonces()).containsExactly(11L);
    }

    @Test
    void handsOverAnEmptyMessageOnlyIfItCarriesAnExtension() {
        World.Node sender = world.node("sender");
        World.Node other = world.node("other");
        Extension digest = Extension.newBuilder()
                .setBlockDigests(BlockDigests.getDefaultInstance())
                .build();

        sender.send(
                SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                        .setEmpty(Empty.getDefaultInstance())
                        .build()),
                other);
        sender.send(Extensions.message(digest), other);
        world.settle();

        assertThat(other.received)
                .singleElement()
                .matches(got -> got.message().extension().orElseThrow().equals(digest));
    }

    @Test
    void dropsAnAnswerWhenTheLinkHasEnded() {
        World.Node asker = world.node("asker");
        World.Node other = world.node("other");
        asker.linkWith(other);
        asker.kill();
        world.settle();

        other.loop.execute(() -> other.received.get(0).respond(Messages.control(1)));
        world.settle();

        assertThat(other.meters.count("gossip_comm_dropped/link-ended")).isEqualTo(1);
    }

    @Test
    void readsNoFurtherThanWhatMayBeInWorkAtOnce() {
        world.config = CommConfig.defaults().withBuffers(5, 200);
        World.Node sender = world.node("sender");
        World.Node busy = world.node("busy");
        List<Runnable> held = new ArrayList<>();
        busy.reaction = message -> held.add(message.hold());
        for (int i = 0; i < 20; i++) {
            sender.send(Messages.control(i), busy);
        }
        world.settle();
        assertThat(busy.received).hasSize(5);

        busy.loop.execute(() -> {
            held.get(0).run();
            held.get(1).run();
        });
        world.settle();
        assertThat(busy.received).hasSize(7);

        busy.reaction = message -> {};
        busy.loop.execute(() -> held.get(2).run());
        world.settle();
        assertThat(busy.received).hasSize(20);
    }

    @Test
    void readsNoFurtherThanTheBudgetOfTheWholeNode() {
        world.config = CommConfig.defaults().withLimits(CommLimits.defaults().withReceiveBytes(250_000, 250_000));
        World.Node busy = world.node("busy");
        World.Node first = world.node("first");
        World.Node second = world.node("second");
        List<Runnable> held = new ArrayList<>();
        busy.reaction = message -> held.add(message.hold());
        for (int i = 0; i < 10; i++) {
            first.send(Messages.block(i, 100_000), busy);
            second.send(Messages.block(i, 100_000), busy);
        }
        world.settle();
        assertThat(held).hasSizeLessThanOrEqualTo(4);

        busy.reaction = message -> {};
        busy.loop.execute(() -> held.forEach(Runnable::run));
        world.settle();
        assertThat(busy.received).hasSize(20);
    }

    @Test
    void ignoresWhatMeansNothingOnAnEstablishedLinkAndPassesTheUnknownOn() {
        World.Node node = world.node("node");
        World.Stranger peer = world.stranger("peer");
        FrameStream stream = peer.linkWith(node, ModelledCrypto.identity(World.ORG1, "peer"));

        stream.send(SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                        .setEmpty(Empty.getDefaultInstance())
                        .build())
                .wire());
        stream.send(SignedGossipMessage.unsigned(
                        GossipMessage.newBuilder().setNonce(3).build())
                .wire());
        world.settle();

        assertThat(node.nonces()).containsExactly(3L);
        assertThat(peer.ends).isEmpty();
    }

    @Test
    void refusesDeepNesting() {
        World.Node node = world.node("node");
        World.Stranger peer = world.stranger("peer");
        FrameStream stream = peer.linkWith(node, ModelledCrypto.identity(World.ORG1, "peer"));
        byte[] open = new byte[10_000];
        Arrays.fill(open, (byte) 0x0b);

        stream.send(Envelope.newBuilder()
                .setPayload(ByteString.copyFrom(open))
                .build()
                .toByteString());
        world.settle();

        assertThat(node.rejected("malformed-envelope")).isEqualTo(1);
    }

    @Property(tries = 300)
    void endsTheLinkOrDeliversButNeverThrows(@ForAll byte[] bytes, @ForAll boolean asPayload) {
        World fresh = new World();
        World.Node node = fresh.node("node");
        World.Stranger peer = fresh.stranger("peer");
        FrameStream stream = peer.linkWith(node, ModelledCrypto.identity(World.ORG1, "peer"));
        ByteString raw = ByteString.copyFrom(bytes);

        stream.send(asPayload ? Envelope.newBuilder().setPayload(raw).build().toByteString() : raw);
        fresh.settle();

        assertThat(peer.wasHungUpOn()).isEqualTo(node.rejected("malformed-envelope") == 1);
    }

    @Property(tries = 300)
    void refusesGarbageInPlaceOfAHandshakeAndNeverThrows(@ForAll byte[] bytes) {
        World fresh = new World();
        World.Node node = fresh.node("node");
        World.Stranger peer = fresh.stranger("peer");

        peer.dial(node).send(ByteString.copyFrom(bytes));
        fresh.settle();

        assertThat(peer.wasHungUpOn()).isTrue();
    }
}
