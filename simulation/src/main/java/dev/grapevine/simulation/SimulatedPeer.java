package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.Transport;
import dev.grapevine.comm.memory.MemoryTransport;
import dev.grapevine.comm.memory.Traffic;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.discovery.IncarnationStore;
import dev.grapevine.discovery.MembershipListener;
import dev.grapevine.discovery.MembershipSnapshotStore;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.node.peer.ChannelSettings;
import dev.grapevine.node.peer.ChannelTrust;
import dev.grapevine.node.peer.JoinedChannel;
import dev.grapevine.node.peer.PeerNode;
import dev.grapevine.node.peer.PeerPorts;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.simulation.scenario.Behaviour;
import dev.grapevine.state.InMemoryLedger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One peer of a simulation, which can crash and come back with what it had on its disk. */
public final class SimulatedPeer {
    private static final Duration SYNC_TIME = Duration.ofMillis(1);

    private final SimulatedNetwork network;
    private final int number;
    private final SigningIdentity identity;
    private final String address;
    private final PeerSettings settings;
    private final ChainChecker checker;
    private final SimulatedMeters meters = new SimulatedMeters();
    private IncarnationStore incarnations = IncarnationStore.inMemory();
    private Traits traits = Traits.PERFECT;
    private @Nullable Behaviour behaviour;
    private @Nullable InMemoryLedger disk;
    private ByteString lastConfig;
    private @Nullable Running running;

    private record Running(VirtualTime.Node loop, MemoryTransport transport, PeerNode node, InMemoryLedger ledger) {}

    SimulatedPeer(SimulatedNetwork network, int number, SigningIdentity identity, PeerSettings settings) {
        this.network = network;
        this.number = number;
        this.identity = identity;
        this.address = settings.discovery().endpoint();
        this.settings = settings;
        this.lastConfig = network.ordering().genesis();
        this.checker = new ChainChecker(address, network.ordering());
    }

    /** Gives it another machine, from its next start on. */
    public void runOn(Traits machine) {
        traits = machine;
    }

    /** Makes it Byzantine, from its next start on. */
    public void misbehave(Behaviour how) {
        behaviour = how;
    }

    public boolean isByzantine() {
        return behaviour != null;
    }

    /** Its machine. */
    public Traits traits() {
        return traits;
    }

    /** Starts it for the first time or after a crash. */
    public void start() {
        start(Duration.ZERO);
    }

    /** As the other, with its wall clock this far from where it would be. */
    void start(Duration clockOffset) {
        VirtualTime.Node loop = network.newLoop(this);
        loop.setClockOffset(traits.clockSkew().plus(clockOffset));
        loop.setClockDrift(traits.clockDrift());
        loop.setTaskDuration(traits.task());
        loop.setWork(traits.verification(), traits.workers());
        MemoryTransport transport = network.newTransport(address, loop);
        ChannelTrust trust = network.credentials().newTrust(identity.mspId());
        ChannelSettings opened = trust.open(network.channel(), lastConfig).value();
        InMemoryLedger ledger = disk == null ? new InMemoryLedger(loop, SYNC_TIME, lastConfig) : disk.reopen(loop);
        PeerNode node = new PeerNode(ports(loop, twisted(transport, loop), trust), settings);
        disk = ledger;
        running = new Running(loop, transport, node, ledger);
        checker.opened(ledger.height());
        loop.execute(() -> {
            node.onRefusal((whom, why) -> tell(observer -> observer.refused(this, whom, why)));
            node.start();
            node.join(opened, ledger).onCommit(this::committed);
            node.discovery().addListener(new MembershipListener() {
                @Override
                public void left(NetworkMember member) {
                    tell(observer -> observer.buried(SimulatedPeer.this, member.pkiId()));
                }
            });
        });
    }

    private Transport twisted(Transport transport, VirtualTime.Node loop) {
        return behaviour == null
                ? transport
                : new ByzantineTransport(transport, new Mischief(behaviour, identity, loop.random()));
    }

    private PeerPorts ports(VirtualTime.Node loop, Transport transport, ChannelTrust trust) {
        return new PeerPorts(
                loop,
                loop,
                transport,
                identity,
                trust,
                network.ordering().source(address, loop),
                incarnations,
                MembershipSnapshotStore.NONE,
                roots -> {},
                ByteString.EMPTY,
                network.messages(this),
                meters);
    }

    private void committed(VerifiedBlock block) {
        checker.committed(block);
        if (block.isConfig()) {
            lastConfig = block.bytes();
        }
        tell(observer -> observer.committed(this, block));
    }

    private void tell(Consumer<NetworkObserver> what) {
        network.world().tell(() -> what.accept(network.observer()));
    }

    /** Kills it; others notice only what a network would show them. */
    void crash() {
        Running killed = alive();
        killed.transport().close();
        killed.loop().stop();
        network.ordering().forget(address);
        running = null;
    }

    /** Ends it in good order. */
    void leave() {
        Running leaving = alive();
        leaving.loop().execute(() -> {
            leaving.node().stop();
            leaving.loop().stop();
        });
        network.ordering().forget(address);
        running = null;
    }

    /** Takes away what it had on its disk: chain, incarnation, everything but its identity. Only while it is down. */
    public void loseDisk() {
        if (isRunning()) {
            throw new IllegalStateException(address + " is running");
        }
        disk = null;
        incarnations = IncarnationStore.inMemory();
        lastConfig = network.ordering().genesis();
        checker.forgotten();
    }

    /** From now on each task costs it so much. */
    public void slowDown(Duration task) {
        alive().loop().setTaskDuration(task);
    }

    /** The most blocks that ever waited for their turn here. */
    public double mostBuffered() {
        return meters.peak("gossip_payload_buffer_size", network.channel().name());
    }

    /** What it has put on the network and taken off it since it was last started. */
    public Traffic traffic() {
        return alive().transport().traffic();
    }

    private Running alive() {
        if (running == null) {
            throw new IllegalStateException(address + " is not running");
        }
        return running;
    }

    public boolean isRunning() {
        return running != null;
    }

    /** From 0 on, in the order in which peers were added. */
    int number() {
        return number;
    }

    public String address() {
        return address;
    }

    public PkiId pkiId() {
        return identity.pkiId();
    }

    public MspId organisation() {
        return identity.mspId();
    }

    /** Whether other organisations may know of it. */
    public boolean isExternal() {
        return !settings.discovery().externalEndpoint().isEmpty();
    }

    /** How many others it believes to be alive. */
    public int membersAlive() {
        return alive().node().discovery().alive().size();
    }

    /** Whether it believes another peer to be alive. */
    public boolean believesAlive(SimulatedPeer other) {
        return alive().node().discovery().isAlive(other.pkiId());
    }

    /** How many others it sees in the channel. */
    public int channelMembers() {
        return channel().map(joined -> joined.peers().size()).orElse(0);
    }

    public boolean isLeader() {
        return channel().map(JoinedChannel::isLeader).orElse(false);
    }

    /** Number of durable blocks. */
    public long height() {
        return alive().ledger().height();
    }

    /** Its chain, as it would serve it. */
    public List<ByteString> blocks() {
        return alive().ledger().blocks();
    }

    /** Can be dialled at another address as well, until it crashes. */
    void listenAlsoAt(String alias) {
        alive().transport().listenAlsoAt(alias);
    }

    /** What it has counted since it was first started. */
    SimulatedMeters meters() {
        return meters;
    }

    SigningIdentity identity() {
        return identity;
    }

    PeerNode node() {
        return alive().node();
    }

    VirtualTime.Node loop() {
        return alive().loop();
    }

    Optional<JoinedChannel> channel() {
        return alive().node().channel(network.channel());
    }
}
