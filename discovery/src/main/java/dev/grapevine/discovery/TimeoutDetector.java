package dev.grapevine.discovery;

import dev.grapevine.proto.PkiId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fabric's failure detector: whoever has said nothing new for the timeout has failed. Kept in the order of the last word, so
 * a check costs as much as there are failures.
 */
final class TimeoutDetector implements SilenceDetector {
    private final long timeout;
    private final Map<PkiId, Long> lastHeard = new LinkedHashMap<>();

    TimeoutDetector(Duration timeout) {
        this.timeout = timeout.toNanos();
    }

    @Override
    public void heard(PkiId pkiId, long now) {
        lastHeard.remove(pkiId);
        lastHeard.put(pkiId, now);
    }

    @Override
    public void forget(PkiId pkiId) {
        lastHeard.remove(pkiId);
    }

    /** The longest silent first. */
    @Override
    public List<PkiId> failed(long now) {
        List<PkiId> failed = new ArrayList<>();
        for (Map.Entry<PkiId, Long> entry : lastHeard.entrySet()) {
            if (now - entry.getValue() <= timeout) {
                break;
            }
            failed.add(entry.getKey());
        }
        return failed;
    }
}
