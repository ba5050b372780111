package dev.grapevine.state;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well peers kept what they announced. Who stays silent rests for up to four seconds before it is asked again, who lies for
 * up to a minute; and of those who do not rest, the ones that failed less are asked first. So an inflated height costs a small
 * message now and then, and bad luck is soon forgiven.
 */
final class PeerReliability {
    private static final int MAX_PEERS = 4096;
    private static final int MAX_FAILURES = 8;
    private static final int WEIGHT_OF_A_LIE = 3;
    private static final long REST_NANOS = Duration.ofMillis(250).toNanos();
    private static final long LONGEST_AFTER_SILENCE = Duration.ofSeconds(4).toNanos();
    private static final long LONGEST_AFTER_LIES = Duration.ofMinutes(1).toNanos();

    private record Standing(int failures, long restUntil) {}

    private final Map<PkiId, Standing> standings = new LinkedHashMap<>();
    private final Scheduler scheduler;

    PeerReliability(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** It gave what it was asked for. */
    void delivered(PkiId peer) {
        Standing standing = standings.remove(peer);
        if (standing != null && standing.failures() > 1) {
            standings.put(peer, new Standing(standing.failures() - 1, scheduler.nanoTime()));
        }
    }

    /** It gave nothing, or not in time. */
    void silent(PkiId peer) {
        fail(peer, 1, LONGEST_AFTER_SILENCE);
    }

    /** It gave what was not asked for, or is not true. */
    void lied(PkiId peer) {
        fail(peer, WEIGHT_OF_A_LIE, LONGEST_AFTER_LIES);
    }

    private void fail(PkiId peer, int weight, long longest) {
        Standing before = standings.remove(peer);
        int failures = Math.min(MAX_FAILURES, weight + (before == null ? 0 : before.failures()));
        long rest = Math.min(longest, REST_NANOS << failures);
        standings.put(peer, new Standing(failures, scheduler.nanoTime() + rest));
        if (standings.size() > MAX_PEERS) {
            standings.remove(standings.keySet().iterator().next());
        }
    }

    boolean rests(PkiId peer) {
        Standing standing = standings.get(peer);
        return standing != null && scheduler.nanoTime() - standing.restUntil() < 0;
    }

    int failures(PkiId peer) {
        Standing standing = standings.get(peer);
        return standing == null ? 0 : standing.failures();
    }
}
