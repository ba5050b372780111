package dev.grapevine.state;

import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who brings which blocks: the fetches we wait for and the answers that are being verified. A range belongs to one source at a
 * time; it is free again when its source is late, gives up or lies.
 */
final class RangeTable {
    /** Fetches that are over and whose sources may yet answer. */
    private static final int REMEMBERED = 256;

    private final Map<Long, Fetch> fetches = new LinkedHashMap<>();
    private final List<BlockRange> verifying = new ArrayList<>();
    private final Map<Long, PkiId> closed = new LinkedHashMap<>();

    /** Fetches we wait for, those that are overdue included. */
    int size() {
        return fetches.size();
    }

    boolean isIdle() {
        return fetches.isEmpty() && verifying.isEmpty();
    }

    boolean contains(long nonce) {
        return fetches.containsKey(nonce);
    }

    /** The fetches of this moment, in the order in which they were sent. */
    List<Fetch> fetches() {
        return List.copyOf(fetches.values());
    }

    void add(Fetch fetch) {
        fetches.put(fetch.nonce(), fetch);
    }

    /** The fetch this peer owes us an answer to; null if there is none of this nonce. */
    @Nullable
    Fetch of(PkiId peer, long nonce) {
        Fetch fetch = fetches.get(nonce);
        return fetch != null && fetch.source().peer().equals(peer) ? fetch : null;
    }

    void remove(Fetch fetch) {
        fetches.remove(fetch.nonce());
        closed.put(fetch.nonce(), fetch.source().peer());
        if (closed.size() > REMEMBERED) {
            closed.remove(closed.keySet().iterator().next());
        }
    }

    /** Whether this peer was asked under this nonce lately and we wait no longer: a request that came twice is answered twice. */
    boolean wasOf(PkiId peer, long nonce) {
        return peer.equals(closed.get(nonce));
    }

    /** Ends the waiting for an answer that has come, and for those that its source should have sent before it. */
    void answered(Fetch fetch) {
        remove(fetch);
        for (Fetch older : fetches()) {
            boolean before = older.source() == fetch.source() && older.sentAt() - fetch.sentAt() < 0;
            if (before && older.isOverdue()) {
                remove(older);
                older.source().lost(older);
            }
        }
    }

    /** These blocks are here and being verified: nobody needs to be asked for them. */
    void verifying(BlockRange range) {
        verifying.add(range);
    }

    boolean isVerifying(long number) {
        return verifying.stream().anyMatch(range -> range.contains(number));
    }

    /** Their verification is over; what did not pass it is missing again. */
    void verified(BlockRange range) {
        verifying.remove(range);
    }

    /** Whether a source that is not late has this block to bring, or its answer is being verified. */
    boolean covers(long number) {
        return isVerifying(number)
                || fetches.values().stream()
                        .anyMatch(fetch -> !fetch.isOverdue() && fetch.range().contains(number));
    }

    /** How many sources have lost this block and may still bring it. */
    long lostBy(long number) {
        return fetches.values().stream()
                .filter(fetch -> fetch.isOverdue() && fetch.range().contains(number))
                .count();
    }

    /** Takes out of {@code missing} what has a source. */
    void cover(MissingBlocks missing) {
        for (Fetch fetch : fetches.values()) {
            if (!fetch.isOverdue()) {
                missing.without(fetch.range());
            }
        }
        verifying.forEach(missing::without);
    }
}
