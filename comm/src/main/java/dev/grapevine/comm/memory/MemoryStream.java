package dev.grapevine.comm.memory;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.CommLimits;
import dev.grapevine.comm.FrameStream;
import dev.grapevine.comm.StreamEnd;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One side's end of a stream in memory. */
final class MemoryStream implements FrameStream {
    /** Bytes sent that the other side's listener is not known to have taken, beyond which the stream is not ready. */
    private static final int WINDOW = 256 * 1024;

    /** Bytes taken after which the other side is told so. */
    private static final int UPDATE = WINDOW / 4;

    private final MemoryTransport owner;
    private final MemoryTransport remote;
    private final ArrayDeque<Frame> arrived = new ArrayDeque<>();
    private @Nullable Frame taken;
    private @Nullable MemoryStream otherEnd;
    private @Nullable Listener listener;
    private @Nullable StreamEnd lastWord;
    private long lastDue;
    private long lastReceived = Long.MIN_VALUE;
    private long inFlight;
    private int untold;
    private int asked;
    private long strangerBytes;
    private boolean authenticated;
    private boolean blocked;
    private boolean ended;

    MemoryStream(MemoryTransport owner, MemoryTransport remote) {
        this.owner = owner;
        this.remote = remote;
    }

    void connect(MemoryStream other) {
        otherEnd = other;
    }

    @Override
    public void listen(Listener newListener) {
        if (ended && lastWord != null) {
            StreamEnd end = lastWord;
            owner.scheduler().execute(() -> newListener.onEnd(end));
            return;
        }
        listener = newListener;
        owner.scheduler().execute(this::deliver);
    }

    @Override
    public boolean isReady() {
        blocked = ended || inFlight >= WINDOW;
        return !blocked;
    }

    @Override
    public void send(ByteString frame) {
        if (ended || otherEnd == null) {
            return;
        }
        Frame sent = owner.send(frame);
        int copies = authenticated ? copies(frame.size()) : 1;
        MemoryStream there = otherEnd;
        for (int copy = 0; copy < copies; copy++) {
            inFlight += frame.size();
            if (!pass(frame.size(), () -> there.reach(frame.size(), () -> there.arrive(sent)))) {
                inFlight -= frame.size();
            }
        }
    }

    private int copies(int bytes) {
        if (owner.model().loses(owner.place(), remote.place(), bytes)) {
            return 0;
        }
        return owner.model().duplicates(owner.place(), remote.place(), bytes) ? 2 : 1;
    }

    /** Lets something happen at the other side once the network has carried it, after everything before it. */
    private boolean pass(int bytes, Runnable task) {
        NetworkModel model = owner.model();
        if (!model.isReachable(owner.place(), remote.place())) {
            return false;
        }
        long now = owner.scheduler().nanoTime();
        long due = now + model.latency(owner.place(), remote.place(), bytes).toNanos();
        if (authenticated && bytes > 0 && model.reorders(owner.place(), remote.place(), bytes)) {
            due = Math.max(lastDue, due) + (due - now);
        } else {
            lastDue = Math.max(lastDue, due);
            due = lastDue;
        }
        remote.scheduler().schedule(Duration.ofNanos(due - now), task);
        return true;
    }

    /** Something has got to our side of the network; it happens when this and what came before it have been received. */
    private void reach(int bytes, Runnable task) {
        long now = owner.scheduler().nanoTime();
        long wait =
                owner.model().receiving(remote.place(), owner.place(), bytes).toNanos();
        lastReceived = Math.max(lastReceived, now + wait);
        if (lastReceived == now) {
            task.run();
        } else {
            owner.scheduler().schedule(Duration.ofNanos(lastReceived - now), task);
        }
    }

    private void arrive(Frame frame) {
        if (ended) {
            reset();
            return;
        }
        owner.countArrived(frame.bytes());
        owner.model().arrived(remote.place(), owner.place(), frame);
        arrived.add(frame);
        deliver();
    }

    /** The other side writes to a stream that is no more; perhaps a partition kept our end from it. */
    private void reset() {
        sendEnd(StreamEnd.broken("connection reset"));
    }

    private void deliver() {
        while (!ended && asked > 0 && listener != null && !arrived.isEmpty()) {
            asked--;
            Frame frame = arrived.remove();
            acknowledge(frame.bytes().size());
            if (withinLimits(frame.bytes())) {
                taken = frame;
                listener.onFrame(frame.bytes());
                taken = null;
            }
        }
        if (arrived.isEmpty() && lastWord != null && listener != null) {
            end(lastWord);
        }
    }

    /** As the real transport: what a stranger may send before the handshake is bounded. */
    private boolean withinLimits(ByteString frame) {
        if (authenticated) {
            return true;
        }
        strangerBytes += frame.size();
        if (strangerBytes <= CommLimits.defaults().handshakeBytes()) {
            return true;
        }
        abort("too much before the handshake");
        end(StreamEnd.overspent("too much before the handshake"));
        return false;
    }

    /** Lets the other side know now and then how much was taken; unlike a frame, that is never lost. */
    private void acknowledge(int bytes) {
        untold += bytes;
        if (untold >= UPDATE && otherEnd != null) {
            MemoryStream there = otherEnd;
            int told = untold;
            untold = 0;
            Duration latency = owner.model().latency(owner.place(), remote.place(), 0);
            remote.scheduler().schedule(latency, () -> there.taken(told));
        }
    }

    private void taken(int bytes) {
        inFlight -= bytes;
        if (blocked && inFlight < WINDOW) {
            blocked = false;
            if (!ended && listener != null) {
                listener.onReady();
            }
        }
    }

    @Override
    public void request(int frames) {
        asked += frames;
        if (!arrived.isEmpty() || lastWord != null) {
            owner.scheduler().execute(this::deliver);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // comparing the bytes would cost what this saves
    public SignedGossipMessage parse(ByteString frame) throws MalformedMessageException {
        SignedGossipMessage known = taken != null && taken.bytes() == frame ? taken.message() : null;
        return known == null ? owner.parse(frame) : known;
    }

    @Override
    public void authenticated() {
        authenticated = true;
    }

    @Override
    public void close() {
        leave(StreamEnd.inOrder("closed by the peer"));
    }

    @Override
    public void abort(String reason) {
        leave(StreamEnd.broken(reason));
    }

    private void leave(StreamEnd end) {
        if (!ended) {
            ended = true;
            owner.remove(this);
            sendEnd(end);
        }
    }

    private void sendEnd(StreamEnd end) {
        if (otherEnd != null) {
            MemoryStream there = otherEnd;
            pass(0, () -> there.reach(0, () -> there.remoteEnded(end)));
        }
    }

    /** The other side has ended the stream; what arrived before is still delivered if it ended in good order. */
    void remoteEnded(StreamEnd end) {
        if (ended || lastWord != null) {
            return;
        }
        if (!end.clean()) {
            arrived.clear();
        }
        lastWord = end;
        deliver();
    }

    private void end(StreamEnd end) {
        Listener last = listener;
        listener = null;
        lastWord = end;
        ended = true;
        owner.remove(this);
        if (last != null) {
            last.onEnd(end);
        }
    }

    @Override
    public ByteString localTlsHash() {
        return owner.tlsCertificateHash();
    }

    @Override
    public ByteString remoteTlsHash() {
        return owner.model().interceptedTlsHash(remote.place(), owner.place()).orElse(remote.tlsCertificateHash());
    }

    @Override
    public String remoteAddress() {
        return remote.place().address();
    }
}
