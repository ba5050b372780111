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

/**
 * The window of the newest blocks, for those who ask and against duplicates. A block leaves the window when one comes that is
 * further ahead than the window is wide; after its time to live, or when it is not among the newest that are held, only the memory
 * of it stays: it is offered no more, but not taken again either.
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
    private final int maxHeld;
    private final long maxBytes;
    private final Aging<Long> aging;
    private final TreeMap<Long, ByteString> headerHashes = new TreeMap<>(Long::compareUnsigned);
    private final TreeMap<Long, SignedGossipMessage> held = new TreeMap<>(Long::compareUnsigned);
    private long bytes;

    /**
     * @param supersession knows the width of the window
     * @param maxHeld bound on the number of blocks that are held
     * @param maxBytes bound on the blocks that are held; the newest is held even if it alone exceeds it
     */
    public BlockStore(Supersession supersession, int maxHeld, long maxBytes, Scheduler scheduler, Duration timeToLive) {
        this.supersession = supersession;
        this.maxHeld = maxHeld;
        this.maxBytes = maxBytes;
        this.aging = new Aging<>(scheduler, timeToLive, this::letGo, headerHashes::remove);
    }

    /** What is known of a block by its number and the hash of its header. */
    public Sighting sighting(long number, ByteString headerHash) {
        ByteString known = headerHashes.get(number);
        if (known != null) {
            return known.equals(headerHash) ? Sighting.SEEN : Sighting.CONFLICTING;
        }
        boolean tooOld = !headerHashes.isEmpty()
                && supersession.ofBlocks(number, headerHashes.lastKey()) == Supersession.Verdict.INVALIDATED;
        return tooOld ? Sighting.TOO_OLD : Sighting.NEW;
    }

    /** Takes a verified block; false if it is not new. */
    public boolean add(long number, ByteString headerHash, SignedGossipMessage message) {
        if (sighting(number, headerHash) != Sighting.NEW) {
            return false;
        }
        while (!headerHashes.isEmpty()
                && supersession.ofBlocks(number, headerHashes.firstKey()) == Supersession.Verdict.INVALIDATES) {
            remove(headerHashes.firstKey());
        }
        headerHashes.put(number, headerHash);
        held.put(number, message);
        bytes += message.size();
        aging.add(number);
        shrink();
        return true;
    }

    /** The message that carries a block, unless it is not held. */
    public Optional<SignedGossipMessage> get(long number) {
        return Optional.ofNullable(held.get(number));
    }

    /** Whether a block of this number was verified and is remembered. */
    public boolean remembers(long number) {
        return headerHashes.containsKey(number);
    }

    /** The numbers of the blocks that are held, ascending. */
    public List<Long> numbers() {
        return new ArrayList<>(held.keySet());
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
        while (held.size() > 1 && (bytes > maxBytes || held.size() > maxHeld)) {
            letGo(held.firstKey());
        }
    }

    private void remove(Long number) {
        letGo(number);
        headerHashes.remove(number);
        aging.remove(number);
    }

    private void letGo(Long number) {
        SignedGossipMessage message = held.remove(number);
        if (message != null) {
            bytes -= message.size();
        }
    }
}
