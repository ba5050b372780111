package dev.grapevine.node;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.node.deliver.DeliverChain;
import dev.grapevine.node.ledger.LedgerDirectory;
import dev.grapevine.node.ledger.LedgerException;
import dev.grapevine.node.ledger.RocksLedger;
import dev.grapevine.node.peer.ChannelSettings;
import dev.grapevine.node.peer.JoinedChannel;
import dev.grapevine.node.peer.PeerNode;
import dev.grapevine.node.services.AccessControl;
import dev.grapevine.node.services.Leadership;
import dev.grapevine.node.services.ServedChannel;
import dev.grapevine.node.services.ServedChannels;
import dev.grapevine.node.trust.ConfiguredTrust;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.state.CatchUpProgress;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hyperledger.fabric.protos.common.Block;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins, opens and leaves channels, one at a time. Waits for the disk and for the loop; not to be used on the loop. */
final class NodeChannels implements ServedChannels {
    private static final Logger log = LoggerFactory.getLogger(NodeChannels.class);

    private final LedgerDirectory ledgers;
    private final ConfiguredTrust trust;
    private final PeerOptions options;
    private final AccessControl access;
    private final PeerNode node;
    private final Scheduler loop;
    private final LoopCalls calls;
    private final Map<ChannelId, OpenChannel> open = new ConcurrentSkipListMap<>();
    private final Map<ChannelId, String> unopened = new ConcurrentSkipListMap<>();
    private boolean frozen;

    NodeChannels(
            LedgerDirectory ledgers,
            ConfiguredTrust trust,
            PeerOptions options,
            AccessControl access,
            PeerNode node,
            Scheduler loop,
            LoopCalls calls) {
        this.ledgers = ledgers;
        this.trust = trust;
        this.options = options;
        this.access = access;
        this.node = node;
        this.loop = loop;
        this.calls = calls;
    }

    /** Opens every channel this node had joined when it last ran; one that cannot be opened is reported and left out. */
    synchronized void openAll() throws IOException {
        for (ChannelId channel : ledgers.joined()) {
            Verdict<ChannelId> opened = openLedger(channel);
            if (!opened.isAccepted()) {
                log.error("channel {} cannot be opened: {}", channel, opened.rejection());
                unopened.put(channel, "cannot be opened: " + opened.rejection());
            }
        }
    }

    @Override
    public synchronized Verdict<ChannelId> join(Block configBlock) {
        return ChannelConfig.ofBlock(configBlock, options.provider())
                .then(config -> create(config.channel(), configBlock))
                .then(this::openLedger);
    }

    private Verdict<ChannelId> create(ChannelId channel, Block genesis) {
        if (frozen) {
            return Verdict.rejected("stopping", "the node is stopping");
        }
        if (open.containsKey(channel)) {
            return Verdict.rejected("joined-already", "channel " + channel + " is joined already");
        }
        if (genesis.getHeader().getNumber() != 0) {
            return Verdict.rejected(
                    "not-genesis",
                    "a channel is joined by its genesis block; this is block "
                            + Long.toUnsignedString(genesis.getHeader().getNumber()));
        }
        try {
            if (ledgers.contains(channel)) {
                ledgers.rejoin(channel);
            } else {
                ledgers.create(channel, genesis.toByteString());
            }
            return Verdict.accepted(channel);
        } catch (IOException | IllegalArgumentException e) {
            return Verdict.rejected("no-ledger", "the ledger of " + channel + " cannot be made: " + e.getMessage());
        }
    }

    private Verdict<ChannelId> openLedger(ChannelId channel) {
        RocksLedger ledger;
        try {
            ledger = ledgers.open(channel, loop);
        } catch (LedgerException e) {
            return Verdict.rejected("damaged-ledger", e.getMessage());
        }
        ByteString config = ledger.chain().block(ledger.chain().lastConfig()).orElseThrow();
        Verdict<ChannelSettings> settings = trust.open(channel, config);
        if (!settings.isAccepted()) {
            ledger.close();
            return Verdict.rejected(settings.rejection());
        }
        open.put(channel, new OpenChannel(ledger, trust, access));
        try {
            calls.await(() -> node.join(settings.value(), ledger));
        } catch (RuntimeException e) {
            open.remove(channel);
            ledger.close();
            throw e;
        }
        unopened.remove(channel);
        return Verdict.accepted(channel);
    }

    @Override
    public synchronized Verdict<ChannelId> leave(ChannelId channel) {
        OpenChannel left = open.remove(channel);
        if (left == null) {
            return Verdict.rejected("not-joined", "channel " + channel + " is not joined");
        }
        calls.await(() -> {
            node.leave(channel);
            trust.close(channel);
            node.revalidateIdentities();
            return channel;
        });
        left.ledger().close();
        try {
            ledgers.leave(channel);
            return Verdict.accepted(channel);
        } catch (IOException e) {
            return Verdict.rejected("not-noted", "left " + channel + " until the next start only: " + e.getMessage());
        }
    }

    @Override
    public List<ChannelId> names() {
        return List.copyOf(open.keySet());
    }

    @Override
    public Optional<ServedChannel> find(String name) {
        return channel(name).map(channel -> channel);
    }

    @Override
    public Optional<Leadership> leadership(ChannelId channel) {
        MspId own = options.identity().mspId();
        return calls.await(
                () -> node.channel(channel).map(joined -> new Leadership(own, joined.leader(), joined.isLeader())));
    }

    @Override
    public Optional<CatchUpProgress> catchUp(ChannelId channel) {
        return calls.await(() -> node.channel(channel).flatMap(JoinedChannel::catchUp));
    }

    /** What is wrong, by component: channels that could not be opened and those that have halted. To be asked on the loop. */
    Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>();
        unopened.forEach((channel, why) -> failures.put(component(channel), why));
        for (JoinedChannel channel : node.channels()) {
            channel.haltReason().ifPresent(why -> failures.put(component(channel.id()), "halted: " + why));
        }
        return failures;
    }

    private static String component(ChannelId channel) {
        return "channel " + channel;
    }

    Optional<DeliverChain> chain(String name) {
        return channel(name).map(channel -> channel);
    }

    Optional<DeliverChain> filteredChain(String name) {
        return channel(name).map(OpenChannel::filtered);
    }

    private Optional<OpenChannel> channel(String name) {
        return ChannelId.isLegal(name) ? Optional.ofNullable(open.get(new ChannelId(name))) : Optional.empty();
    }

    /** Joins no more channels. */
    synchronized void freeze() {
        frozen = true;
    }

    /** Closes all ledgers, after the node has stopped. */
    synchronized void close() {
        open.values().forEach(channel -> channel.ledger().close());
        open.clear();
    }
}
