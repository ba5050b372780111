package dev.grapevine.channel.spread;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.extension.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A block that we have verified, on its way to those for whom we answer. */
final class Spread implements Assignment.Giver {
    /** Copies one peer is sent at most: the tree's, and again if it was lost. */
    private static final int MAX_COPIES = 3;

    /** Distances on the ring at which others are told of blocks, some of them for each block. */
    private static final int DISTANCES = 3;

    /** Parts of the ring that we take over for one block at most. */
    private static final int MAX_PARTS = 16;

    private final SpreadContext context;
    private final BlockName name;
    private final int size;
    private final long place;
    private final Set<PkiId> holders = new HashSet<>();
    private final Map<PkiId, Integer> copies = new HashMap<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private @Nullable Assignment handover;
    private final List<RingInterval> answeredFor = new ArrayList<>();
    private @Nullable Long origin;
    private int plainSent;
    private int sent;

    /** @param size of the block, in bytes */
    Spread(SpreadContext context, BlockName name, int size) {
        this.context = context;
        this.name = name;
        this.size = size;
        this.place = PeerRing.place(context.audience().self());
    }

    /**
     * Takes responsibility for a part of the ring: divides it among those in it that speak our extensions, each of whom answers
     * for a share. Whoever has only Fabric peers left in his part sends to them himself, to as many as Fabric would; they push on.
     *
     * <p>Our own place divides it first: so no share has a place of somebody who has handed the block down to it, and nobody
     * gets the block back from below. A part we answer for already is not divided again.
     *
     * @param sparse whether most of them have the block
     */
    void delegate(RingInterval interval, boolean sparse, int parts) {
        if (isAnsweredFor(interval)) {
            return;
        }
        if (interval.contains(place)) {
            RingInterval behind = interval.behind(place);
            RingInterval before = interval.before(place);
            List<RangeSplit.Placed> ahead = lacking(behind, context.capable().ring());
            List<RangeSplit.Placed> rest = lacking(before, context.capable().ring());
            int most = ahead.size() + rest.size();
            divide(behind, ahead, sparse, share(parts, ahead.size(), most));
            divide(before, rest, sparse, share(parts, rest.size(), most));
        } else {
            divide(interval, sparse, parts);
        }
    }

    private static int share(int parts, int peers, int all) {
        return all == 0 ? parts : Math.max(1, Math.round((float) parts * peers / all));
    }

    /**
     * Sends a block on its way, which we have from the ordering service. It begins with another peer each time, or the same
     * ones would always have the same to do; and nobody is to send it to us.
     */
    void begin(int parts) {
        beganAt(place);
        divide(RingInterval.allFrom(context.capable().ring().place(name.start())), false, parts);
        answeredFor.add(RingInterval.allBut(place));
    }

    /** The place of the peer that has the block from the ordering service; nobody sends it there. */
    void beganAt(long first) {
        origin = first;
    }

    /** Takes responsibility for everybody else. */
    void delegateAll(boolean sparse, int parts) {
        RingInterval others = RingInterval.allBut(place);
        if (!isAnsweredFor(others)) {
            divide(others, sparse, parts);
        }
    }

    private boolean isAnsweredFor(RingInterval interval) {
        if (answeredFor.size() >= MAX_PARTS || answeredFor.stream().anyMatch(part -> part.covers(interval))) {
            return true;
        }
        answeredFor.add(interval);
        return false;
    }

    private void divide(RingInterval interval, boolean sparse, int parts) {
        divide(interval, lacking(interval, context.capable().ring()), sparse, parts);
    }

    private void divide(RingInterval interval, List<RangeSplit.Placed> lacking, boolean sparse, int parts) {
        if (lacking.isEmpty()) {
            sendToPlain(interval);
        }
        for (RangeSplit.Chunk chunk : RangeSplit.split(interval, lacking, parts)) {
            assign(chunk, sparse, sparse);
        }
    }

    private List<RangeSplit.Placed> lacking(RingInterval interval, PeerRing ring) {
        return ring.within(interval).stream()
                .filter(each -> origin == null || origin != each.position())
                .filter(each -> !hasBlock(each.member().pkiId()))
                .toList();
    }

    private void sendToPlain(RingInterval interval) {
        List<RangeSplit.Placed> plain = lacking(interval, new PeerRing(context.audience().plain()));
        PeerSelection.pick(
                        plain,
                        context.plainPeers() - plainSent,
                        any -> true,
                        context.scheduler().random())
                .forEach(each -> sendPlain(each.member().pkiId()));
    }

    private void sendPlain(PkiId peer) {
        context.audience().held(name).ifPresent(message -> {
            context.audience().send(message, peer);
            holders.add(peer);
            plainSent++;
        });
    }

    private Assignment assign(RangeSplit.Chunk chunk, boolean sparse, boolean offered) {
        Assignment assignment = new Assignment(
                context.scheduler(),
                this,
                linkedFirst(chunk.members()),
                route(chunk.interval(), sparse),
                context.config().attempts());
        assignments.add(assignment);
        assignment.begin(offered);
        return assignment;
    }

    private Route route(RingInterval interval, boolean sparse) {
        Route.Builder route = interval.route(sparse);
        return origin == null ? route.build() : route.setOrigin(origin).build();
    }

    /** Where there is a link already, the block need not wait for a handshake: the first that has one is tried first. */
    private List<NetworkMember> linkedFirst(List<NetworkMember> members) {
        Optional<NetworkMember> linked = members.stream()
                .filter(member -> context.audience().isLinked(member.pkiId()))
                .findFirst();
        return linked.map(first -> Stream.concat(
                                Stream.of(first), members.stream().filter(member -> !member.equals(first)))
                        .toList())
                .orElse(members);
    }

    /**
     * Takes a block that came without a route, from a Fabric peer: it goes to some other Fabric peers, as Fabric would do, and
     * is offered to the one who is to spread it among the rest, the first where it begins. Many may get it this way at the same
     * time, and all choose the same one.
     */
    void handOver() {
        sendToPlain(RingInterval.allBut(place));
        RingInterval before = RingInterval.allFrom(name.start()).before(place);
        List<RangeSplit.Placed> earlier = lacking(before, context.capable().ring());
        if (earlier.isEmpty()) {
            delegateAll(false, context.config().fanOut());
        } else {
            List<NetworkMember> firstOnes =
                    RangeSplit.split(before, earlier, 1).get(0).members();
            handover = assign(new RangeSplit.Chunk(RingInterval.allBut(place), firstOnes), false, true);
        }
    }

    /** A peer has the block. */
    void heldBy(PkiId peer) {
        holders.add(peer);
        for (Assignment assignment : List.copyOf(assignments)) {
            if (assignment.concerns(peer)) {
                if (assignment.delay() >= 0) {
                    context.answers().observe(assignment.delay());
                }
                assignment.end();
                assignments.remove(assignment);
            }
        }
    }

    /** A peer asks for the block. */
    void requestedBy(PkiId peer) {
        for (Assignment assignment : List.copyOf(assignments)) {
            if (assignment.answer(peer)) {
                return;
            }
        }
        send(peer, route(RingInterval.NONE, false));
    }

    /**
     * Tells some peers that we have it, each a large power of two of steps away: they are linked, as they probe each other, and so
     * far off that one who lacks it because a copy was lost has it told by others than those who lack it with him.
     */
    void announce() {
        PeerRing ring = context.capable().ring();
        int turn = (int) Long.remainderUnsigned(name.start(), DISTANCES);
        Set<PkiId> told = new HashSet<>();
        for (int digest = 0; digest < context.config().digests(); digest++) {
            int steps = Math.max(1, Integer.highestOneBit(ring.size()) >> (turn + digest) % DISTANCES);
            PkiId next = ring.find(place, steps, peer -> !hasBlock(peer) && !told.contains(peer));
            if (next != null) {
                told.add(next);
                context.outbox().tell(next, name);
            }
        }
    }

    /** Awaits nothing more. */
    void end() {
        assignments.forEach(Assignment::end);
        assignments.clear();
    }

    @Override
    public void send(PkiId taker, Route route) {
        if (copies.merge(taker, 1, Integer::sum) > MAX_COPIES) {
            context.drop().accept("too-many-copies");
            return;
        }
        context.audience()
                .held(name)
                .ifPresentOrElse(
                        message -> {
                            sent++;
                            context.audience().send(message.withRoute(route), taker);
                        },
                        () -> context.drop().accept("block-no-longer-held"));
    }

    @Override
    public void offer(PkiId taker, Route route) {
        context.outbox().offer(taker, name, route);
    }

    @Override
    public boolean hasBlock(PkiId peer) {
        return holders.contains(peer) || Long.compareUnsigned(context.audience().heightOf(peer), name.number()) > 0;
    }

    @Override
    public boolean isAlive(PkiId peer) {
        return context.audience().isAlive(peer);
    }

    @Override
    public Duration sending() {
        return context.config().sending(Math.min(sent, context.config().fanOut()), size);
    }

    @Override
    public Duration late() {
        return context.answers().late();
    }

    @Override
    public void abandoned(Assignment assignment) {
        assignments.remove(assignment);
        context.drop().accept("spread-unacknowledged");
        if (assignment == handover) {
            delegateAll(true, context.config().fanOut());
        }
    }
}
