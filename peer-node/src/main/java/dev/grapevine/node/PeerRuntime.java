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
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer's life: what it stands on is built at start, in order, and taken down at stop, in the opposite one. */
final class PeerRuntime {
    /** Inner messages that are remembered: what is told of some hundred peers at a time. */
    private static final int INNER_MESSAGES = 1_000;

    private static final Logger log = LoggerFactory.getLogger(PeerRuntime.class);

    private final PeerOptions options;
    private final NodeResources resources;
    private final Meters meters;
    private final ConfiguredTrust trust;
    private final EventLoop loop;
    private final LoopCalls loopCalls;
    private final AtomicBoolean started = new AtomicBoolean();
    /** What takes down what was built, the last first. */
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private boolean stopped;
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

    private synchronized void build() {
        if (stopped) {
            throw new IllegalStateException("this peer was stopped before it could start");
        }
        try {
            Parts built = assemble();
            parts = built;
            begin(built);
        } catch (IOException e) {
            takeDown();
            throw new UncheckedIOException("the peer cannot start: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            takeDown();
            throw e;
        }
    }

    private Parts assemble() throws IOException {
        Files.createDirectories(options.storage());
        LedgerDirectory ledgers = LedgerDirectory.open(options.storage().resolve("ledgers"), meters);
        undo.push(ledgers::close);
        GrpcTransport transport = transport();
        PeerNode node = loopCalls.await(() -> new PeerNode(ports(transport), options.settings()));
        ChannelAccess access = new ChannelAccess(trust, Clock.systemUTC());
        NodeChannels channels = new NodeChannels(ledgers, trust, options, access, node, loop, loopCalls);
        undo.push(channels::close);
        PeerServer server =
                PeerServer.start(options, resources, transport, channels, access, new VisiblePeers(node, loopCalls));
        undo.push(server::stop);
        return new Parts(node, channels, server);
    }

    private void begin(Parts built) throws IOException {
        undo.push(() -> onLoop(built.node()::stop));
        undo.push(built.channels()::freeze);
        onLoop(built.node()::start);
        built.channels().openAll();
        log.info(
                "peer {} of {} listens on port {}, channels {}",
                options.identity().pkiId(),
                options.identity().mspId(),
                built.server().port(),
                built.channels().names());
    }

    private void onLoop(Runnable task) {
        loopCalls.await(() -> {
            task.run();
            return true;
        });
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
                        resources.network(),
                        ordererTls(),
                        options.settings().deliver()),
                new FileIncarnationStore(storage.resolve("incarnation")),
                new FileMembershipSnapshot(storage.resolve("peers")),
                roots -> options.tls().ifPresent(tls -> transport.updateTrust(tls.trust(roots))),
                bound.map(tls -> tls.client().hash()).orElse(ByteString.EMPTY),
                new InnerMessages(INNER_MESSAGES),
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

    private synchronized void takeDown() {
        stopped = true;
        parts = null;
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException e) {
                log.warn("a part of the peer did not end as it should; ending the others", e);
            }
        }
        loop.close();
        loopCalls.close();
    }

    private Parts running() {
        Parts running = parts;
        if (running == null) {
            throw LoopCalls.stopped();
        }
        return running;
    }

    /**
     * Runs on the loop.
     *
     * @throws IllegalStateException if the peer does not run
     */
    void withNode(Consumer<PeerNode> task) {
        PeerNode node = node();
        loop.execute(() -> task.accept(node));
    }

    /** Asks on the loop; fails if the peer does not run, or stops before it has answered. */
    <T> CompletableFuture<T> ask(Function<PeerNode, T> question) {
        Parts running = parts;
        return running == null
                ? CompletableFuture.failedFuture(LoopCalls.stopped())
                : loopCalls.call(() -> question.apply(running.node()));
    }

    /** Begins something on the loop; fails if the peer does not run, or stops before it has ended. */
    <T> CompletableFuture<T> begin(BiConsumer<PeerNode, CompletableFuture<T>> task) {
        Parts running = parts;
        return running == null
                ? CompletableFuture.failedFuture(LoopCalls.stopped())
                : loopCalls.begin(result -> task.accept(running.node(), result));
    }

    boolean inLoop() {
        return loop.inLoop();
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
