package dev.grapevine.discovery.liveness;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Accusation;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.Farewell;
import java.util.List;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;

/**
 * Statements that came with other peers' messages. None is taken before its signature was checked, and none costs a check
 * that would change nothing.
 */
final class RumourIntake {
    /** Statements of one message that are looked at. */
    private static final int MAX_STATEMENTS = 1_000;

    private final PkiId self;
    private final LivenessPorts ports;
    private final ProbeRing ring;
    private final Suspicions suspicions;
    private final Consumer<Rumour> accused;

    /** @param accused told of every genuine accusation that is news, ours among them */
    RumourIntake(PkiId self, LivenessPorts ports, ProbeRing ring, Suspicions suspicions, Consumer<Rumour> accused) {
        this.self = self;
        this.ports = ports;
        this.ring = ring;
        this.suspicions = suspicions;
        this.accused = accused;
    }

    void take(List<ByteString> statements, ReceivedMessage source) {
        for (ByteString statement : statements.subList(0, Math.min(MAX_STATEMENTS, statements.size()))) {
            try {
                take(ports.parse(statement), source);
            } catch (MalformedMessageException e) {
                ports.reject(source, "malformed-rumour", String.valueOf(e.getMessage()));
            }
        }
    }

    private void take(SignedGossipMessage statement, ReceivedMessage source) {
        if (statement.type() == ContentCase.ALIVE_MSG) {
            ports.alive(statement, source);
            return;
        }
        Extension said = statement.extension().orElse(Extension.getDefaultInstance());
        switch (said.getContentCase()) {
            case ACCUSATION -> take(said.getAccusation(), statement, source);
            case FAREWELL -> take(said.getFarewell(), statement, source);
            default -> ports.reject(source, "malformed-rumour", "neither alive message nor accusation nor farewell");
        }
    }

    private void take(Accusation said, SignedGossipMessage statement, ReceivedMessage source) {
        if (said.getAccused().isEmpty() || said.getAccuser().isEmpty()) {
            ports.reject(source, "malformed-rumour", "an accusation needs an accuser and an accused");
            return;
        }
        Rumour rumour = new Rumour(new PkiId(said.getAccused()), new PkiId(said.getAccuser()), statement);
        Timestamp time = new Timestamp(said.getIncarnation(), said.getSequence());
        if (isNews(rumour, time)) {
            ports.verify(statement, rumour.by(), source, () -> {
                if (isNews(rumour, time)) {
                    accused.accept(rumour);
                }
            });
        }
    }

    /** An accuser must be one of us and alive; that the accused has spoken since refutes him already. */
    private boolean isNews(Rumour accusation, Timestamp time) {
        boolean refuted = ports.lastHeard(accusation.about())
                .filter(last -> !last.isNewerThan(time))
                .isEmpty();
        return !refuted
                && accusation.isAccusation()
                && ring.contains(accusation.by())
                && (accusation.about().equals(self) || suspicions.isNews(accusation.about(), accusation.by()));
    }

    private void take(Farewell said, SignedGossipMessage statement, ReceivedMessage source) {
        if (said.getPeer().isEmpty()) {
            ports.reject(source, "malformed-rumour", "a farewell of nobody");
            return;
        }
        PkiId peer = new PkiId(said.getPeer());
        Timestamp time = new Timestamp(said.getIncarnation(), said.getSequence());
        if (isCurrent(peer, time)) {
            ports.verify(statement, peer, source, () -> {
                if (isCurrent(peer, time)) {
                    ports.departed(peer, time);
                    // The ring has let it go by now; its word still has to go round.
                    accused.accept(new Rumour(peer, peer, statement));
                }
            });
        }
    }

    private boolean isCurrent(PkiId peer, Timestamp time) {
        return !peer.equals(self)
                && ports.lastHeard(peer).filter(last -> !last.isNewerThan(time)).isPresent();
    }
}
