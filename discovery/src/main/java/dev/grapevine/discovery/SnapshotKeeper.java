package dev.grapevine.discovery;

import dev.grapevine.discovery.KnownPeer.Presence;
import dev.grapevine.discovery.MembershipSnapshotStore.SavedMember;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.Workers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the table soon after it has changed, and when the node stops; after a restart its peers are dead ones, to be reached
 * again. Changes come in crowds, so it waits a moment for the rest of them, and after a save for longer.
 */
final class SnapshotKeeper {
    /** From a change to its save, if there was none lately. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** From one save to the next. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Logger log = LoggerFactory.getLogger(SnapshotKeeper.class);
    private final MembershipSnapshotStore store;
    private final Scheduler scheduler;
    private final Workers workers;
    private final MembershipTable table;
    private final OwnAlive own;
    private Scheduler.@Nullable Timer timer;
    private long notBefore;
    private boolean saving;
    private boolean owed;
    private boolean stopped;

    SnapshotKeeper(DiscoveryPorts ports, MembershipTable table, OwnAlive own) {
        this.store = ports.snapshots();
        this.scheduler = ports.scheduler();
        this.workers = ports.workers();
        this.table = table;
        this.own = own;
        this.notBefore = scheduler.nanoTime();
    }

    void load() {
        List<SavedMember> saved = store.load();
        saved.forEach(this::restore);
        table.onChange(this::changed);
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

    private void changed() {
        owed = true;
        arm();
    }

    private void arm() {
        if (timer == null && !saving) {
            long wait = Math.max(QUIET.toNanos(), notBefore - scheduler.nanoTime());
            timer = scheduler.schedule(Duration.ofNanos(wait), this::save);
        }
    }

    /** Saves what is not saved yet, and nothing that comes later. */
    void stop() {
        stopped = true;
        table.onChange(() -> {});
        if (timer != null) {
            timer.cancel();
        }
        if (owed && !saving) {
            save();
        }
    }

    private void save() {
        timer = null;
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
                    notBefore = scheduler.nanoTime() + PAUSE.toNanos();
                    if (failure != null) {
                        owed = true;
                        log.warn("cannot save the table of peers; trying again", failure);
                    }
                    if (owed && !stopped) {
                        arm();
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
