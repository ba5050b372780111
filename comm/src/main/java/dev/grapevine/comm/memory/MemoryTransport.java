package dev.grapevine.comm.memory;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.FrameStream;
import dev.grapevine.comm.StreamEnd;
import dev.grapevine.comm.Transport;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One node's place in a {@link MemoryNetwork}. */
public final class MemoryTransport implements Transport {
    private static final int PING_BYTES = 64;

    private final MemoryNetwork network;
    private final Place place;
    private final Scheduler scheduler;
    private final ByteString tlsHash;
    private final Set<MemoryStream> streams = new LinkedHashSet<>();
    private @Nullable Consumer<FrameStream> acceptor;
    private long frames;
    private long bytes;
    private long blockBytes;
    private long received;
    private boolean closed;

    MemoryTransport(MemoryNetwork network, Place place, Scheduler scheduler, ByteString tlsHash) {
        this.network = network;
        this.place = place;
        this.scheduler = scheduler;
        this.tlsHash = tlsHash;
    }

    /** Can be dialled at another address as well, as a peer with an internal and an external endpoint. */
    public void listenAlsoAt(String alias) {
        network.listen(alias, this);
    }

    @Override
    public void start(Consumer<FrameStream> acceptor) {
        this.acceptor = acceptor;
        network.listen(place.address(), this);
    }

    @Override
    public void ping(String endpoint, Duration timeout, Duration pingTimeout, Consumer<Verdict<Boolean>> done) {
        reach(endpoint, timeout.plus(pingTimeout), found -> done.accept(found.map(target -> true)));
    }

    @Override
    public void dial(String endpoint, Duration timeout, Duration pingTimeout, Consumer<Verdict<FrameStream>> done) {
        reach(endpoint, timeout.plus(pingTimeout), found -> done.accept(found.map(this::open)));
    }

    /** There and back, as tasks of the two nodes: a node whose loop has stopped does not answer. */
    private void reach(String endpoint, Duration timeout, Consumer<Verdict<MemoryTransport>> done) {
        Exchange exchange = new Exchange(done);
        exchange.expiry = scheduler.schedule(
                timeout, () -> exchange.settle(Verdict.rejected("unreachable", endpoint + " did not answer in time")));
        MemoryTransport target = network.at(endpoint).orElse(null);
        if (target == null) {
            scheduler.execute(() -> exchange.settle(Verdict.rejected(REFUSED, "nobody listens at " + endpoint)));
            return;
        }
        passTo(target, () -> {
            Verdict<MemoryTransport> answer = target.closed ? refused(endpoint) : Verdict.accepted(target);
            target.passTo(this, () -> exchange.settle(closed ? refused(endpoint) : answer));
        });
    }

    private static Verdict<MemoryTransport> refused(String endpoint) {
        return Verdict.rejected(REFUSED, endpoint + " refuses connections");
    }

    private void passTo(MemoryTransport other, Runnable task) {
        if (network.model().isReachable(place, other.place)) {
            other.scheduler.schedule(network.model().latency(place, other.place, PING_BYTES), task);
        }
    }

    private FrameStream open(MemoryTransport target) {
        MemoryStream ours = new MemoryStream(this, target);
        MemoryStream theirs = new MemoryStream(target, this);
        ours.connect(theirs);
        theirs.connect(ours);
        streams.add(ours);
        passTo(target, () -> target.accept(theirs));
        return ours;
    }

    private void accept(MemoryStream stream) {
        if (closed || acceptor == null) {
            stream.abort("nobody accepts");
        } else {
            streams.add(stream);
            acceptor.accept(stream);
        }
    }

    void remove(MemoryStream stream) {
        streams.remove(stream);
    }

    void breakStreams(BiPredicate<String, String> between) {
        for (MemoryStream stream : new ArrayList<>(streams)) {
            String address = place.address();
            String other = stream.remoteAddress();
            if (between.test(address, other) || between.test(other, address)) {
                scheduler.execute(() -> stream.remoteEnded(StreamEnd.broken("connection reset")));
            }
        }
    }

    /** Leaves the network as a process that is killed: the other sides see their streams end with an error. */
    @Override
    public void close() {
        closed = true;
        network.leave(this);
        new ArrayList<>(streams).forEach(stream -> stream.abort("the peer has stopped"));
    }

    @Override
    public ByteString tlsCertificateHash() {
        return tlsHash;
    }

    /** What this node has sent and received since it was made. */
    public Traffic traffic() {
        return new Traffic(frames, bytes, blockBytes, received);
    }

    int streams() {
        return streams.size();
    }

    Place place() {
        return place;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    NetworkModel model() {
        return network.model();
    }

    /** Counts a frame that goes out. */
    Frame send(ByteString content) {
        Frame frame = network.parsed().frame(content);
        frames++;
        bytes += content.size();
        if (frame.carriesBlocks()) {
            blockBytes += content.size();
        }
        return frame;
    }

    void countArrived(ByteString frame) {
        received += frame.size();
    }

    SignedGossipMessage parse(ByteString frame) throws MalformedMessageException {
        return network.parsed().parse(frame);
    }

    /** One attempt to reach somebody, settled once. */
    private static final class Exchange {
        private final Consumer<Verdict<MemoryTransport>> done;
        private Scheduler.@Nullable Timer expiry;
        private boolean settled;

        Exchange(Consumer<Verdict<MemoryTransport>> done) {
            this.done = done;
        }

        void settle(Verdict<MemoryTransport> verdict) {
            if (settled) {
                return;
            }
            settled = true;
            if (expiry != null) {
                expiry.cancel();
            }
            done.accept(verdict);
        }
    }
}
