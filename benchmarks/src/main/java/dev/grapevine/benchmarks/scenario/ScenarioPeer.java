package dev.grapevine.benchmarks.scenario;

import com.google.protobuf.ByteString;
import dev.grapevine.benchmarks.network.Material;
import dev.grapevine.comm.grpc.GrpcTransport;
import dev.grapevine.comm.grpc.NettyThreads;
import dev.grapevine.comm.grpc.TlsSettings;
import dev.grapevine.comm.grpc.TlsTrust;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.discovery.IncarnationStore;
import dev.grapevine.discovery.MembershipSnapshotStore;
import dev.grapevine.node.PeerOptions;
import dev.grapevine.node.peer.JoinedChannel;
import dev.grapevine.node.peer.PeerNode;
import dev.grapevine.node.peer.PeerPorts;
import dev.grapevine.node.trust.ConfiguredTrust;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.SharedLoop;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A whole peer on a port of its own, without services for clients and with a ledger in memory. Safe from any thread. */
final class ScenarioPeer {
    private final PkiId pkiId;
    private final SharedLoop loop;
    private final NettyThreads network;
    private final Server server;
    private final ConfiguredTrust trust;
    private final PeerNode node;
    private final JoinedChannel channel;
    private final HeightLedger ledger;

    /**
     * Starts to listen and joins the channel; talks to nobody before {@link #begin}.
     *
     * @param network its connections; whoever made it closes it, unless {@link #crash} does
     */
    ScenarioPeer(PeerOptions options, NettyThreads network, Shared shared, ChannelStart start, Meters meters)
            throws IOException {
        this.pkiId = options.identity().pkiId();
        this.network = network;
        this.loop = new SharedLoop(shared.loops(), shared.workers(), Throwable::printStackTrace);
        this.trust = new ConfiguredTrust(options.msp(), options.provider());
        this.ledger = new HeightLedger(loop, start.chain(), start.genesisHash());
        PeerOptions.Tls tls = options.tls().orElseThrow();
        GrpcTransport transport = GrpcTransport.secured(
                options.settings().comm(),
                new TlsSettings(tls.server(), tls.client(), true, TlsTrust.ofPem(tls.roots())),
                network,
                loop);
        this.node = ask(() -> new PeerNode(ports(options, transport, meters), options.settings()));
        this.server = serve(options.listenAddress(), transport, shared.workers());
        this.channel = ask(
                () -> node.join(trust.open(Material.CHANNEL, start.genesis()).value(), ledger));
    }

    /** Threads for all peers: as few as there are processors, as all goroutines of a Go program share its few threads. */
    record Shared(ScheduledExecutorService loops, Executor workers) {}

    /** What all peers of a channel begin with. */
    record ChannelStart(SharedChain chain, ByteString genesis, ByteString genesisHash) {}

    private PeerPorts ports(PeerOptions options, GrpcTransport transport, Meters meters) {
        return new PeerPorts(
                loop,
                loop,
                transport,
                options.identity(),
                trust,
                new SilentOrderer(),
                IncarnationStore.inMemory(),
                MembershipSnapshotStore.NONE,
                roots -> {},
                ByteString.EMPTY,
                new InnerMessages(1_000),
                meters);
    }

    private Server serve(String address, GrpcTransport transport, Executor services) throws IOException {
        int colon = address.lastIndexOf(':');
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(
                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))))
                .bossEventLoopGroup(network.group())
                .workerEventLoopGroup(network.group())
                .channelType(network.server());
        transport.configure(builder, services);
        return builder.addService(transport.service()).build().start();
    }

    private <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    /** Looks for the others. */
    void begin() {
        loop.execute(node::start);
    }

    PkiId pkiId() {
        return pkiId;
    }

    /** How many others it believes to be alive. */
    int members() {
        return ask(() -> node.discovery().alive().size());
    }

    boolean believesAlive(PkiId other) {
        return ask(() -> node.discovery().isAlive(other));
    }

    /** How many others it sees in the channel. */
    int channelMembers() {
        return ask(() -> channel.peers().size());
    }

    boolean isLeader() {
        return ask(channel::isLeader);
    }

    long height() {
        return ledger.height();
    }

    /** Takes a block as from an ordering service: verifies it, then stores and spreads it. Returns when that has begun. */
    void feed(long number, ByteString block) {
        if (!(trust.crypto().verifyBlock(Material.CHANNEL, number, block) instanceof BlockVerdict.Verified verified)) {
            throw new IllegalStateException("a block of the scenario is not valid: " + number);
        }
        ask(() -> {
            channel.add(verified.block());
            return true;
        });
    }

    /** Adds a listener for every block that gossip has brought and verified. Called on the loop. */
    void onArrival(Consumer<VerifiedBlock> listener) {
        ask(() -> {
            channel.onArrival(listener);
            return true;
        });
    }

    /** Adds a listener for every committed block. Called on the loop. */
    void onCommit(Consumer<VerifiedBlock> listener) {
        ask(() -> {
            channel.onCommit(listener);
            return true;
        });
    }

    /** Says farewell and ends in good order. */
    void leave() {
        ask(() -> {
            node.stop();
            return true;
        });
        end();
    }

    /** Dies without a word, if it has network threads of its own: its port is closed, and all its connections. */
    void crash() {
        end();
        network.close();
    }

    /** Does nothing more; its connections end with the network threads. */
    void end() {
        loop.close();
        server.shutdownNow();
    }

    /** Hangs: its connections and its port stay, nobody answers there any more. Ends with {@link #end}. */
    void hang(CompletableFuture<Void> until) {
        loop.close();
        network.group().forEach(thread -> thread.execute(until::join));
    }
}
