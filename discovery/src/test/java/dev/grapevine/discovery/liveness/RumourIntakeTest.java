package dev.grapevine.discovery.liveness;

import static dev.grapevine.discovery.liveness.Peers.peer;
import static dev.grapevine.discovery.liveness.Peers.rumour;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Accusation;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of the statements that others pass on are checked before everything else that waits. */
class RumourIntakeTest {
    private static final PkiId SELF = peer(1);
    private static final PkiId SUSPECT = peer(2);
    private static final PkiId OTHER = peer(3);

    private final List<Boolean> urgent = new ArrayList<>();
    private final ProbeRing ring = new ProbeRing(SELF);
    private final Suspicions suspicions =
            new Suspicions(LivenessConfig.lan(), new VirtualTime(7).newNode(), ring, Runnable::run, (peer, byUs) -> {});
    private final RumourIntake intake = new RumourIntake(SELF, new RecordingPorts(), ring, suspicions, rumour -> {});

    @BeforeEach
    void suspect() {
        ring.add(SUSPECT);
        ring.add(OTHER);
        suspicions.accuse(rumour(2, 3));
    }

    @Test
    void whatClearsASuspectIs() {
        take(alive(SUSPECT));
        assertThat(urgent).containsExactly(true);
    }

    @Test
    void whatOthersSayOfThemselvesIsNot() {
        take(alive(OTHER));
        assertThat(urgent).containsExactly(false);
    }

    @Test
    void anAccusationThatWeMustAnswerIs() {
        take(accusation(SELF, OTHER));
        assertThat(urgent).containsExactly(true);
    }

    @Test
    void anAccusationOfOthersIsNot() {
        take(accusation(OTHER, SUSPECT));
        assertThat(urgent).containsExactly(false);
    }

    private void take(SignedGossipMessage statement) {
        intake.take(List.of(statement.wire()), new Unanswered());
    }

    private static SignedGossipMessage alive(PkiId peer) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setAliveMsg(AliveMessage.newBuilder()
                        .setMembership(Member.newBuilder().setPkiId(peer.bytes())))
                .build());
    }

    private static SignedGossipMessage accusation(PkiId about, PkiId by) {
        return Extensions.message(Extension.newBuilder()
                .setAccusation(Accusation.newBuilder()
                        .setAccused(about.bytes())
                        .setAccuser(by.bytes())
                        .setIncarnation(1)
                        .setSequence(1))
                .build());
    }

    private final class RecordingPorts extends SilentPorts {
        @Override
        public Optional<Timestamp> lastHeard(PkiId peer) {
            return Optional.of(new Timestamp(1, 1));
        }

        @Override
        public SignedGossipMessage parse(ByteString statement) {
            try {
                return SignedGossipMessage.parse(statement);
            } catch (MalformedMessageException e) {
                throw new IllegalArgumentException(e);
            }
        }

        @Override
        public void alive(SignedGossipMessage message, ReceivedMessage source, boolean first) {
            urgent.add(first);
        }

        @Override
        public void verify(
                SignedGossipMessage statement, PkiId signer, ReceivedMessage source, boolean first, Runnable genuine) {
            urgent.add(first);
        }
    }

    /** The message the statements came with, of which nothing is asked here. */
    private static final class Unanswered implements ReceivedMessage {
        @Override
        public SignedGossipMessage message() {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public ConnectionInfo sender() {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public void respond(SignedGossipMessage answer) {}

        @Override
        public Runnable hold() {
            return () -> {};
        }

        @Override
        public void acknowledge(String error) {}
    }
}
