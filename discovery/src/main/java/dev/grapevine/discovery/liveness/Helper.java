package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.util.LinkedHashMap;
import java.util.Map;

/** Probes others for those who have asked: over the link if there is one, else by the gRPC Ping. */
final class Helper {
    /** Requests in work at a time at most. */
    private static final int MAX_PENDING = 500;

    private final LivenessConfig config;
    private final Scheduler scheduler;
    private final Messenger messenger;
    private final Map<Long, Request> pending = new LinkedHashMap<>();

    private record Request(PkiId asker, long theirNumber, PkiId target) {}

    Helper(LivenessConfig config, Scheduler scheduler, Messenger messenger) {
        this.config = config;
        this.scheduler = scheduler;
        this.messenger = messenger;
    }

    void probe(PkiId target, PkiId asker, long theirNumber) {
        if (pending.size() >= MAX_PENDING) {
            return;
        }
        long number = scheduler.random().nextLong();
        pending.put(number, new Request(asker, theirNumber, target));
        scheduler.schedule(config.probeTimeout(), () -> settle(number, false));
        if (messenger.isLinked(target)) {
            messenger.probe(target, number);
        } else {
            messenger.ping(target, answered -> {
                if (answered) {
                    settle(number, true);
                }
            });
        }
    }

    /** Takes a target's answer to a probe of ours. */
    void answered(long number, PkiId sender) {
        Request request = pending.get(number);
        if (request != null && request.target().equals(sender)) {
            settle(number, true);
        }
    }

    private void settle(long number, boolean alive) {
        Request request = pending.remove(number);
        if (request != null) {
            messenger.answer(request.asker(), request.theirNumber(), alive);
        }
    }
}
