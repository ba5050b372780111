package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Figures;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The scenarios by name, with the sizes and rates of the measurements of Fabric's gossip. */
public enum Scenario {
    IDLE("nothing to do for 40 s"),
    MEMBERSHIP("from the first start until everybody sees everybody"),
    DISSEM_1K("blocks of 1 KiB, 10 a second for 30 s"),
    DISSEM_1K_SLOW("blocks of 1 KiB, 1 a second for 50 s"),
    DISSEM_100K("blocks of 100 KiB, 2 a second for 40 s"),
    DISSEM_1M("blocks of 1 MiB, 1, 0.5 or 0.2 a second (up to 4, 16, more peers) for 40 s"),
    THROUGHPUT_CLOSED("blocks of 100 KiB for 20 s, the next when the slowest is fewer than 10 behind"),
    THROUGHPUT_OPEN("blocks of 100 KiB for 20 s, --rate a second"),
    CATCHUP("a newcomer fetches 2,000 blocks of 10 KiB, five times"),
    CATCHUP_20K("a newcomer fetches 20,000 blocks of 10 KiB, three times"),
    FAILURE_CRASH("a peer's connections and port are closed"),
    FAILURE_BLACKHOLE("a peer answers no more, its connections stay"),
    LEADER("the elected leader dies"),
    ECDSA("signatures and verifications of 256 bytes on one thread");

    private static final int KIB = 1024;

    private final String summary;

    Scenario(String summary) {
        this.summary = summary;
    }

    /** The name in the command. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String summary() {
        return summary;
    }

    /** The one of this label. */
    public static Optional<Scenario> labelled(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst();
    }

    /**
     * Plays it; takes a minute or two.
     *
     * @throws IllegalStateException if the network does not do in a minute what the scenario needs
     */
    public Figures play(Stage stage) throws IOException {
        return switch (this) {
            case IDLE -> IdleScenario.play(stage);
            case MEMBERSHIP -> MembershipScenario.play(stage);
            case DISSEM_1K -> new Dissemination(KIB, 10, 30).play(stage);
            case DISSEM_1K_SLOW -> new Dissemination(KIB, 1, 50).play(stage);
            case DISSEM_100K -> new Dissemination(100 * KIB, 2, 40).play(stage);
            case DISSEM_1M ->
                new Dissemination(KIB * KIB, Dissemination.rateOfLargeBlocks(stage.peers()), 40).play(stage);
            case THROUGHPUT_CLOSED -> ClosedThroughput.play(stage);
            case THROUGHPUT_OPEN -> new Dissemination(100 * KIB, stage.blockRate(), 20).play(stage);
            case CATCHUP -> new CatchUp(2_000, 5).play(stage);
            case CATCHUP_20K -> new CatchUp(20_000, 3).play(stage);
            case FAILURE_CRASH -> FailureScenario.play(stage, false);
            case FAILURE_BLACKHOLE -> FailureScenario.play(stage, true);
            case LEADER -> LeaderScenario.play(stage);
            case ECDSA -> EcdsaScenario.play(stage);
        };
    }
}
