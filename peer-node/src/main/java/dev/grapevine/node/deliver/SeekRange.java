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
    /** Resolves a seek against the chain as it is now. */
    static Verdict<SeekRange> of(SeekInfo seek, long height) {
        if (!seek.hasStart() || !seek.hasStop()) {
            return Verdict.rejected("incomplete-seek", "a seek needs a start and a stop");
        }
        long first = start(seek.getStart(), height);
        long last = stop(seek, first, height);
        if (Long.compareUnsigned(last, first) < 0) {
            return Verdict.rejected("inverted-seek", "the stop lies before the start");
        }
        return Verdict.accepted(new SeekRange(first, last, seek.getBehavior() == SeekBehavior.FAIL_IF_NOT_READY));
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
