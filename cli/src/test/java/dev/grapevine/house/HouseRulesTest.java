package dev.grapevine.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plan of the house: who may import whom, and what the protocol rooms must not touch. */
class HouseRulesTest {
    /** Which rooms each room may use; the order is that of the architecture page. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "proto", List.of(),
            "crypto", List.of("proto"),
            "comm", List.of("proto", "crypto"),
            "discovery", List.of("proto", "crypto", "comm"),
            "channel", List.of("proto", "crypto", "comm", "discovery"),
            "election", List.of("proto"),
            "state", List.of("proto", "crypto"),
            "node", List.of("proto", "crypto", "comm", "discovery", "channel", "election", "state"),
            "simulation", List.of("proto", "crypto", "comm", "discovery", "channel", "election", "state", "node"));

    private static final String[] PROTOCOL_ROOMS = {
        "dev.grapevine.discovery..", "dev.grapevine.channel..", "dev.grapevine.election..", "dev.grapevine.state.."
    };

    private static JavaClasses house;

    @BeforeAll
    static void walkThroughTheHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.grapevine");
    }

    @Test
    void nobodyImportsUpwardsOrSideways() {
        MAY_USE.forEach((room, allowed) -> MAY_USE.keySet().stream()
                .filter(other -> !other.equals(room) && !allowed.contains(other))
                .forEach(other -> noClasses()
                        .that()
                        .resideInAPackage("dev.grapevine." + room + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.grapevine." + other + "..")
                        .allowEmptyShould(true)
                        .check(house)));
    }

    @Test
    void onlyTheCommandHasAMain() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.grapevine.cli..", "dev.grapevine.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.grapevine.cli..")
                .check(house);
    }

    @Test
    void protocolRoomsTakeTimeRandomnessAndThreadsFromTheScheduler() {
        noClasses()
                .that()
                .resideInAnyPackage(PROTOCOL_ROOMS)
                .or()
                .resideInAPackage("dev.grapevine.comm")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        Clock.class,
                        Executor.class,
                        Executors.class,
                        ThreadLocalRandom.class,
                        Random.class,
                        SecureRandom.class)
                .allowEmptyShould(true)
                .check(house);
    }

    @Test
    void protocolRoomsKnowNoTransport() {
        noClasses()
                .that()
                .resideInAnyPackage(PROTOCOL_ROOMS)
                .or()
                .resideInAPackage("dev.grapevine.comm")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "java.net..", "java.nio.file..")
                .allowEmptyShould(true)
                .check(house);
    }

    @Test
    void recordsHoldNoArraysOfBytes() {
        classes().that().areRecords().should(new RecordsWithoutByteArrays()).check(house);
    }

    @Test
    void packagesOfARoomFormNoCycles() {
        MAY_USE.keySet()
                .forEach(room -> slices().matching("dev.grapevine." + room + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .allowEmptyShould(true)
                        .check(house));
    }
}
