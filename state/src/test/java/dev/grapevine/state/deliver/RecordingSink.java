package dev.grapevine.state.deliver;

import dev.grapevine.crypto.VerifiedBlock;
import java.util.ArrayList;
import java.util.List;

/** A sink that keeps what it gets, and may be short of room. */
final class RecordingSink implements BlockSink {
    final List<VerifiedBlock> blocks = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean full;
    private long elsewhereFrom;
    private long elsewhereEnd;
    private long ahead;

    @Override
    public long next() {
        long next = blocks.size() + ahead;
        ahead += skips(next) ? elsewhereEnd - next : 0;
        return blocks.size() + ahead;
    }

    @Override
    public boolean skips(long number) {
        return number >= elsewhereFrom && number < elsewhereEnd;
    }

    /** Blocks that come another way, the last one not included. */
    void elsewhere(long from, long end) {
        elsewhereFrom = from;
        elsewhereEnd = end;
    }

    @Override
    public void add(VerifiedBlock block, Runnable whenRoom) {
        blocks.add(block);
        waiting.add(whenRoom);
        if (!full) {
            giveRoom();
        }
    }

    void full(boolean now) {
        full = now;
        if (!full) {
            giveRoom();
        }
    }

    /** As if this many blocks had come another way. */
    void runAhead(long blocksFromGossip) {
        ahead = blocksFromGossip;
    }

    private void giveRoom() {
        List<Runnable> welcome = List.copyOf(waiting);
        waiting.clear();
        welcome.forEach(Runnable::run);
    }

    List<Long> numbers() {
        return blocks.stream().map(VerifiedBlock::number).toList();
    }
}
