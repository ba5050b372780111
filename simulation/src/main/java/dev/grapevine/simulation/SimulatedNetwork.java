package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.memory.MemoryNetwork;
import dev.grapevine.comm.memory.MemoryTransport;
import dev.grapevine.discovery.AnchorPeer;
import dev.grapevine.discovery.DiscoveryConfig;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A network of peers that replicate one channel, and everything that may happen to it. Not thread-safe: time passes only in
 * {@link #run} and {@link #runUntil}.
 */
public final class SimulatedNetwork {
    private static final int PORT = 7051;
    private static final Duration LATENCY = Duration.ofMillis(1);
    private static final Duration JITTER = Duration.ofMillis(2);

    private final VirtualTime world;
    private final SimulatedLinks links;
    private final MemoryNetwork network;
    private final ChannelId channel = new ChannelId("simulated");
    private final SimulatedOrdering ordering = new SimulatedOrdering(channel);
    private final Map<MspId, List<AnchorPeer>> organisations = new TreeMap<>();
    private final List<SimulatedPeer> peers = new ArrayList<>();

    /** @param seed decides everything that is left to chance */
    public SimulatedNetwork(long seed, MspId... organisations) {
        this.world = new VirtualTime(seed);
        this.links = new SimulatedLinks(world, LATENCY, JITTER);
        this.network = new MemoryNetwork(links);
        for (MspId organisation : organisations) {
            String firstPeer = host(organisation, 0);
            this.organisations.put(organisation, List.of(new AnchorPeer(organisation, firstPeer, PORT)));
        }
    }

    private static String host(MspId organisation, int number) {
        return "peer" + number + "." + organisation.name().toLowerCase(Locale.ROOT);
    }

    /** Adds peers to an organisation and starts them; the first one is everybody's bootstrap peer. */
    public List<SimulatedPeer> addPeers(MspId organisation, int count, UnaryOperator<PeerSettings> adjust) {
        List<SimulatedPeer> added = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String endpoint = host(organisation, number) + ":" + PORT;
            PeerSettings standard = PeerSettings.replicating(endpoint)
                    .withDiscovery(DiscoveryConfig.defaults(endpoint)
                            .withExternalEndpoint(endpoint)
                            .withBootstrap(host(organisation, 0) + ":" + PORT));
            SimulatedPeer peer = new SimulatedPeer(this, organisation, "peer" + number, adjust.apply(standard));
            added.add(peer);
            peers.add(peer);
        }
        added.forEach(SimulatedPeer::start);
        return added;
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

    /** Since the simulation began. */
    public Duration now() {
        return Duration.ofNanos(world.nanoTime());
    }

    /** Has the ordering service order blocks of one transaction each. */
    public void order(int blocks, int bytes) {
        for (int number = 0; number < blocks; number++) {
            ordering.order(ByteString.copyFrom(new byte[bytes]));
        }
    }

    /** Has the ordering service order a configuration block. */
    public void orderConfiguration() {
        ordering.orderConfiguration();
    }

    /** Number of blocks that are ordered. */
    public long ordered() {
        return ordering.blocks().size();
    }

    /** Loses this fraction of all frames that follow a handshake. */
    public void lose(double fraction) {
        links.lose(fraction);
    }

    /** Breaks every stream there is, as a router that restarts does. */
    public void breakStreams() {
        network.breakStreams((from, to) -> true);
    }

    /** Separates these peers from all others; the ordering service stays reachable for all. */
    public void partition(List<SimulatedPeer> separated) {
        Set<String> addresses = new HashSet<>();
        separated.forEach(peer -> addresses.add(peer.address()));
        links.partition(addresses);
    }

    /** Ends a partition. */
    public void heal() {
        links.heal();
    }

    /** Keeps these peers from reaching the ordering service. */
    public void cutOffFromOrdering(List<SimulatedPeer> peersWithout) {
        Set<String> addresses = new HashSet<>();
        peersWithout.forEach(peer -> addresses.add(peer.address()));
        ordering.cutOff(addresses);
    }

    /** Kills a peer. */
    public void crash(SimulatedPeer peer) {
        peer.crash();
    }

    /** Starts a killed peer again, with its disk. */
    public void restart(SimulatedPeer peer) {
        peer.start();
    }

    public List<SimulatedPeer> peers() {
        return List.copyOf(peers);
    }

    /** The running ones that lead. */
    public List<SimulatedPeer> leaders() {
        return peers.stream()
                .filter(SimulatedPeer::isRunning)
                .filter(SimulatedPeer::isLeader)
                .toList();
    }

    /** Whether every running peer has every ordered block, header and data the same as ordered. */
    public boolean allHaveEverything() {
        return peers.stream().filter(SimulatedPeer::isRunning).allMatch(peer -> peer.height() == ordered());
    }

    /** The first difference between a running peer's chain and what was ordered; empty if there is none. */
    public String difference() {
        for (SimulatedPeer peer : peers) {
            if (peer.isRunning()) {
                List<ByteString> held = peer.blocks();
                for (int number = 0; number < held.size(); number++) {
                    if (!held.get(number).equals(ordering.blocks().get(number))) {
                        return peer.address() + " has another block " + number;
                    }
                }
            }
        }
        return "";
    }

    /** The hash of everything that happened on the network; equal for equal runs. */
    public String traceHash() {
        return links.traceHash();
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

    MemoryTransport newTransport(String address, VirtualTime.Node loop) {
        return network.newTransport(address, loop);
    }

    ModelledTrust newTrust(MspId own) {
        return new ModelledTrust(own, organisations, SimulatedOrdering.endpoints());
    }
}
