package dev.grapevine.channel.spread;

import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.extension.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block that we have verified, on its way to those for whom we answer. */
final class Spread implements Assignment.Giver {
    /** Copies one peer is sent at most: the tree's, and again if it was lost. */
    private static final int MAX_COPIES = 3;

    private final SpreadContext context;
    private final BlockName name;
    private final int size;
    private final long place;
    private final Set<PkiId> holders = new HashSet<>();
    private final Map<PkiId, Integer> copies = new HashMap<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private @Nullable Assignment handover;
    private final AnsweredParts answered = new AnsweredParts();
    private @Nullable Long origin;
    private final PlainPeers plain;
    private int sent;

    /** @param size of the block, in bytes */
    Spread(SpreadContext context, BlockName name, int size) {
        this.context = context;
        this.name = name;
        this.size = size;
        this.place = PeerRing.place(context.audience().self());
        this.plain = new PlainPeers(context, name);
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
        delegate(interval, sparse, sparse, parts);
    }

    /** Takes over the part of somebody who is silent: who in it has the block, as we have it from elsewhere, is not known. */
    void takeOver(RingInterval interval, int parts) {
        delegate(interval, false, true, parts);
    }

    private void delegate(RingInterval interval, boolean sparse, boolean offered, int parts) {
        if (!answered.add(interval, sparse)) {
            return;
        }
        if (interval.contains(place)) {
            RingInterval behind = interval.behind(place);
            RingInterval before = interval.before(place);
            List<RangeSplit.Placed> ahead = lacking(behind, context.capable().get());
            List<RangeSplit.Placed> rest = lacking(before, context.capable().get());
            int most = ahead.size() + rest.size();
            divide(behind, ahead, sparse, offered, share(parts, ahead.size(), most));
            divide(before, rest, sparse, offered, share(parts, rest.size(), most));
        } else {
            divide(interval, sparse, offered, parts);
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
        divide(
                RingInterval.allFrom(context.capable().get().place(BlockName.start(name.number()))),
                false,
                false,
                parts);
        answered.add(RingInterval.allBut(place), false);
    }

    /** The place of the peer that has the block from the ordering service; nobody sends it there. */
    void beganAt(long first) {
        origin = first;
    }

    /** Takes responsibility for everybody else. */
    void delegateAll(boolean sparse, int parts) {
        RingInterval others = RingInterval.allBut(place);
        if (answered.add(others, sparse)) {
            divide(others, sparse, sparse, parts);
        }
    }

    private void divide(RingInterval interval, boolean sparse, boolean offered, int parts) {
        divide(interval, lacking(interval, context.capable().get()), sparse, offered, parts);
    }

    private void divide(
            RingInterval interval, List<RangeSplit.Placed> lacking, boolean sparse, boolean offered, int parts) {
        if (lacking.isEmpty()) {
            sendToPlain(interval);
        }
        // The largest first: its peers are the last to have the block.
        RangeSplit.split(interval, lacking, parts, nearness()).stream()
                .sorted(Comparator.comparingInt(chunk -> -chunk.members().size()))
                .forEach(chunk -> assign(chunk, sparse, offered));
    }

    /** Who has a block from the ordering service gives it to whoever is next, a neighbour or not. */
    private Nearness nearness() {
        boolean ours = origin != null && origin == place;
        return new Nearness(
                context.audience(), ours ? List.of() : context.audience().neighbours(), this::isFarBehind);
    }

    private List<RangeSplit.Placed> lacking(RingInterval interval, PeerRing ring) {
        return ring.within(interval).stream()
                .filter(each -> origin == null || origin != each.position())
                .filter(each -> !hasBlock(each.member().pkiId()))
                .filter(each -> !context.behind().isInPeace(each.member().pkiId(), name.number()))
                .toList();
    }

    private void sendToPlain(RingInterval interval) {
        plain.send(lacking(interval, context.plain().get()), holders::add);
    }

    private boolean isFarBehind(PkiId peer) {
        return context.behind().refuses(peer, name.number());
    }

    private Assignment assign(RangeSplit.Chunk chunk, boolean sparse, boolean offered) {
        Assignment assignment = new Assignment(
                context.scheduler(),
                this,
                nearness().inTurn(chunk.members()),
                route(chunk.interval(), sparse),
                context.config().attempts());
        assignments.add(assignment);
        assignment.begin(offered || isFarBehind(chunk.members().get(0).pkiId()));
        return assignment;
    }

    private Route route(RingInterval interval, boolean sparse) {
        Route.Builder route = interval.route(sparse);
        return origin == null ? route.build() : route.setOrigin(origin).build();
    }

    /**
     * Takes a block that came without a route, from a Fabric peer: it goes to some other Fabric peers, as Fabric would do, and
     * is offered to the one who is to spread it among the rest, the first where it begins. Many may get it this way at the same
     * time, and all choose the same one.
     */
    void handOver() {
        sendToPlain(RingInterval.allBut(place));
        giveToFirst();
    }

    private void giveToFirst() {
        RingInterval before =
                RingInterval.allFrom(BlockName.start(name.number())).before(place);
        List<RangeSplit.Placed> earlier = lacking(before, context.capable().get());
        if (earlier.isEmpty()) {
            delegateAll(false, context.config().fanOut());
        } else {
            List<NetworkMember> firstOnes =
                    earlier.stream().map(RangeSplit.Placed::member).toList();
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

    /** A peer keeps no block from a number on: if this is one, its part of the ring is given to another who is in it. */
    void refusedBy(PkiId peer, long limit) {
        if (Long.compareUnsigned(name.number(), limit) < 0) {
            return;
        }
        for (Assignment assignment : List.copyOf(assignments)) {
            if (assignment.isWith(peer)) {
                assignment.end();
                assignments.remove(assignment);
                context.drop().accept("spread-refused");
                giveToAnother(assignment);
            }
        }
    }

    private void giveToAnother(Assignment refused) {
        if (refused == handover) {
            giveToFirst();
        } else {
            boolean sparse = refused.route().getSparse();
            divide(RingInterval.of(refused.route()), sparse, sparse, 1);
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

    /** Tells some others that we have it; see {@link Announcement}. */
    void announce() {
        Announcement announcement = new Announcement(context, name, place);
        announcement.tell(peer -> !hasBlock(peer));
        if (origin != null && origin == place) {
            announcement.prepareNext();
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
