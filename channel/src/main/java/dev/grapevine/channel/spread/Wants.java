package dev.grapevine.channel.spread;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.extension.BlockRequest;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.Route;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The blocks we have heard of and do not have. One that is only announced is waited for, since the tree is probably bringing
 * it; one that is offered is asked for at once. Who does not answer in time is followed by another who has announced it. A
 * false announcement costs a small entry and a request to the liar, and keeps nobody else's block from coming.
 */
final class Wants {
    /** Who asks too early has a block sent twice; who asks late has the others wait for it. */
    private static final int PATIENT_DEVIATIONS = 3;

    private final Scheduler scheduler;
    private final SpreadConfig config;
    private final Audience audience;
    private final Consumer<String> drop;
    private final DelayEstimate patience;
    private final DelayEstimate answers;
    private final Map<BlockName, Want> wants = new LinkedHashMap<>();
    private final Map<PkiId, Integer> byDiscoverer = new HashMap<>();

    Wants(Scheduler scheduler, SpreadConfig config, Audience audience, DelayEstimate answers, Consumer<String> drop) {
        this.scheduler = scheduler;
        this.config = config;
        this.audience = audience;
        this.drop = drop;
        this.patience =
                new DelayEstimate(PATIENT_DEVIATIONS, config.initialLate(), config.leastLate(), config.mostLate());
        this.answers = answers;
    }

    /**
     * A peer says that it has a block.
     *
     * @param offer what it wants us to take over with it; null if nothing
     */
    void announced(BlockName block, PkiId by, @Nullable Route offer) {
        Want want = find(block, by);
        if (want == null) {
            return;
        }
        want.announcedBy(by);
        if (offer != null) {
            want.handedOver(new Want.Handed(by, offer, false));
        }
        if (want.asked() == null && offer != null) {
            ask(want, by);
        } else if (!want.isArmed()) {
            want.arm(scheduler.schedule(patience.late(), () -> seek(want)));
        }
    }

    /** A copy of a block has come and is about to be verified. */
    void arriving(BlockName block, PkiId from, @Nullable Route route) {
        Want want = find(block, from);
        if (want == null) {
            return;
        }
        if (!from.equals(want.asked())) {
            observe(want, patience);
        }
        want.handedOver(new Want.Handed(from, route, true));
        want.await(from);
        want.arm(scheduler.schedule(config.mostLate(), () -> another(want)));
    }

    /** The copy that came from a peer is none: another who has announced the block is asked at once, or once there is one. */
    void refused(BlockName block, PkiId from) {
        Want want = wants.get(block);
        if (want != null && from.equals(want.asked())) {
            want.seek();
            if (want.nextSource() == null) {
                want.arm(scheduler.schedule(patience.late(), () -> another(want)));
            } else {
                another(want);
            }
        }
    }

    private void observe(Want want, DelayEstimate estimate) {
        if (want.isAnnounced()) {
            estimate.observe(scheduler.nanoTime() - want.since());
        }
    }

    private @Nullable Want find(BlockName block, PkiId by) {
        Want known = wants.get(block);
        if (known != null) {
            return known;
        }
        if (!isPlausible(block.number())) {
            drop.accept("implausible-block-number");
            return null;
        }
        if (wants.size() >= config.wanted() || byDiscoverer.getOrDefault(by, 0) >= config.wantedPerPeer()) {
            drop.accept("too-many-blocks-announced");
            return null;
        }
        Want want = new Want(block, by, scheduler.nanoTime());
        wants.put(block, want);
        byDiscoverer.merge(by, 1, Integer::sum);
        return want;
    }

    /** The first block too far ahead of us to be wanted. */
    long limit() {
        long plausible = audience.height() + config.ahead();
        return Long.compareUnsigned(audience.limit(), plausible) < 0 ? audience.limit() : plausible;
    }

    private boolean isPlausible(long number) {
        long distance = number - audience.height();
        return Long.compareUnsigned(distance, config.ahead()) < 0;
    }

    private void seek(Want want) {
        want.seek();
        another(want);
    }

    private void another(Want want) {
        want.disarm();
        PkiId source = want.nextSource();
        if (source == null && want.mayGuess()) {
            source = anybody(want);
        }
        if (source == null) {
            drop.accept("announced-block-not-given");
            remove(want);
        } else {
            ask(want, source);
        }
    }

    /** A random peer that did not announce it: a block that exists has reached most. */
    private @Nullable PkiId anybody(Want want) {
        List<NetworkMember> others = PeerSelection.pick(
                audience.capable(), 1, member -> !want.announcers().contains(member.pkiId()), scheduler.random());
        return others.isEmpty() ? null : others.get(0).pkiId();
    }

    private void ask(Want want, PkiId source) {
        want.await(source);
        audience.send(
                Extension.newBuilder()
                        .setBlockRequest(BlockRequest.newBuilder()
                                .setNumber(want.name().number())
                                .setHeaderHash(want.name().headerHash()))
                        .build(),
                source);
        Duration late = answers.late();
        want.arm(scheduler.schedule(late, () -> another(want)));
    }

    /** A block was verified: what was known of it, if anything. Others of its number are lies. */
    Optional<Want> verified(BlockName block) {
        Optional<Want> found = Optional.ofNullable(wants.get(block));
        removeIf(number -> number == block.number());
        return found;
    }

    /** Blocks below this number are here, whichever way they came. */
    void committed(long height) {
        removeIf(number -> Long.compareUnsigned(number, height) < 0);
    }

    private void removeIf(LongPredicate condition) {
        List<Want> doomed = new ArrayList<>();
        wants.values().forEach(want -> {
            if (condition.test(want.name().number())) {
                doomed.add(want);
            }
        });
        doomed.forEach(this::remove);
    }

    private void remove(Want want) {
        want.disarm();
        if (wants.remove(want.name(), want)) {
            byDiscoverer.computeIfPresent(want.discoverer(), (peer, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Wants nothing any more. */
    void stop() {
        removeIf(any -> true);
    }
}
