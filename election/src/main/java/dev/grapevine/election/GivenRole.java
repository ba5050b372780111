package dev.grapevine.election;

import dev.grapevine.proto.PkiId;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;

/** A role fixed by {@code peer.gossip.orgLeader}. It says nothing to other peers and does not listen to them. */
final class GivenRole implements Election {
    private final boolean leads;
    private final PkiId self;
    private final LeadershipReport report;
    private boolean running;

    GivenRole(boolean leads, PkiId self, LeadershipReport report) {
        this.leads = leads;
        this.self = self;
        this.report = report;
    }

    @Override
    public void start() {
        running = true;
        report.leads(leads);
    }

    @Override
    public void stop() {
        running = false;
        report.ended();
    }

    @Override
    public boolean isLeader() {
        return running && leads;
    }

    @Override
    public Optional<PkiId> leader() {
        return isLeader() ? Optional.of(self) : Optional.empty();
    }

    @Override
    public void yieldLeadership() {
        // A static leader has nobody to yield to; it goes on trying, as in Fabric.
    }

    @Override
    public void lost(PkiId peer) {
        // Whoever else led, our role stays.
    }

    @Override
    public void receive(LeadershipMessage message) {
        // Peers that elect may share the channel with us; what they agree on does not concern a given role.
    }
}
