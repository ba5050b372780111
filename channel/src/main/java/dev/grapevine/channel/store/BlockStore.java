package dev.grapevine.channel.store;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The window of the newest blocks, for those who ask and against duplicates. A block leaves the window when one comes that is
 * further ahead than the window is wide; after its time to live, or when the bytes are used up, only the memory of it stays:
 * it is offered no more, but not taken again either.
 */
public final class BlockStore {
    /** What is known of a block before its signatures are checked. */
    public enum Sighting {
        /** Worth verifying. */
        NEW,
        /** This very block was verified before. */
        SEEN,
        /** Another block of this number was verified before: a lie, or a fork of the ordering service. */
        CONFLICTING,
        /** Too far behind the newest. */
        TOO_OLD
    }

    private final Supersession supersession;
    private final long maxBytes;
    private final Aging<Long> aging;
    private final TreeMap<Long, Entry> entries = new TreeMap<>(Long::compareUnsigned);
    private long bytes;

    private static final class Entry {
        private final ByteString headerHash;
        private @Nullable SignedGossipMessage message;

        Entry(ByteString headerHash, SignedGossipMessage message) {
            this.headerHash = headerHash;
            this.message = message;
        }
    }

    /**
     * @param supersession knows the width of the window
     * @param maxBytes bound on the blocks that are held; the newest is held even if it alone exceeds it
     */
    public BlockStore(Supersession supersession, long maxBytes, Scheduler scheduler, Duration timeToLive) {
        this.supersession = supersession;
        this.maxBytes = maxBytes;
        this.aging = new Aging<>(scheduler, timeToLive, this::letGo, entries::remove);
    }

    /** What is known of a block by its number and the hash of its header. */
    public Sighting sighting(long number, ByteString headerHash) {
        Entry held = entries.get(number);
        if (held != null) {
            return held.headerHash.equals(headerHash) ? Sighting.SEEN : Sighting.CONFLICTING;
        }
        boolean tooOld = !entries.isEmpty()
                && supersession.ofBlocks(number, entries.lastKey()) == Supersession.Verdict.INVALIDATED;
        return tooOld ? Sighting.TOO_OLD : Sighting.NEW;
    }

    /** Takes a verified block; false if it is not new. */
    public boolean add(long number, ByteString headerHash, SignedGossipMessage message) {
        if (sighting(number, headerHash) != Sighting.NEW) {
            return false;
        }
        while (!entries.isEmpty()
                && supersession.ofBlocks(number, entries.firstKey()) == Supersession.Verdict.INVALIDATES) {
            remove(entries.firstKey());
        }
        entries.put(number, new Entry(headerHash, message));
        bytes += message.size();
        aging.add(number);
        shrink();
        return true;
    }

    /** The message that carries a block, unless it is not held. */
    public Optional<SignedGossipMessage> get(long number) {
        return Optional.ofNullable(entries.get(number)).map(entry -> entry.message);
    }

    /** Whether a block of this number was verified and is remembered. */
    public boolean remembers(long number) {
        return entries.containsKey(number);
    }

    /** The numbers of the blocks that are held, ascending. */
    public List<Long> numbers() {
        List<Long> held = new ArrayList<>();
        entries.forEach((number, entry) -> {
            if (entry.message != null) {
                held.add(number);
            }
        });
        return held;
    }

    /** Bytes of the blocks that are held. */
    public long bytes() {
        return bytes;
    }

    /** Ends expiry; the store is of no use afterwards. */
    public void stop() {
        aging.stop();
    }

    private void shrink() {
        List<Long> held = numbers();
        for (int oldest = 0; bytes > maxBytes && oldest < held.size() - 1; oldest++) {
            letGo(held.get(oldest));
        }
    }

    private void remove(Long number) {
        letGo(number);
        entries.remove(number);
        aging.remove(number);
    }

    private void letGo(Long number) {
        Entry entry = entries.get(number);
        if (entry != null && entry.message != null) {
            bytes -= entry.message.size();
            entry.message = null;
        }
    }
}
