package dev.grapevine.simulation.run;

import dev.grapevine.simulation.scenario.Fault;
import dev.grapevine.simulation.scenario.Fault.Direction;
import dev.grapevine.simulation.scenario.Fault.Disk;
import dev.grapevine.simulation.scenario.Fault.Kind;
import dev.grapevine.simulation.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws faults of every kind, so many as a scenario leaves to chance. */
final class ChanceFaults {
    private static final double LARGEST_SHARE = 0.5;
    private static final double LARGEST_LOSS = 0.3;
    private static final int SLOWEST_MILLIS = 20;

    private ChanceFaults() {}

    static List<Fault> of(Scenario scenario, long seed) {
        Random random = new Random(seed);
        List<Fault> drawn = new ArrayList<>();
        for (int number = 0; number < scenario.chance(); number++) {
            drawn.add(draw(scenario.duration().toMillis(), random));
        }
        return drawn;
    }

    private static Fault draw(long millis, Random random) {
        Kind kind = one(Kind.values(), random);
        long at = (long) (random.nextDouble() * millis);
        long lasting = 1 + (long) (random.nextDouble() * (millis - at));
        return new Fault(
                Duration.ofMillis(at),
                kind,
                random.nextDouble() * (kind == Kind.LOSS ? LARGEST_LOSS : LARGEST_SHARE),
                Duration.ofMillis(lasting),
                one(Disk.values(), random),
                one(Direction.values(), random),
                Duration.ofMillis(1 + random.nextInt(SLOWEST_MILLIS)));
    }

    private static <T> T one(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
