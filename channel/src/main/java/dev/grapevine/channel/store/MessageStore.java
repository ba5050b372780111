package dev.grapevine.channel.store;

import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest message of each subject: state info and leadership messages. What is new is decided by {@link Supersession};
 * since it only ever relates messages of one subject, there is one entry for each and no need to compare with all, as Fabric
 * does.
 */
public final class MessageStore<K> {
    /** What became of a message that was added. */
    public enum Outcome {
        /** It is stored, and what it makes obsolete is gone. */
        ADDED,
        /** The same or a newer one is remembered already. */
        STALE,
        /** The store's bytes are used up. */
        FULL
    }

    private final Supersession supersession;
    private final Function<SignedGossipMessage, K> subject;
    private final long maxBytes;
    private final Map<K, Entry> entries = new LinkedHashMap<>();
    private final @Nullable Aging<K> aging;
    private long bytes;

    private static final class Entry {
        private final SignedGossipMessage message;
        private boolean hidden;

        Entry(SignedGossipMessage message) {
            this.message = message;
        }
    }

    private MessageStore(
            Supersession supersession,
            Function<SignedGossipMessage, K> subject,
            long maxBytes,
            @Nullable Scheduler scheduler,
            Duration timeToLive) {
        this.supersession = supersession;
        this.subject = subject;
        this.maxBytes = maxBytes;
        this.aging = scheduler == null ? null : new Aging<>(scheduler, timeToLive, this::hide, this::drop);
    }

    /**
     * A store whose messages stay until they are superseded or removed.
     *
     * @param subject what a message is about: a peer, say
     */
    public static <K> MessageStore<K> lasting(
            Supersession supersession, Function<SignedGossipMessage, K> subject, long maxBytes) {
        return new MessageStore<>(supersession, subject, maxBytes, null, Duration.ZERO);
    }

    /** A store that hides a message after {@code timeToLive} and forgets it after twice that. */
    public static <K> MessageStore<K> expiring(
            Supersession supersession,
            Function<SignedGossipMessage, K> subject,
            long maxBytes,
            Scheduler scheduler,
            Duration timeToLive) {
        return new MessageStore<>(supersession, subject, maxBytes, scheduler, timeToLive);
    }

    /** Whether a message is neither a duplicate nor older than what is remembered: the check before its signature's. */
    public boolean isFresh(SignedGossipMessage message) {
        Entry held = entries.get(subject.apply(message));
        return held == null
                || supersession.verdict(message.message(), held.message.message()) != Supersession.Verdict.INVALIDATED;
    }

    /** Stores a verified message if it is fresh and there is room. */
    public Outcome add(SignedGossipMessage message) {
        if (!isFresh(message)) {
            return Outcome.STALE;
        }
        K key = subject.apply(message);
        Entry held = entries.get(key);
        long freed = held == null ? 0 : held.message.size();
        if (bytes - freed + message.size() > maxBytes) {
            return Outcome.FULL;
        }
        drop(key);
        entries.put(key, new Entry(message));
        bytes += message.size();
        if (aging != null) {
            aging.add(key);
        }
        return Outcome.ADDED;
    }

    /** The message about a subject, unless there is none or it is hidden. */
    public Optional<SignedGossipMessage> get(K about) {
        return Optional.ofNullable(entries.get(about))
                .filter(entry -> !entry.hidden)
                .map(entry -> entry.message);
    }

    /** All messages that are not hidden, in the order they were added. */
    public List<SignedGossipMessage> messages() {
        List<SignedGossipMessage> messages = new ArrayList<>();
        entries.values().forEach(entry -> {
            if (!entry.hidden) {
                messages.add(entry.message);
            }
        });
        return messages;
    }

    /** How many are remembered, hidden messages included. */
    public int size() {
        return entries.size();
    }

    /** Bytes of everything remembered, hidden messages included. */
    public long bytes() {
        return bytes;
    }

    /**
     * Forgets every message that {@code condition} holds for.
     *
     * @return whether there was any
     */
    public boolean removeIf(Predicate<SignedGossipMessage> condition) {
        List<K> doomed = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (condition.test(entry.message)) {
                doomed.add(key);
            }
        });
        doomed.forEach(this::drop);
        return !doomed.isEmpty();
    }

    /** Ends expiry; the store is of no use afterwards. */
    public void stop() {
        if (aging != null) {
            aging.stop();
        }
    }

    private void hide(K key) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.hidden = true;
        }
    }

    private void drop(K key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            bytes -= entry.message.size();
        }
        if (aging != null) {
            aging.remove(key);
        }
    }
}
