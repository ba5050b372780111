package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.Probe;
import dev.grapevine.proto.extension.ProbeAnswer;
import dev.grapevine.proto.extension.ProbeRequest;
import dev.grapevine.proto.extension.Rumours;
import java.util.function.Consumer;

/** Writes the messages of probes, each with the rumours its receiver should hear. */
final class Messenger {
    private final LivenessPorts ports;
    private final RumourMill rumours;
    private final Suspicions suspicions;

    Messenger(LivenessPorts ports, RumourMill rumours, Suspicions suspicions) {
        this.ports = ports;
        this.rumours = rumours;
        this.suspicions = suspicions;
    }

    boolean isLinked(PkiId peer) {
        return ports.isLinked(peer);
    }

    void ping(PkiId peer, Consumer<Boolean> answered) {
        ports.ping(peer, answered);
    }

    /** Asks for a sign of life. Who is under suspicion learns of it first, so that it can refute (Lifeguard). */
    void probe(PkiId target, long number) {
        Probe.Builder probe = Probe.newBuilder().setNumber(number);
        suspicions
                .against(target)
                .ifPresent(
                        accusation -> probe.addStatements(accusation.statement().wire()));
        probe.addAllStatements(rumours.forPeer(target));
        ports.send(target, Extension.newBuilder().setProbe(probe).build());
    }

    void answer(PkiId peer, long number, boolean alive) {
        ProbeAnswer.Builder answer =
                ProbeAnswer.newBuilder().setNumber(number).setAlive(alive).addAllStatements(rumours.forPeer(peer));
        ports.send(peer, Extension.newBuilder().setProbeAnswer(answer).build());
    }

    void say(PkiId peer, Rumour rumour) {
        Rumours.Builder message =
                Rumours.newBuilder().addStatements(rumour.statement().wire());
        ports.send(peer, Extension.newBuilder().setRumours(message).build());
    }

    void askToProbe(PkiId helper, long number, PkiId target) {
        ProbeRequest.Builder request =
                ProbeRequest.newBuilder().setNumber(number).setTarget(target.bytes());
        ports.send(helper, Extension.newBuilder().setProbeRequest(request).build());
    }
}
