package dev.grapevine.discovery.liveness;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.Rumours;
import dev.grapevine.proto.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes rumours on: with every probe and answer, and while there are any also in rounds to some neighbours. A round's timer
 * exists only while there is something to tell.
 */
final class RumourMill {
    /** Rumours that wait at most. */
    static final int CAPACITY = 4_096;

    /** Bytes of rumours in one message; half of what an extension in the control lane may take. */
    static final int MESSAGE_BYTES = 32 * 1024;

    private final LivenessConfig config;
    private final Scheduler scheduler;
    private final ProbeRing ring;
    private final LivenessPorts ports;
    private final BroadcastQueue queue;
    private final Meters.Counter told;
    private Scheduler.@Nullable Timer timer;
    private boolean stopped;

    RumourMill(LivenessConfig config, Scheduler scheduler, Meters meters, ProbeRing ring, LivenessPorts ports) {
        this.config = config;
        this.scheduler = scheduler;
        this.ring = ring;
        this.ports = ports;
        Meters.Counter dropped = meters.counter("gossip_dropped", "reason", "too-many-rumours");
        this.queue = new BroadcastQueue(CAPACITY, dropped::increment);
        this.told = meters.counter("gossip_liveness_rumours_sent");
    }

    void add(Rumour rumour) {
        queue.add(rumour);
        arm();
    }

    /** Ends the rounds. */
    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void arm() {
        if (timer == null && !stopped && !queue.isEmpty()) {
            timer = scheduler.schedule(config.gossipInterval(), () -> {
                timer = null;
                round(config.gossipPeers());
                arm();
            });
        }
    }

    /** Tells so many random neighbours; those we have links with, unless there is none. */
    void round(int peers) {
        List<PkiId> neighbours = new ArrayList<>(ring.neighbours());
        List<PkiId> linked = neighbours.stream().filter(ports::isLinked).toList();
        List<PkiId> candidates = linked.isEmpty() ? neighbours : new ArrayList<>(linked);
        for (int i = 0; i < peers && !candidates.isEmpty(); i++) {
            tell(candidates.remove(scheduler.random().nextInt(candidates.size())));
        }
    }

    void tell(PkiId peer) {
        List<ByteString> statements = forPeer(peer);
        if (!statements.isEmpty()) {
            Rumours.Builder rumours = Rumours.newBuilder().addAllStatements(statements);
            ports.send(peer, Extension.newBuilder().setRumours(rumours).build());
        }
    }

    /** What one peer should hear now. */
    List<ByteString> forPeer(PkiId peer) {
        if (queue.isEmpty()) {
            return List.of();
        }
        List<ByteString> statements = new ArrayList<>();
        queue.take(MESSAGE_BYTES, config.transmissions(ring.size()), rumour -> {
            Optional<ByteString> statement = wordFor(peer, rumour);
            statement.ifPresent(statements::add);
            return statement.isPresent();
        });
        told.add(statements.size());
        return statements;
    }

    private Optional<ByteString> wordFor(PkiId peer, Rumour rumour) {
        return peer.equals(rumour.by())
                ? Optional.empty()
                : ports.forReceiver(rumour, peer).map(SignedGossipMessage::wire);
    }
}
