package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;

/** Alive messages that were pushed to us: what is news is checked once, enters the table and is passed on. */
final class AliveIntake {
    private final MembershipTable table;
    private final AliveAdmission admission;
    private final AliveVerifier verifier;
    private final AliveSpread spread;
    private final Meters.Counter duplicates;
    private final Set<ByteString> beingChecked = new HashSet<>();

    AliveIntake(
            DiscoveryPorts ports,
            MembershipTable table,
            AliveAdmission admission,
            AliveVerifier verifier,
            AliveSpread spread) {
        this.table = table;
        this.admission = admission;
        this.verifier = verifier;
        this.spread = spread;
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
        boolean byRumour = source.message().type() != ContentCase.ALIVE_MSG;
        verifier.verify(List.of(alive), source, genuine -> {
            beingChecked.remove(wire);
            genuine.forEach(each -> finish(each, sender, byRumour));
        });
    }

    /** Whether the very message is being checked, and will be admitted if it is genuine. */
    boolean isBeingChecked(Alive alive) {
        return beingChecked.contains(alive.message().wire());
    }

    private void finish(Alive alive, PkiId sender, boolean byRumour) {
        if (admit(alive, sender, byRumour)) {
            table.find(alive.pkiId()).ifPresent(KnownPeer::markPushed);
        } else if (!passOnKnown(alive, sender)) {
            duplicates.increment();
        }
    }

    /** Takes a genuine message that is news, and passes it on. */
    boolean admit(Alive alive, PkiId sender, boolean matters) {
        var before = table.find(alive.pkiId()).filter(KnownPeer::isAlive).map(KnownPeer::member);
        if (!admission.admit(alive)) {
            return false;
        }
        var after = table.find(alive.pkiId()).map(KnownPeer::member);
        spread.spread(alive, sender, matters || !before.equals(after));
        return true;
    }

    /** What a membership response taught us first still has to travel on; the copy we hold has been checked. */
    private boolean passOnKnown(Alive alive, PkiId sender) {
        var unpushed = table.find(alive.pkiId()).filter(peer -> peer.isUnpushedCopy(alive));
        unpushed.ifPresent(peer -> {
            peer.markPushed();
            spread.spread(peer.last(), sender, true);
        });
        return unpushed.isPresent();
    }
}
