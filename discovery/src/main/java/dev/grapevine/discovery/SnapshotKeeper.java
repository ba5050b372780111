package dev.grapevine.discovery;

import dev.grapevine.discovery.KnownPeer.Presence;
import dev.grapevine.discovery.MembershipSnapshotStore.SavedMember;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Workers;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves the table when it has changed; after a restart its peers are dead ones, to be reached again. */
final class SnapshotKeeper {
    private final Logger log = LoggerFactory.getLogger(SnapshotKeeper.class);
    private final MembershipSnapshotStore store;
    private final Workers workers;
    private final MembershipTable table;
    private final OwnAlive own;
    private boolean saving;
    private boolean owed;

    SnapshotKeeper(DiscoveryPorts ports, MembershipTable table, OwnAlive own) {
        this.store = ports.snapshots();
        this.workers = ports.workers();
        this.table = table;
        this.own = own;
    }

    void load() {
        List<SavedMember> saved = store.load();
        saved.forEach(this::restore);
        table.takeChanged();
        log.info("{} peers remembered from before", saved.size());
    }

    private void restore(SavedMember saved) {
        Verdict<Alive> alive = read(saved);
        if (!alive.isAccepted()) {
            log.warn("a remembered peer is not readable: {}", alive.rejection());
        } else if (!alive.value().pkiId().equals(own.pkiId()) && table.isNewsOfDead(alive.value())) {
            table.learnDead(alive.value(), saved.internalEndpoint());
        }
    }

    private static Verdict<Alive> read(SavedMember saved) {
        try {
            return Alive.read(SignedGossipMessage.parse(saved.alive()));
        } catch (MalformedMessageException e) {
            return Verdict.rejected("malformed-snapshot", e.getMessage());
        }
    }

    /** Saves if anybody came, went or moved since the last time. */
    void saveIfChanged() {
        owed |= table.takeChanged();
        if (saving || !owed) {
            return;
        }
        saving = true;
        owed = false;
        List<SavedMember> members = snapshot();
        workers.submit(
                () -> {
                    store.save(members);
                    return true;
                },
                (saved, failure) -> {
                    saving = false;
                    if (failure != null) {
                        owed = true;
                        log.warn("cannot save the table of peers; trying again", failure);
                    }
                });
    }

    private List<SavedMember> snapshot() {
        return Stream.concat(table.with(Presence.ALIVE), table.with(Presence.DEAD))
                .map(peer -> new SavedMember(
                        peer.last().message().wire(), peer.member().internalEndpoint()))
                .toList();
    }
}
