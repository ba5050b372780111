package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.memory.MemoryNetwork;
import dev.grapevine.comm.memory.MemoryTransport;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.simulation.scenario.Fault.Direction;
import dev.grapevine.simulation.scenario.NetworkConditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network of peers that replicate one channel, and everything that may happen to it. Not thread-safe: time passes only in
 * {@link #run} and {@link #runUntil}.
 */
public final class SimulatedNetwork {
    /** Two for each of thirty thousand peers. */
    private static final int SHARED_MESSAGES = 1 << 16;

    static final NetworkConditions NEARBY = NetworkConditions.lan(Duration.ofMillis(2), Duration.ofMillis(1));

    private final VirtualTime world;
    private final SimulatedLinks links;
    private final MemoryNetwork network;
    private final ChannelId channel;
    private final Credentials credentials;
    private final SimulatedOrdering ordering;
    private final List<InnerMessages> messages;
    private final List<SimulatedPeer> peers = new ArrayList<>();
    private NetworkObserver observer = new NetworkObserver() {};

    SimulatedNetwork(VirtualTime world, ChannelId channel, ByteString genesis, Credentials credentials) {
        this(world, NEARBY, channel, genesis, credentials);
    }

    SimulatedNetwork(
            VirtualTime world,
            NetworkConditions conditions,
            ChannelId channel,
            ByteString genesis,
            Credentials credentials) {
        this.world = world;
        this.links = new SimulatedLinks(world, conditions);
        this.network = new MemoryNetwork(links, world::change);
        this.channel = channel;
        this.credentials = credentials;
        this.ordering = new SimulatedOrdering(genesis);
        this.messages = Stream.generate(() -> new InnerMessages(SHARED_MESSAGES))
                .limit(world.lanes())
                .toList();
    }

    /** Adds peers to an organisation and starts them; the first one is everybody's bootstrap peer. */
    public List<SimulatedPeer> addPeers(MspId organisation, int count, UnaryOperator<PeerSettings> adjust) {
        List<SimulatedPeer> added = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            added.add(addPeer(organisation, number, adjust));
        }
        added.forEach(peer -> peer.start(Duration.ZERO));
        return added;
    }

    /** Adds one peer, which does nothing before it is started. */
    public SimulatedPeer addPeer(MspId organisation, int number, UnaryOperator<PeerSettings> adjust) {
        SimulatedPeer peer = new SimulatedPeer(
                this,
                peers.size(),
                credentials.identity(organisation, number),
                adjust.apply(Addresses.settings(organisation, number)));
        peers.add(peer);
        return peer;
    }

    /** As the other, with settings that replicate out of the box. */
    public List<SimulatedPeer> addPeers(MspId organisation, int count) {
        return addPeers(organisation, count, UnaryOperator.identity());
    }

    /** Lets time pass. */
    public void run(Duration duration) {
        world.runFor(duration);
    }

    /** Lets time pass until something holds; false if it does not within {@code limit}. */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        return world.runUntil(condition, limit);
    }

    /** Lets something happen that is no peer's doing. */
    public void in(Duration delay, Runnable task) {
        world.director().schedule(delay, task);
    }

    /** Since the simulation began. */
    public Duration now() {
        return Duration.ofNanos(world.nanoTime());
    }

    /** Has the ordering service order a block. */
    public void order(ByteString block) {
        ordering.order(block);
    }

    /** Number of blocks that are ordered. */
    public long ordered() {
        return ordering.height();
    }

    /** Loses this fraction of all frames that follow a handshake. */
    public void lose(double fraction) {
        links.lose(fraction);
    }

    /** Shows every frame that arrives anywhere to somebody. */
    public void observe(Consumer<ByteString> observer) {
        links.observe(observer);
    }

    /** Breaks the streams of these peers. */
    public void breakStreams(List<SimulatedPeer> whose) {
        Set<String> addresses = addresses(whose);
        network.breakStreams((from, to) -> addresses.contains(from));
    }

    /** Breaks every stream there is, as a router that restarts does. */
    public void breakStreams() {
        network.breakStreams((from, to) -> true);
    }

    /** Separates these peers from all others, and nobody else; the ordering service stays reachable for all. */
    public void partition(List<SimulatedPeer> separated) {
        heal();
        links.barriers().add(new Barriers.Partition(addresses(separated), Direction.BOTH));
    }

    /**
     * Separates these peers from all others, besides whom else is separated already.
     *
     * @param direction which way nothing passes, seen from these peers
     * @return ends it
     */
    public Runnable separate(List<SimulatedPeer> separated, Direction direction) {
        Barriers.Partition partition = new Barriers.Partition(addresses(separated), direction);
        links.barriers().add(partition);
        return () -> links.barriers().remove(partition);
    }

    /** Holds everything these peers send and are sent, and lets it go after a time. */
    public void clog(List<SimulatedPeer> clogged, Duration duration) {
        links.barriers().clog(addresses(clogged), world.nanoTime(), world.nanoTime() + duration.toNanos());
    }

    /** Ends all partitions. */
    public void heal() {
        links.barriers().removePartitions();
    }

    /** The ordering service answers a peer from now on that it may not read the channel. */
    public void refuseOrderingTo(SimulatedPeer peer) {
        ordering.refuse(peer.address());
    }

    /** Keeps these peers from reaching the ordering service. */
    public void cutOffFromOrdering(List<SimulatedPeer> peersWithout) {
        ordering.cutOff(addresses(peersWithout));
    }

    static Set<String> addresses(List<SimulatedPeer> peers) {
        return peers.stream().map(SimulatedPeer::address).collect(Collectors.toSet());
    }

    /** Kills a peer. */
    public void crash(SimulatedPeer peer) {
        peer.crash();
    }

    /** Has a peer end in good order. */
    public void leave(SimulatedPeer peer) {
        peer.leave();
    }

    /** Starts a killed peer again, with its disk. */
    public void restart(SimulatedPeer peer) {
        peer.start(Duration.ZERO);
    }

    /** As the other, with its wall clock this far from everybody else's. */
    public void restart(SimulatedPeer peer, Duration clockOffset) {
        peer.start(clockOffset);
    }

    public List<SimulatedPeer> peers() {
        return Collections.unmodifiableList(peers);
    }

    /** Those that are not crashed. */
    public List<SimulatedPeer> running() {
        return peers.stream().filter(SimulatedPeer::isRunning).toList();
    }

    /** The running ones that lead. */
    public List<SimulatedPeer> leaders() {
        return running().stream().filter(SimulatedPeer::isLeader).toList();
    }

    /** The running ones of an organisation that lead it. */
    public List<SimulatedPeer> leaders(MspId organisation) {
        return leaders().stream()
                .filter(peer -> peer.organisation().equals(organisation))
                .toList();
    }

    /** Whether every running peer sees every other one in the channel. */
    public boolean isComplete() {
        int others = running().size() - 1;
        return running().stream().allMatch(peer -> peer.membersAlive() == others && peer.channelMembers() == others);
    }

    /** Whether every running peer has every ordered block. That none has another block is checked at each commit. */
    public boolean allHaveEverything() {
        return peers.stream().filter(SimulatedPeer::isRunning).allMatch(peer -> peer.height() == ordered());
    }

    /** The hash of everything that happened on the network; equal for equal runs. */
    public String traceHash() {
        return links.traceHash();
    }

    /** Timers and frames that wait for their time, of all peers. */
    public int waiting() {
        return world.waiting();
    }

    /** Timers that have fired, frames that have arrived and work that was done until now, of all peers. */
    public long events() {
        return world.processed();
    }

    /** Has somebody watch from now on. */
    public void watch(NetworkObserver newObserver) {
        observer = newObserver;
    }

    NetworkObserver observer() {
        return observer;
    }

    SimulatedLinks links() {
        return links;
    }

    VirtualTime world() {
        return world;
    }

    ChannelId channel() {
        return channel;
    }

    SimulatedOrdering ordering() {
        return ordering;
    }

    MemoryTransport newTransport(String address, VirtualTime.Node loop, ByteString tlsHash) {
        return network.newTransport(address, loop, tlsHash);
    }

    MemoryTransport newTransport(String address, VirtualTime.Node loop) {
        return network.newTransport(address, loop);
    }

    Credentials credentials() {
        return credentials;
    }

    /** The loop of a peer that starts. Peers are dealt to lanes in turn, so those of one organisation may come together. */
    VirtualTime.Node newLoop(SimulatedPeer peer) {
        return world.newNode(peer.number());
    }

    /** What is told of in passing, which all peers of one lane parse once together. */
    InnerMessages messages(SimulatedPeer peer) {
        return messages.get(peer.number() % messages.size());
    }
}
