package dev.grapevine.state;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;
import org.hyperledger.fabric.protos.gossip.RemoteStateResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers state requests from the ledger (specification 10.6), always, whether or not we make any ourselves and even when the
 * channel has halted. Blocks are served as they are stored, without private data.
 */
final class StateServer {
    /** Half of Fabric's largest message, so that a response always passes. A single larger block goes alone. */
    static final long MAX_RESPONSE_BYTES = 50L << 20;

    /** A request may span this many blocks, whatever the batch size, if it is content with {@link #LONG_RESPONSE_BYTES}. */
    static final int LONG_RANGE = 256;

    /** An answer to a request that is longer than Fabric's: short enough to be verified while the next one travels. */
    static final long LONG_RESPONSE_BYTES = 1L << 20;

    /** Requests of one peer at most; one more takes the place of its first, whose answer it waits for no longer by then. */
    private static final int MAX_PER_PEER = 8;

    private static final int CONCURRENT_READS = 2;

    private record Waiting(PkiId peer, long nonce, RemoteStateRequest request, Consumer<SignedGossipMessage> respond) {}

    private final Logger log = LoggerFactory.getLogger(StateServer.class);
    private final StateContext context;
    private final StateConfig config;
    private final Ledger ledger;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private final Map<PkiId, Integer> perPeer = new TreeMap<>();
    private final Meters.Counter superseded;
    private int reading;

    StateServer(StateContext context, StateConfig config, Ledger ledger) {
        this.context = context;
        this.config = config;
        this.ledger = ledger;
        this.superseded = context.meters().counter("gossip_dropped", "reason", "state-request-superseded");
    }

    /** Whether the range is in order, and at most {@code batchSize} plus one blocks or {@link #LONG_RANGE}. */
    static boolean isValid(RemoteStateRequest request, int batchSize) {
        long first = request.getStartSeqNum();
        long last = request.getEndSeqNum();
        return Long.compareUnsigned(first, last) <= 0
                && Long.compareUnsigned(last - first, Math.max(batchSize, LONG_RANGE - 1)) <= 0;
    }

    /**
     * Queues a request of a peer that may read the channel; an invalid one is dropped, and so is any while too many of others wait.
     * Too many of one peer are not held against it: what the network held up for a minute comes at once.
     */
    void handle(PkiId peer, long nonce, RemoteStateRequest request, Consumer<SignedGossipMessage> respond) {
        if (!isValid(request, config.batchSize())) {
            reject(
                    peer,
                    "bad-state-request",
                    "a range must be in order and span at most " + Math.max(config.batchSize() + 1, LONG_RANGE));
        } else if (makeRoom(peer)) {
            perPeer.merge(peer, 1, Integer::sum);
            queue.add(new Waiting(peer, nonce, request, respond));
            serve();
        } else {
            reject(peer, "state-requests-full", config.channelSize() + " requests wait already");
        }
    }

    private boolean makeRoom(PkiId peer) {
        if (perPeer.getOrDefault(peer, 0) >= MAX_PER_PEER) {
            queue.stream()
                    .filter(waiting -> waiting.peer().equals(peer))
                    .findFirst()
                    .ifPresent(this::supersede);
        }
        return queue.size() < config.channelSize();
    }

    private void supersede(Waiting first) {
        queue.remove(first);
        leave(first);
        superseded.increment();
    }

    private void leave(Waiting gone) {
        perPeer.computeIfPresent(gone.peer(), (asker, count) -> count == 1 ? null : count - 1);
    }

    private void reject(PkiId peer, String reason, String detail) {
        context.rejections().report(peer, new Rejection(reason, detail));
    }

    private void serve() {
        while (reading < CONCURRENT_READS && !queue.isEmpty()) {
            reading++;
            read(queue.remove());
        }
    }

    private void read(Waiting next) {
        long first = next.request().getStartSeqNum();
        if (Long.compareUnsigned(first, ledger.height()) >= 0) {
            finish(next, List.of(), null);
            return;
        }
        long top = ledger.height() - 1;
        long last = Long.compareUnsigned(next.request().getEndSeqNum(), top) < 0
                ? next.request().getEndSeqNum()
                : top;
        boolean isLong = next.request().getEndSeqNum() - first > config.batchSize();
        ledger.read(
                first,
                last,
                isLong ? LONG_RESPONSE_BYTES : MAX_RESPONSE_BYTES,
                (blocks, failure) -> finish(next, blocks, failure));
    }

    private void finish(Waiting done, @Nullable List<ByteString> blocks, @Nullable Throwable failure) {
        reading--;
        leave(done);
        if (failure != null || blocks == null) {
            log.warn("channel {}: blocks asked for by {} cannot be read", context.channel(), done.peer(), failure);
        } else {
            done.respond().accept(response(done, blocks));
        }
        serve();
    }

    private SignedGossipMessage response(Waiting done, List<ByteString> blocks) {
        RemoteStateResponse.Builder response = RemoteStateResponse.newBuilder();
        long number = done.request().getStartSeqNum();
        for (ByteString block : blocks) {
            response.addPayloads(Payload.newBuilder().setSeqNum(number).setData(block));
            number++;
        }
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setNonce(done.nonce())
                .setChannel(context.channel().bytes())
                .setTag(GossipMessage.Tag.CHAN_OR_ORG)
                .setStateResponse(response)
                .build());
    }
}
