package dev.grapevine.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.OptionalLong;

/** When we noticed that blocks exist which we do not have: up to which block, and since when. Bounded; the newest are merged. */
final class Notices {
    private static final int MAX = 64;

    /**
     * @param end number after the last block that was known of
     * @param at monotonic nanoseconds
     */
    private record Notice(long end, long at) {}

    private final Deque<Notice> notices = new ArrayDeque<>();

    /** Whether it is news that all blocks below {@code end} exist. */
    boolean isNews(long end) {
        Notice last = notices.peekLast();
        return last == null || Long.compareUnsigned(end, last.end()) > 0;
    }

    /** All blocks below {@code end} exist; false if that is no news. */
    boolean add(long end, long now) {
        if (!isNews(end)) {
            return false;
        }
        if (notices.size() == MAX) {
            notices.removeLast();
        }
        notices.add(new Notice(end, now));
        return true;
    }

    /** Forgets what we have by now. */
    void reached(long next) {
        while (!notices.isEmpty() && Long.compareUnsigned(notices.peek().end(), next) <= 0) {
            notices.remove();
        }
    }

    /** Since when we know that this block is missing; empty if it never was. */
    OptionalLong noticedAt(long number) {
        for (Notice notice : notices) {
            if (Long.compareUnsigned(number, notice.end()) < 0) {
                return OptionalLong.of(notice.at());
            }
        }
        return OptionalLong.empty();
    }

    /** The end of what was noticed at or before a time; 0 if there is nothing so old. */
    long endBy(long time) {
        long end = 0;
        for (Iterator<Notice> each = notices.iterator(); each.hasNext(); ) {
            Notice notice = each.next();
            if (notice.at() - time > 0) {
                return end;
            }
            end = notice.end();
        }
        return end;
    }

    /** When the first of those was noticed that were noticed after a time. */
    OptionalLong firstAfter(long time) {
        for (Notice notice : notices) {
            if (notice.at() - time > 0) {
                return OptionalLong.of(notice.at());
            }
        }
        return OptionalLong.empty();
    }
}
