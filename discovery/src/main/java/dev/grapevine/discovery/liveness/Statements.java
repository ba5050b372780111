package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Accusation;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.Farewell;

/** Makes our own statements. */
final class Statements {
    private final PkiId self;
    private final LivenessPorts ports;

    Statements(PkiId self, LivenessPorts ports) {
        this.self = self;
        this.ports = ports;
    }

    Rumour accusation(PkiId accused, Timestamp lastHeard, boolean dead) {
        Accusation.Builder accusation = Accusation.newBuilder()
                .setAccused(accused.bytes())
                .setIncarnation(lastHeard.incarnation())
                .setSequence(lastHeard.sequence())
                .setAccuser(self.bytes())
                .setDead(dead);
        Extension extension = Extension.newBuilder().setAccusation(accusation).build();
        return new Rumour(accused, self, ports.sign(extension));
    }

    Rumour farewell(Timestamp last) {
        Farewell.Builder farewell = Farewell.newBuilder()
                .setPeer(self.bytes())
                .setIncarnation(last.incarnation())
                .setSequence(last.sequence());
        return new Rumour(
                self,
                self,
                ports.sign(Extension.newBuilder().setFarewell(farewell).build()));
    }
}
