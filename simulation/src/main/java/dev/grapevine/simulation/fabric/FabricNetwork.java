package dev.grapevine.simulation.fabric;

import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.simulation.Trace;
import dev.grapevine.simulation.scenario.Fault.Direction;
import dev.grapevine.simulation.scenario.Scenario;
import java.time.Duration;
import java.util.BitSet;
import java.util.SplittableRandom;

/** A network of modelled peers that replicate one channel, and what may happen to it. Peers are numbers from 0 on. */
public final class FabricNetwork {
    private static final long SECOND = 1_000_000_000;

    private final VirtualTime world;
    private final Surroundings around;
    private final Heights heights;
    private final ChannelView view;
    private final Chains chains;
    private final OrderingService ordering = new OrderingService();
    private final BlockPush push;
    private final Election election;
    private final Activities activities;

    /** What a running peer does. */
    private record Activities(
            Heartbeats heartbeats,
            MembershipExchange membership,
            IdentityPull identities,
            StateInfos stateInfos,
            BlockPull pull,
            StateTransfer transfer) {
        void start(int peer) {
            heartbeats.start(peer);
            membership.start(peer);
            identities.start(peer);
            stateInfos.start(peer);
            pull.start(peer);
            transfer.start(peer);
        }
    }

    /**
     * A network of peers that are not running yet.
     *
     * @param seed decides everything that is left to chance
     */
    public FabricNetwork(Scenario scenario, int size, long seed, FabricObserver observer) {
        SplittableRandom random = new SplittableRandom(seed);
        Roster roster = new Roster(size, scenario.peers().organisations());
        this.world = new VirtualTime(seed);
        Timeline time = new Timeline(world, roster);
        Wires wires = new Wires(time, roster, scenario.network(), random.split(), new Trace());
        Membership membership = new Membership(size);
        membership.watch(observer);
        wires.onRefusal(new DialFailures(time, roster, membership)::refused);
        this.around = new Surroundings(
                time,
                roster,
                wires,
                new Choice(size, random.split()),
                new EmitterRounds(size, random.split()),
                new Identities(roster),
                membership,
                random.split());
        long verification = scenario.peers().verification().toNanos();
        Disclosure disclosure = new Disclosure(roster);
        this.heights = new Heights(size);
        this.view = new ChannelView(around, heights);
        this.chains = new Chains(size, time, observer, scenario.blocks().bytes());
        this.push = new BlockPush(around, view, chains, verification);
        DeliverClients deliver = new DeliverClients(around, ordering, chains, push, verification);
        this.election = new Election(around, view, deliver, ranks(size, random));
        this.activities = new Activities(
                new Heartbeats(around, disclosure, verification),
                new MembershipExchange(around, disclosure),
                new IdentityPull(around),
                new StateInfos(around, heights, chains::height, verification),
                new BlockPull(around, view, chains, verification),
                new StateTransfer(around, view, chains, verification));
        adapt();
    }

    /** Identifiers are hashes: their order has nothing to do with that of the peers. */
    private static int[] ranks(int size, SplittableRandom random) {
        int[] ranks = new int[size];
        for (int peer = 0; peer < size; peer++) {
            int other = random.nextInt(peer + 1);
            ranks[peer] = ranks[other];
            ranks[other] = peer;
        }
        return ranks;
    }

    private void adapt() {
        around.rounds().adapt(around.roster().running());
        around.time().after(SECOND, this::adapt);
    }

    /** Starts a peer for the first time or after a crash, from which only its blocks are left. */
    public void start(int peer) {
        around.membership().forget(peer);
        around.identities().forget(peer);
        heights.forget(peer);
        around.wires().traffic().reset(peer);
        around.roster().started(peer, around.time().millis());
        chains.start(peer);
        push.start(peer);
        activities.start(peer);
        election.start(peer);
    }

    /** Kills a peer. */
    public void crash(int peer) {
        around.roster().crashed(peer);
        election.forget(peer);
    }

    /**
     * Separates peers from all others.
     *
     * @return ends it
     */
    public Runnable separate(BitSet peers, Direction direction) {
        return around.wires().separations().add(peers, direction);
    }

    /** Loses this share of all frames. */
    public void lose(double share) {
        around.wires().lose(share);
    }

    /** Keeps these peers from reaching the ordering service, and nobody else. */
    public void cutOffFromOrdering(BitSet peers) {
        ordering.cutOff(peers);
    }

    /** Has the ordering service order a block. */
    public void order() {
        ordering.order();
    }

    /** Number of blocks that are ordered. */
    public int ordered() {
        return ordering.height();
    }

    /** Lets time pass. */
    public void run(Duration duration) {
        world.runFor(duration);
    }

    /** Lets something happen that is no peer's doing. */
    public void in(Duration delay, Runnable task) {
        around.time().after(delay.toNanos(), task);
    }

    /** Since the simulation began. */
    public Duration now() {
        return Duration.ofNanos(world.nanoTime());
    }

    public int size() {
        return around.roster().size();
    }

    public boolean isRunning(int peer) {
        return around.roster().isRunning(peer);
    }

    public int running() {
        return around.roster().running();
    }

    public int organisations() {
        return around.roster().organisations();
    }

    public int organisation(int peer) {
        return around.roster().organisation(peer);
    }

    /** How many others a peer believes to be alive. */
    public int membersAlive(int peer) {
        return around.membership().alive().count(peer);
    }

    /** How many others a peer sees in the channel. */
    public int channelMembers(int peer) {
        return view.count(peer);
    }

    public boolean isLeader(int peer) {
        return election.leaders().get(peer);
    }

    /** Number of durable blocks of a peer. */
    public int height(int peer) {
        return chains.height(peer);
    }

    /** How many blocks wait for their turn at a peer. */
    public int waiting(int peer) {
        return chains.ledger(peer).waiting();
    }

    /** Bytes that a peer has sent since it was last started. */
    public long sentBytes(int peer) {
        return around.wires().traffic().bytes(peer);
    }

    /** Frames that all have sent. */
    public long sentFrames() {
        return around.wires().traffic().frames();
    }

    /** Bytes in frames with blocks that all have sent. */
    public long sentBlockBytes() {
        return around.wires().traffic().blockBytes();
    }

    /** Timers that have fired and frames that have arrived, at all. */
    public long events() {
        return world.processed() + around.wires().traffic().events();
    }

    /** The hash of everything that happened; equal for equal runs. */
    public String traceHash() {
        return around.wires().trace().hash();
    }
}
