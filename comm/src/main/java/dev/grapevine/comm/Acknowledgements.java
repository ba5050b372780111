package dev.grapevine.comm;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends that wait for acknowledgements (specification 4.8), which belong to them by nonce and sender. They are consumed
 * here and never reach the receiver.
 */
final class Acknowledgements {
    private final Map<Long, Waiting> byNonce = new HashMap<>();
    private final Scheduler scheduler;
    private final int limit;

    Acknowledgements(Scheduler scheduler, int limit) {
        this.scheduler = scheduler;
        this.limit = limit;
    }

    /** One send. */
    final class Waiting {
        private final long nonce;
        private final int minimum;
        private final Consumer<Map<RemotePeer, String>> done;
        private final Map<RemotePeer, String> results = new LinkedHashMap<>();
        private final Map<PkiId, RemotePeer> outstanding = new LinkedHashMap<>();
        private Scheduler.@Nullable Timer timeout;
        private int successes;
        private boolean sealed;

        private Waiting(long nonce, int minimum, Consumer<Map<RemotePeer, String>> done) {
            this.nonce = nonce;
            this.minimum = minimum;
            this.done = done;
        }

        private void add(RemotePeer peer) {
            if (peer.pkiId() == null) {
                results.put(peer, "its PKI-ID is not known, so its acknowledgement could not be told");
            } else {
                outstanding.put(peer.pkiId(), peer);
            }
        }

        /** The answer of one peer, or why there will be none. */
        void settle(PkiId from, String error) {
            RemotePeer peer = outstanding.remove(from);
            if (peer == null) {
                return;
            }
            results.put(peer, error);
            if (error.isEmpty()) {
                successes++;
            }
            finishIfDone();
        }

        /** Everything has been handed out for sending; before this, nothing is final. */
        void sealed() {
            sealed = true;
            finishIfDone();
        }

        private void finishIfDone() {
            if (sealed && (outstanding.isEmpty() || successes >= minimum)) {
                finish("not waited for: enough others had acknowledged");
            }
        }

        private void finish(String missing) {
            if (byNonce.remove(nonce, this)) {
                if (timeout != null) {
                    timeout.cancel();
                }
                outstanding.values().forEach(peer -> results.put(peer, missing));
                done.accept(results);
            }
        }
    }

    /**
     * Begins to wait.
     *
     * @param done told once, always from a task of its own
     */
    Waiting await(
            long nonce,
            Collection<RemotePeer> peers,
            int minimum,
            Duration timeout,
            Consumer<Map<RemotePeer, String>> done) {
        Waiting waiting = new Waiting(nonce, minimum, results -> scheduler.execute(() -> done.accept(results)));
        peers.forEach(waiting::add);
        boolean full = byNonce.size() >= limit;
        Waiting other = full ? null : byNonce.putIfAbsent(nonce, waiting);
        if (full || other != null) {
            waiting.outstanding.clear();
            String why = full ? "too many sends wait for acknowledgements" : "another send waits for this nonce";
            peers.forEach(peer -> waiting.results.put(peer, why));
            waiting.done.accept(waiting.results);
            return waiting;
        }
        waiting.timeout = scheduler.schedule(
                timeout, () -> waiting.finish("no acknowledgement within " + timeout.toMillis() + " ms"));
        return waiting;
    }

    /** An acknowledgement has come; one that nobody waits for is ignored. */
    void received(PkiId from, long nonce, String error) {
        Waiting waiting = byNonce.get(nonce);
        if (waiting != null) {
            waiting.settle(from, error);
        }
    }

    /** Ends all waiting. */
    void stop(String reason) {
        new LinkedHashMap<>(byNonce).values().forEach(waiting -> waiting.finish(reason));
    }
}
