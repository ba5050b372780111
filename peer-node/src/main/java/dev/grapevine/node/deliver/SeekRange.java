package dev.grapevine.node.deliver;

import dev.grapevine.proto.Verdict;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekInfo.SeekBehavior;
import org.hyperledger.fabric.protos.orderer.SeekPosition;

/**
 * From where to where a client wants blocks. Numbers are unsigned.
 *
 * @param last the last block wanted; all ones when the stream is to go on for ever
 * @param failIfNotReady whether to end with NOT_FOUND instead of waiting for a block that does not exist yet
 */
record SeekRange(long first, long last, boolean failIfNotReady) {
    private static final long NEVER = -1;

    /**
     * Resolves a seek against the chain as it is now, with Fabric's odd cases: only a stop given by number is checked against
     * the start; any other stop before the start is one that never comes.
     */
    static Verdict<SeekRange> of(SeekInfo seek, long height) {
        if (!seek.hasStart() || !seek.hasStop()) {
            return Verdict.rejected("incomplete-seek", "a seek needs a start and a stop");
        }
        long first = start(seek.getStart(), height);
        long last = stop(seek, first, height);
        boolean inverted = Long.compareUnsigned(last, first) < 0;
        if (inverted && seek.getStop().hasSpecified()) {
            return Verdict.rejected("inverted-seek", "the stop lies before the start");
        }
        boolean failIfNotReady = seek.getBehavior() == SeekBehavior.FAIL_IF_NOT_READY;
        return Verdict.accepted(new SeekRange(first, inverted ? NEVER : last, failIfNotReady));
    }

    /** Whether a seek begins at a block that the chain can reach: one it has, or the very next. */
    static boolean isReachable(SeekPosition start, long height) {
        return switch (start.getTypeCase()) {
            case OLDEST, NEWEST, NEXT_COMMIT -> true;
            case SPECIFIED -> Long.compareUnsigned(start.getSpecified().getNumber(), height) <= 0;
            default -> false;
        };
    }

    private static long start(SeekPosition position, long height) {
        return switch (position.getTypeCase()) {
            case NEWEST -> height - 1;
            case NEXT_COMMIT -> height;
            case SPECIFIED -> position.getSpecified().getNumber();
            default -> 0;
        };
    }

    private static long stop(SeekInfo seek, long first, long height) {
        return switch (seek.getStop().getTypeCase()) {
            case OLDEST -> first;
            case NEWEST -> seek.getStart().equals(seek.getStop()) ? first : height - 1;
            case SPECIFIED -> seek.getStop().getSpecified().getNumber();
            default -> 0;
        };
    }

    boolean isBeyond(long number) {
        return Long.compareUnsigned(number, last) > 0;
    }
}
