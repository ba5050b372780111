package dev.grapevine.channel.push;

import dev.grapevine.proto.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers messages for a few milliseconds and emits them together, each in as many rounds as configured (Fabric's batching
 * emitter). Whether everybody gets a message is not its business: that is what the pull is for. There is a timer only while
 * something is gathered.
 */
public final class BatchingEmitter {
    private final Scheduler scheduler;
    private final PushConfig config;
    private final Consumer<List<Outgoing>> round;
    private final List<Pending> buffer = new ArrayList<>();
    private long bytes;
    private Scheduler.@Nullable Timer timer;
    private boolean stopped;

    private static final class Pending {
        private final Outgoing outgoing;
        private int rounds;

        Pending(Outgoing outgoing, int rounds) {
            this.outgoing = outgoing;
            this.rounds = rounds;
        }
    }

    /** @param round sends what takes part in one round */
    public BatchingEmitter(Scheduler scheduler, PushConfig config, Consumer<List<Outgoing>> round) {
        this.scheduler = scheduler;
        this.config = config;
        this.round = round;
    }

    /** Takes a message; emits at once if enough have gathered. */
    public void add(Outgoing outgoing) {
        if (stopped) {
            return;
        }
        buffer.add(new Pending(outgoing, config.iterations()));
        bytes += outgoing.message().size();
        if (buffer.size() >= config.maxBurstSize() || bytes >= config.maxBytes()) {
            emit();
        }
        arm();
    }

    /** How many messages wait. */
    public int size() {
        return buffer.size();
    }

    /** Forgets what has gathered and takes nothing more. */
    public void stop() {
        stopped = true;
        buffer.clear();
        disarm();
    }

    private void emit() {
        List<Outgoing> batch = new ArrayList<>();
        buffer.forEach(pending -> {
            pending.rounds--;
            batch.add(pending.outgoing);
        });
        boolean tooMuch = bytes >= config.maxBytes();
        buffer.removeIf(pending -> tooMuch || pending.rounds == 0);
        bytes = buffer.stream()
                .mapToLong(pending -> pending.outgoing.message().size())
                .sum();
        disarm();
        round.accept(batch);
    }

    private void arm() {
        if (timer == null && !buffer.isEmpty() && !stopped) {
            timer = scheduler.schedule(config.maxBurstLatency(), () -> {
                timer = null;
                emit();
                arm();
            });
        }
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
