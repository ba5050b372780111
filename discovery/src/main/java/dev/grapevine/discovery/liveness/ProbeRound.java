package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One probe of ours and whoever was asked to help; it ends with an answer or with the interval. */
final class ProbeRound {
    private final PkiId target;
    private final List<PkiId> silentHelpers = new ArrayList<>();
    private int helpers;
    private Scheduler.@Nullable Timer timer;

    ProbeRound(PkiId target) {
        this.target = target;
    }

    PkiId target() {
        return target;
    }

    /** Sets what happens next unless there is an answer before. */
    void await(Scheduler.Timer next) {
        timer = next;
    }

    /** Waits for nothing any more. */
    void over() {
        if (timer != null) {
            timer.cancel();
        }
    }

    void askedHelp(PkiId helper) {
        helpers++;
        silentHelpers.add(helper);
    }

    /**
     * Takes an answer. A helper's counts once, and says "no" too: then at least we are not the one who is cut off.
     *
     * @return whether the target is alive by it
     */
    boolean answered(PkiId sender, boolean alive) {
        if (sender.equals(target)) {
            return true;
        }
        return silentHelpers.remove(sender) && alive;
    }

    /** How much less we trust ourselves if nobody brought an answer: one for each helper that is silent too. */
    int doubt() {
        return helpers == 0 ? 1 : silentHelpers.size();
    }
}
