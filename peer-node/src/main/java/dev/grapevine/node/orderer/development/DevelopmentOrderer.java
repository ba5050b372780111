package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.node.deliver.DeliverChain;
import dev.grapevine.node.deliver.DeliverService;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.EventLoop;
import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The development ordering service: orders any number of channels, keeps each in {@code <folder>/<channel>/blocks}, and
 * continues them when it is opened again. Its methods may be called from any thread.
 */
public final class DevelopmentOrderer implements AutoCloseable {
    /** How far a client's clock may be from ours; Fabric's {@code General.Authentication.TimeWindow}. */
    public static final Duration TIME_WINDOW = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(DevelopmentOrderer.class);
    private static final String BLOCKS = "blocks";

    private final Path folder;
    private final SigningIdentity self;
    private final Function<Block, Verdict<ChannelRules>> reader;
    private final Clock clock;
    private final EventLoop thread;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Map<String, OrderingChannel> channels = new ConcurrentSkipListMap<>();

    /** @param reader reads the rules out of a configuration block */
    DevelopmentOrderer(Path folder, SigningIdentity self, Function<Block, Verdict<ChannelRules>> reader, Clock clock) {
        this.folder = folder;
        this.self = self;
        this.reader = reader;
        this.clock = clock;
        this.thread = new EventLoop(
                "grapevine-orderer", Runnable::run, failure -> log.error("ordering went wrong", failure), clock);
    }

    /**
     * Opens the service, and continues the channels in its folder.
     *
     * @param folder where the chains are kept; made if it does not exist
     * @param self whom blocks are signed by, of an organisation that runs orderers in the channels
     * @param provider what signatures of clients are verified with
     * @throws IOException if a chain cannot be read, or another process has it open
     */
    public static DevelopmentOrderer open(Path folder, SigningIdentity self, SignatureProvider provider)
            throws IOException {
        DevelopmentOrderer orderer =
                new DevelopmentOrderer(folder, self, block -> ConfiguredRules.read(block, provider), Clock.systemUTC());
        try {
            orderer.openChannels();
            return orderer;
        } catch (IOException | RuntimeException e) {
            orderer.close();
            throw e;
        }
    }

    void openChannels() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path channel : folders.sorted().toList()) {
                if (Files.exists(channel.resolve(BLOCKS))) {
                    add(OrderedChain.open(channel.resolve(BLOCKS), reader));
                }
            }
        }
    }

    /**
     * Begins a channel. One that exists already is left as it is.
     *
     * @param genesis its block 0
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if the block is no genesis block this service can order for
     */
    public void join(Block genesis) throws IOException {
        Verdict<ChannelRules> rules = reader.apply(genesis);
        if (genesis.getHeader().getNumber() != 0 || !rules.isAccepted()) {
            throw new IllegalArgumentException("not a genesis block to order for: "
                    + (rules.isAccepted() ? "its number is not 0" : rules.rejection()));
        }
        String name = rules.value().channel().name();
        if (channels.containsKey(name)) {
            return;
        }
        Files.createDirectories(folder.resolve(name));
        add(OrderedChain.begin(folder.resolve(name).resolve(BLOCKS), genesis, rules.value()));
    }

    private void add(OrderedChain chain) {
        ChannelId channel = chain.rules().channel();
        channels.put(channel.name(), new OrderingChannel(chain, self, thread));
        log.info("ordering for channel {} from block {} on", channel, chain.height());
    }

    /** The channels, by name. */
    public List<ChannelId> channels() {
        return channels.keySet().stream().map(ChannelId::new).toList();
    }

    /** Number of blocks of a channel; empty if it is not here. */
    public Optional<Long> height(ChannelId channel) {
        return Optional.ofNullable(channels.get(channel.name()))
                .map(found -> found.chain().height());
    }

    /**
     * {@code orderer.AtomicBroadcast}, to be bound to a gRPC server.
     *
     * @param executor where blocks are read for Deliver streams
     * @param boundToTls whether Deliver requests must carry the hash of the client's TLS certificate
     * @param clientCertificateHash that hash, of the call at hand
     */
    public BindableService service(Executor executor, boolean boundToTls, Supplier<ByteString> clientCertificateHash) {
        DeliverService.Limits limits = new DeliverService.Limits(clock, TIME_WINDOW, boundToTls);
        return new OrdererService(
                this::admit,
                thread::execute,
                new DeliverService<>(this::chain, new OrdererService.Messages(), limits, executor),
                clientCertificateHash);
    }

    /** The chain of a channel that is here. */
    DeliverChain chainOf(ChannelId channel) {
        return chain(channel.name()).orElseThrow();
    }

    private Optional<DeliverChain> chain(String channel) {
        return Optional.ofNullable(channels.get(channel)).map(OrderingChannel::chain);
    }

    private BroadcastStream.Ordering admit(Envelope envelope) {
        Verdict<Submission> read = Submission.read(envelope);
        if (!read.isAccepted()) {
            return refusing(read.rejection());
        }
        Submission submission = read.value();
        OrderingChannel channel = channels.get(submission.channel());
        if (channel == null) {
            return refusing(new Rejection("unknown-channel", "'" + submission.channel() + "' is not ordered here"));
        }
        ChannelRules rules = channel.chain().rules();
        return submission
                .admit(rules, clock.instant())
                .<BroadcastStream.Ordering>map(refusal -> answer -> answer.accept(refusal))
                .orElseGet(() -> ordering(channel, submission.under(rules)));
    }

    private static BroadcastStream.Ordering refusing(Rejection why) {
        return answer -> answer.accept(Responses.of(Status.BAD_REQUEST, why));
    }

    private static BroadcastStream.Ordering ordering(OrderingChannel channel, Submission submission) {
        return answer -> {
            Pending pending = new Pending(submission.entry(), submission.size(), answer);
            if (submission.isUpdate()) {
                channel.orderUpdate(submission, pending);
            } else {
                channel.order(submission, pending);
            }
        };
    }

    /**
     * Ends ordering; what is not in a block yet is answered with SERVICE_UNAVAILABLE. Waits for the disk. Stop the gRPC server
     * before: calls that arrive later get no answer.
     */
    @Override
    public void close() {
        if (!open.getAndSet(false)) {
            return;
        }
        CompletableFuture<Void> closed = new CompletableFuture<>();
        thread.execute(() -> {
            channels.values().forEach(DevelopmentOrderer::close);
            closed.complete(null);
        });
        closed.join();
        thread.close();
    }

    private static void close(OrderingChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            log.warn("a channel's file did not close", e);
        }
    }
}
