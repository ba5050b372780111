package dev.grapevine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private final World world = new World();
    private final World.Node node = world.node("node");
    private final List<Verdict<Boolean>> answers = new ArrayList<>();
    private final List<Verdict<ConnectionInfo>> found = new ArrayList<>();

    private void probe(RemotePeer peer) {
        node.loop.execute(() -> node.comm.probe(peer, answers::add));
        world.run(Duration.ofSeconds(6));
    }

    private void deepProbe(RemotePeer peer) {
        node.loop.execute(() -> node.comm.handshake(peer, found::add));
        world.run(Duration.ofSeconds(6));
    }

    @Test
    void tellsTheLivingFromTheDeadAndTheRisen() {
        World.Node other = world.node("other");
        probe(other.peer);
        other.kill();
        probe(other.peer);
        World.Node again = world.node("other");
        probe(again.peer);

        assertThat(answers).extracting(Verdict::isAccepted).containsExactly(true, false, true);
    }

    @Test
    void endsWhenTheOtherSideNeverAnswers() {
        World.Node hung = world.node("hung");
        hung.loop.stop();

        probe(hung.peer);

        assertThat(answers).singleElement().matches(answer -> !answer.isAccepted());
    }

    @Test
    void givesTheIdentityWhenItIsDeepAndLeavesNoLink() {
        World.Node other = world.node("other");

        deepProbe(new RemotePeer(other.peer.endpoint(), null));

        assertThat(found.get(0).value().pkiId()).isEqualTo(other.identity.pkiId());
        assertThat(found.get(0).value().identity()).isEqualTo(other.identity.serialized());
        assertThat(node.isLinkedWith(other)).isFalse();
        assertThat(other.isLinkedWith(node)).isFalse();
        assertThat(world.network.streams("other:7051")).isZero();
    }

    @Test
    void doesNotDisturbTheLiveLinkWhenItIsDeep() {
        World.Node other = world.node("other");
        node.linkWith(other);

        deepProbe(other.peer);
        other.send(Messages.control(3), node);
        world.settle();

        assertThat(found.get(0).isAccepted()).isTrue();
        assertThat(node.nonces()).containsExactly(3L);
    }

    @Test
    void failsWhenSomebodyElseThanExpectedAnswersADeepOne() {
        World.Node other = world.node("other");

        deepProbe(new RemotePeer(
                other.peer.endpoint(), world.node("expected").identity.pkiId()));

        assertThat(found.get(0).rejection().reason()).isEqualTo("unexpected-peer");
    }

    @Test
    void failsWhenTheResponderPresentsItselfAsAProbe() {
        World.Stranger odd = world.stranger("odd");
        SigningIdentity identity = ModelledCrypto.identity(World.ORG1, "odd");
        odd.transport.start(stream -> {
            odd.attach(stream);
            stream.send(new OwnIntroduction(identity, false)
                    .message(odd.transport.tlsCertificateHash(), true)
                    .wire());
        });

        deepProbe(new RemotePeer("odd:9999", null));

        assertThat(found.get(0).rejection().reason()).isEqualTo("responder-probes");
    }
}
