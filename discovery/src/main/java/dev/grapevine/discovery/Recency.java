package dev.grapevine.discovery;

import dev.grapevine.proto.Timestamp;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of one peer are news. A message must be newer than all before it, with one exception for clocks gone mad:
 * Fabric refuses a peer that has once claimed an incarnation of the far future until everybody has forgotten that. Here
 * incarnations more than a day ahead of our clock form a line of their own: any later message of the ordinary line ends
 * it, and it is not believed while the peer speaks in the ordinary line.
 *
 * <p>Nobody honest is locked out by this: a peer whose clock is ahead of ours is believed as soon as its former self has
 * fallen silent, and no message is ever news twice.
 */
final class Recency {
    private static final long FAR = Duration.ofDays(1).toNanos();

    private @Nullable Timestamp ordinary;
    private @Nullable Timestamp future;
    private boolean inFuture;

    /**
     * Whether a message would be news.
     *
     * @param wallNanos our wall clock, in nanoseconds since the epoch
     * @param silent whether the peer is not alive at the moment
     */
    boolean isNews(Timestamp time, long wallNanos, boolean silent) {
        boolean far = isFar(time, wallNanos);
        Timestamp mark = far ? future : ordinary;
        boolean newest = mark == null || time.isNewerThan(mark);
        return newest && (!far || inFuture || silent || ordinary == null);
    }

    /** Remembers what has been taken as news. */
    void take(Timestamp time, long wallNanos) {
        inFuture = isFar(time, wallNanos);
        if (inFuture) {
            future = time;
        } else {
            ordinary = time;
        }
    }

    private static boolean isFar(Timestamp time, long wallNanos) {
        return Long.compareUnsigned(time.incarnation(), wallNanos + FAR) > 0;
    }
}
