package dev.grapevine.node;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.grpc.GrpcTransport;
import dev.grapevine.comm.grpc.TlsSettings;
import dev.grapevine.node.ledger.LedgerDirectory;
import dev.grapevine.node.orderer.GrpcOrdererStreams;
import dev.grapevine.node.orderer.OrdererTls;
import dev.grapevine.node.peer.PeerNode;
import dev.grapevine.node.peer.PeerPorts;
import dev.grapevine.node.storage.FileIncarnationStore;
import dev.grapevine.node.storage.FileMembershipSnapshot;
import dev.grapevine.node.trust.ConfiguredTrust;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer's life: what it stands on is built at start, in order, and taken down at stop, in the opposite one. */
final class PeerRuntime {
    private static final Logger log = LoggerFactory.getLogger(PeerRuntime.class);

    private final PeerOptions options;
    private final NodeResources resources;
    private final Meters meters;
    private final ConfiguredTrust trust;
    private final EventLoop loop;
    private final LoopCalls loopCalls;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Parts parts;

    private record Parts(PeerNode node, NodeChannels channels, PeerServer server) {}

    PeerRuntime(PeerOptions options, NodeResources resources, Meters meters) {
        this.options = options;
        this.resources = resources;
        this.meters = meters;
        this.trust = new ConfiguredTrust(options.msp(), options.provider());
        this.loop = new EventLoop(
                "grapevine-" + options.settings().discovery().endpoint(),
                resources.workers(),
                failure -> log.error("a broken invariant on the node's loop; please report it", failure));
        this.loopCalls = new LoopCalls(loop);
    }

    CompletableFuture<Void> start() {
        if (started.getAndSet(true)) {
            return CompletableFuture.failedFuture(new IllegalStateException("this peer was started already"));
        }
        return CompletableFuture.runAsync(this::build, resources.services());
    }

    private void build() {
        try {
            Files.createDirectories(options.storage());
            LedgerDirectory ledgers = LedgerDirectory.open(options.storage().resolve("ledgers"), meters);
            GrpcTransport transport = transport();
            PeerNode node = loopCalls.await(() -> new PeerNode(ports(transport), options.settings()));
            ChannelAccess access = new ChannelAccess(trust);
            NodeChannels channels = new NodeChannels(ledgers, trust, options, access, node, loop);
            PeerServer server = PeerServer.start(
                    options, resources, transport, channels, access, new VisiblePeers(node, loopCalls));
            parts = new Parts(node, channels, server);
            loopCalls.await(() -> {
                node.start();
                return node;
            });
            channels.openAll();
            log.info(
                    "peer {} of {} listens on port {}, channels {}",
                    options.identity().pkiId(),
                    options.identity().mspId(),
                    server.port(),
                    channels.names());
        } catch (IOException e) {
            throw new UncheckedIOException("the peer cannot start: " + e.getMessage(), e);
        }
    }

    private GrpcTransport transport() {
        return options.tls()
                .map(tls -> GrpcTransport.secured(
                        options.settings().comm(),
                        new TlsSettings(tls.server(), tls.client(), tls.clientAuthRequired(), tls.trust(List.of())),
                        resources.network(),
                        loop))
                .orElseGet(() -> GrpcTransport.withoutTls(options.settings().comm(), resources.network(), loop));
    }

    private PeerPorts ports(GrpcTransport transport) {
        Path storage = options.storage();
        Optional<PeerOptions.Tls> bound = options.tls().filter(PeerOptions.Tls::clientAuthRequired);
        return new PeerPorts(
                loop,
                loop,
                transport,
                options.identity(),
                trust,
                new GrpcOrdererStreams(
                        loop,
                        resources.network().group(),
                        ordererTls(),
                        options.settings().deliver()),
                new FileIncarnationStore(storage.resolve("incarnation")),
                new FileMembershipSnapshot(storage.resolve("peers")),
                roots -> options.tls().ifPresent(tls -> transport.updateTrust(tls.trust(roots))),
                bound.map(tls -> tls.client().hash()).orElse(ByteString.EMPTY),
                meters);
    }

    private OrdererTls ordererTls() {
        return options.tls()
                .map(tls -> tls.clientAuthRequired()
                        ? OrdererTls.mutual(tls.client().keyManager())
                        : OrdererTls.oneWay())
                .orElseGet(OrdererTls::disabled);
    }

    CompletableFuture<Void> stop() {
        return CompletableFuture.runAsync(this::takeDown, resources.services());
    }

    private void takeDown() {
        Parts running = parts;
        parts = null;
        if (running != null) {
            loopCalls.await(() -> {
                running.node().stop();
                return running;
            });
            try {
                running.server().stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                log.warn("interrupted while the server was stopping");
            }
            running.channels().close();
        }
        loop.close();
    }

    private Parts running() {
        Parts running = parts;
        if (running == null) {
            throw new IllegalStateException("this peer is not running; start it first, and wait for it");
        }
        return running;
    }

    /** Runs on the loop; nothing happens if the peer has stopped. */
    void execute(Runnable task) {
        loop.execute(task);
    }

    <T> CompletableFuture<T> onServices(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, resources.services());
    }

    PeerOptions options() {
        return options;
    }

    ConfiguredTrust trust() {
        return trust;
    }

    LoopCalls loopCalls() {
        return loopCalls;
    }

    PeerNode node() {
        return running().node();
    }

    NodeChannels channels() {
        return running().channels();
    }

    int port() {
        return running().server().port();
    }
}
