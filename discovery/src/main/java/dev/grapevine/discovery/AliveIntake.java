package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Alive messages that were pushed to us: what is news is checked once, enters the table and is passed on. */
final class AliveIntake {
    private final MembershipTable table;
    private final AliveAdmission admission;
    private final AliveVerifier verifier;
    private final Gossiper gossiper;
    private final Meters.Counter duplicates;
    private final Set<ByteString> beingChecked = new HashSet<>();

    AliveIntake(DiscoveryPorts ports, MembershipTable table, AliveAdmission admission, AliveVerifier verifier) {
        this.table = table;
        this.admission = admission;
        this.verifier = verifier;
        this.gossiper = ports.gossiper();
        this.duplicates = ports.meters().counter("gossip_discovery_duplicates");
    }

    void receive(Alive alive, ReceivedMessage source) {
        PkiId sender = source.sender().pkiId();
        if (admission.isWorthChecking(alive)) {
            check(alive, source, sender);
        } else if (!passOnKnown(alive, sender)) {
            duplicates.increment();
        }
    }

    /** Copies of one message arrive from several peers at almost the same time; one check is enough for all. */
    private void check(Alive alive, ReceivedMessage source, PkiId sender) {
        ByteString wire = alive.message().wire();
        if (!beingChecked.add(wire)) {
            duplicates.increment();
            return;
        }
        verifier.verify(List.of(alive), source, genuine -> {
            beingChecked.remove(wire);
            genuine.forEach(each -> finish(each, sender));
        });
    }

    private void finish(Alive alive, PkiId sender) {
        if (admission.admit(alive)) {
            table.find(alive.pkiId()).ifPresent(KnownPeer::markPushed);
            gossiper.gossip(alive.message(), sender);
        } else if (!passOnKnown(alive, sender)) {
            duplicates.increment();
        }
    }

    /** What a membership response taught us first still has to travel on; the copy we hold has been checked. */
    private boolean passOnKnown(Alive alive, PkiId sender) {
        var unpushed = table.find(alive.pkiId()).filter(peer -> peer.isUnpushedCopy(alive));
        unpushed.ifPresent(peer -> {
            peer.markPushed();
            gossiper.gossip(peer.last().message(), sender);
        });
        return unpushed.isPresent();
    }
}
