package dev.grapevine.node.deliver;

import dev.grapevine.node.deliver.SeekParser.RefusedSeek;
import dev.grapevine.node.deliver.SeekParser.Seek;
import dev.grapevine.proto.Verdict;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Deliver stream. Whatever may let it go on (a request, room in the client's window, a new block) schedules the pump, which
 * runs on one thread at a time and sends until it has to wait again.
 */
final class DeliverSession<R> implements StreamObserver<Envelope> {
    private static final Logger log = LoggerFactory.getLogger(DeliverSession.class);

    private final ServerCallStreamObserver<R> client;
    private final DeliverService.Responses<R> responses;
    private final SeekParser parser;
    private final Clock clock;
    private final Executor executor;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final AtomicReference<@Nullable Envelope> request = new AtomicReference<>();
    private volatile boolean cancelled;
    private volatile boolean noMoreRequests;

    // Only the pump touches these.
    private @Nullable Seek seek;
    private SeekRange range = new SeekRange(0, 0, false);
    private long next;
    private long authorisedAt;
    private @Nullable Runnable unsubscribe;
    private boolean ended;

    DeliverSession(
            ServerCallStreamObserver<R> client,
            DeliverService.Responses<R> responses,
            SeekParser parser,
            Clock clock,
            Executor executor) {
        this.client = client;
        this.responses = responses;
        this.parser = parser;
        this.clock = clock;
        this.executor = executor;
    }

    void begin() {
        client.disableAutoRequest();
        client.setOnReadyHandler(this::wake);
        client.setOnCancelHandler(this::cancel);
        client.request(1);
    }

    @Override
    public void onNext(Envelope envelope) {
        request.set(envelope);
        wake();
    }

    @Override
    public void onError(Throwable failure) {
        cancel();
    }

    /** The client sends no further request; the one being served goes on, as in Fabric. */
    @Override
    public void onCompleted() {
        noMoreRequests = true;
        wake();
    }

    private void cancel() {
        cancelled = true;
        wake();
    }

    private void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            try {
                executor.execute(this::pump);
            } catch (RejectedExecutionException e) {
                log.debug("a Deliver stream ends with its server");
            }
        }
    }

    private void pump() {
        int seen = wakeUps.get();
        while (true) {
            try {
                advance();
            } catch (RuntimeException e) {
                log.warn("a Deliver stream failed", e);
                end(Status.INTERNAL_SERVER_ERROR);
            }
            seen = wakeUps.addAndGet(-seen);
            if (seen == 0) {
                return;
            }
        }
    }

    private void advance() {
        if (ended) {
            return;
        }
        if (cancelled) {
            close();
            ended = true;
            return;
        }
        Envelope envelope = request.getAndSet(null);
        if (envelope != null) {
            open(envelope);
        }
        Seek current = seek;
        while (current != null && client.isReady() && !cancelled && sendNext(current)) {
            current = seek;
        }
        if (seek == null && !ended && noMoreRequests && request.get() == null) {
            ended = true;
            client.onCompleted();
        }
    }

    private void open(Envelope envelope) {
        try {
            Seek opened = parser.parse(envelope);
            long height = opened.chain().height();
            Verdict<SeekRange> resolved = SeekRange.of(opened.info(), height);
            if (!resolved.isAccepted()) {
                throw new RefusedSeek(Status.BAD_REQUEST, resolved.rejection().toString());
            }
            if (!SeekRange.isReachable(opened.info().getStart(), height)) {
                throw new RefusedSeek(Status.NOT_FOUND, "the start lies beyond the chain's height " + height);
            }
            range = resolved.value();
            next = range.first();
            authorisedAt = opened.chain().configSequence();
            seek = opened;
            unsubscribe = opened.chain().onChange(this::wake);
        } catch (RefusedSeek refused) {
            log.debug("refused a Deliver request with {}: {}", refused.status(), refused.getMessage());
            end(refused.status());
        }
    }

    /** Sends one block or ends the seek; false when it has to wait for the chain. */
    private boolean sendNext(Seek current) {
        DeliverChain chain = current.chain();
        if (Long.compareUnsigned(next, chain.height()) >= 0) {
            if (range.failIfNotReady()) {
                end(Status.NOT_FOUND);
            }
            return false;
        }
        if (!stillAuthorised(current)) {
            end(Status.FORBIDDEN);
            return false;
        }
        client.onNext(
                responses.block(SeekContent.of(chain.block(next), current.info().getContentType())));
        next++;
        if (next == 0 || range.isBeyond(next)) {
            finishSeek();
        }
        return true;
    }

    private boolean stillAuthorised(Seek current) {
        if (SeekParser.hasExpired(current.chain(), current.signed(), clock.instant())) {
            return false;
        }
        long sequence = current.chain().configSequence();
        if (sequence != authorisedAt) {
            authorisedAt = sequence;
            return current.chain().authorise(current.signed()).isEmpty();
        }
        return true;
    }

    private void finishSeek() {
        close();
        client.onNext(responses.status(Status.SUCCESS));
        client.request(1);
    }

    private void end(Status status) {
        if (ended) {
            return;
        }
        close();
        ended = true;
        if (!cancelled) {
            client.onNext(responses.status(status));
            client.onCompleted();
        }
    }

    private void close() {
        seek = null;
        Runnable subscription = unsubscribe;
        if (subscription != null) {
            unsubscribe = null;
            subscription.run();
        }
    }
}
