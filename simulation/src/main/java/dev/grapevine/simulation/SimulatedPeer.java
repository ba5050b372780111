package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.memory.MemoryTransport;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.discovery.IncarnationStore;
import dev.grapevine.discovery.MembershipSnapshotStore;
import dev.grapevine.node.peer.ChannelSettings;
import dev.grapevine.node.peer.JoinedChannel;
import dev.grapevine.node.peer.PeerNode;
import dev.grapevine.node.peer.PeerPorts;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.state.InMemoryLedger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One peer of a simulation, which can crash and come back with what it had on its disk. */
public final class SimulatedPeer {
    private static final Duration SYNC_TIME = Duration.ofMillis(1);

    private final SimulatedNetwork network;
    private final SigningIdentity identity;
    private final String address;
    private final PeerSettings settings;
    private final IncarnationStore incarnations = IncarnationStore.inMemory();
    private @Nullable InMemoryLedger disk;
    private @Nullable Running running;

    private record Running(
            VirtualTime.Node loop,
            MemoryTransport transport,
            PeerNode node,
            ModelledTrust trust,
            InMemoryLedger ledger) {}

    SimulatedPeer(SimulatedNetwork network, MspId organisation, String name, PeerSettings settings) {
        this.network = network;
        this.identity = ModelledCrypto.identity(organisation, name);
        this.address = settings.discovery().endpoint();
        this.settings = settings;
    }

    /** Starts it, or starts it again after a crash. */
    void start() {
        VirtualTime.Node loop = network.world().newNode();
        MemoryTransport transport = network.newTransport(address, loop);
        ModelledTrust trust = network.newTrust(identity.mspId());
        ChannelSettings opened =
                trust.open(network.channel(), network.ordering().genesis()).value();
        InMemoryLedger ledger = disk == null ? newLedger(loop, trust) : disk.reopen(loop);
        PeerNode node = new PeerNode(
                new PeerPorts(
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
                        Meters.NONE),
                settings);
        disk = ledger;
        running = new Running(loop, transport, node, trust, ledger);
        loop.execute(() -> {
            node.start();
            node.join(opened, ledger);
        });
    }

    private InMemoryLedger newLedger(VirtualTime.Node loop, ModelledTrust trust) {
        BlockVerdict verdict = trust.crypto()
                .verifyBlock(network.channel(), 0, network.ordering().genesis());
        if (verdict instanceof BlockVerdict.Verified genesis) {
            return new InMemoryLedger(loop, SYNC_TIME, genesis.block());
        }
        throw new IllegalStateException("the simulated genesis block is not good: " + verdict);
    }

    /** Kills it; others notice only what a network would show them. */
    void crash() {
        Running killed = alive();
        killed.transport().close();
        killed.loop().stop();
        network.ordering().forget(address);
        running = null;
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

    public String address() {
        return address;
    }

    public PkiId pkiId() {
        return identity.pkiId();
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

    ModelledTrust trust() {
        return alive().trust();
    }

    PeerNode node() {
        return alive().node();
    }

    VirtualTime.Node loop() {
        return alive().loop();
    }

    private Optional<JoinedChannel> channel() {
        return alive().node().channel(network.channel());
    }
}
