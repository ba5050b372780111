package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import org.jspecify.annotations.Nullable;

/** A stream whose peer has proven who it is. */
final class Link implements FrameStream.Listener {
    /** Whom a link tells. */
    interface Owner {
        /** A message has come. */
        void received(Link link, SignedGossipMessage message);

        /** The peer sent what is no message; the link has been ended for it. */
        void malformed(Link link, String detail);

        /** The link is over, not by us. */
        void ended(Link link, StreamEnd end);
    }

    private enum State {
        /** The link to its peer: written and read. */
        CURRENT,
        /** Another has taken its place; still read for a while, because the peer may think otherwise. */
        RETIRED,
        ENDED
    }

    private final Proven peer;
    private final @Nullable Dial dial;
    private final long since;
    private final OutboundQueue queue;
    private final Intake intake;
    private final CommCounters counters;
    private final Owner owner;
    private State state = State.CURRENT;

    /**
     * @param dial what led to it; null if the peer dialled us
     * @param since when it was established, on the scheduler's monotonic clock
     */
    Link(
            Proven peer,
            @Nullable Dial dial,
            long since,
            OutboundQueue queue,
            Intake intake,
            CommCounters counters,
            Owner owner) {
        this.peer = peer;
        this.dial = dial;
        this.since = since;
        this.queue = queue;
        this.intake = intake;
        this.counters = counters;
        this.owner = owner;
    }

    /** Takes the stream over from the handshake. */
    void start() {
        peer.stream().authenticated();
        peer.stream().listen(this);
        intake.next();
        write();
    }

    ConnectionInfo remote() {
        return peer.connection();
    }

    PkiId pkiId() {
        return peer.connection().pkiId();
    }

    @Nullable
    Dial dial() {
        return dial;
    }

    boolean isDialled() {
        return dial != null;
    }

    long since() {
        return since;
    }

    OutboundQueue queue() {
        return queue;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    void send(Outgoing outgoing) {
        if (state == State.ENDED) {
            counters.dropped(outgoing, "link-ended");
            return;
        }
        queue.add(outgoing);
        write();
    }

    /** Writes no more from here on; what waits goes to the successor. */
    void retire(Link successor) {
        state = State.RETIRED;
        queue.moveTo(successor.queue);
        successor.write();
    }

    /** Becomes the link to its peer again, because its successor did not last. */
    void reinstate() {
        state = State.CURRENT;
        write();
    }

    /** Ends the link in good order; what waits is dropped. */
    void close(String reason) {
        if (state != State.ENDED) {
            end(reason);
            peer.stream().close();
        }
    }

    /** Ends the link in good order, after what waits in the control lane; blocks are dropped. */
    void finish(String reason) {
        if (state == State.CURRENT) {
            queue.drainControl(this::write);
        }
        close(reason);
    }

    private void end(String reason) {
        state = State.ENDED;
        intake.close();
        queue.drop(reason);
    }

    private void write() {
        while (state == State.CURRENT && peer.stream().isReady()) {
            Outgoing next = queue.poll();
            if (next == null) {
                return;
            }
            write(next);
        }
    }

    private void write(Outgoing next) {
        peer.stream().send(next.message().wire());
        counters.sent();
    }

    @Override
    public void onReady() {
        write();
    }

    @Override
    public void onFrame(ByteString frame) {
        if (state == State.ENDED) {
            return;
        }
        intake.begin(frame.size());
        SignedGossipMessage message;
        try {
            message = peer.stream().parse(frame);
        } catch (MalformedMessageException e) {
            intake.end(frame.size());
            end("malformed");
            peer.stream().abort("malformed envelope");
            owner.malformed(this, e.getMessage());
            return;
        }
        counters.received();
        owner.received(this, message);
    }

    /** The intake, for whoever tells it when a message is done. */
    Intake intake() {
        return intake;
    }

    @Override
    public void onEnd(StreamEnd end) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        intake.close();
        owner.ended(this, end);
    }
}
