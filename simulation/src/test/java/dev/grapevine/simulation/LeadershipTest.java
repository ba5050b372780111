package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static dev.grapevine.simulation.Scenario.ORG2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.state.deliver.DeliverConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One leader in each organisation, and blocks that do not mind who it is. */
class LeadershipTest {
    /** Silence until followers miss the leader (two waits of 10 s at most), and an election of 5 s. */
    private static final Duration FABRICS_FAILOVER = Duration.ofSeconds(10 + 10 + 5 + 1);

    @Test
    void anotherPeerLeadsSoonAfterTheLeaderHasCrashed() {
        Scenario scenario = Scenario.running(21, 10);
        SimulatedPeer leader = scenario.leader(ORG1);

        scenario.network().crash(leader);
        scenario.order(10);

        scenario.within(FABRICS_FAILOVER, "a new leader", scenario::oneLeaderEach);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(5));

        scenario.network().restart(leader);

        scenario.settles();
        scenario.network().run(Duration.ofSeconds(30));
        assertThat(scenario.network().leaders()).hasSize(1);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(5));
    }

    @Test
    void tenChangesOfTheLeaderUnderLoadNeitherDoubleNorLoseABlock() {
        Scenario scenario = Scenario.running(22, 6);

        for (int change = 0; change < 10; change++) {
            SimulatedPeer leader = scenario.leader(ORG1);
            scenario.order(5, Duration.ofMillis(100));
            scenario.network().crash(leader);
            scenario.order(20, Duration.ofMillis(500));
            scenario.within(FABRICS_FAILOVER, "a new leader", scenario::oneLeaderEach);
            scenario.network().restart(leader);
            scenario.order(5, Duration.ofMillis(100));
            scenario.settles();
        }

        scenario.allBlocksArriveWithin(Duration.ofSeconds(20));
        assertThat(scenario.network().ordered()).isEqualTo(1 + 10 * 30);
    }

    @Test
    void aLeaderWhoseClockWasSetBackIsStillHeard() {
        Scenario scenario = Scenario.running(26, 6);
        SimulatedPeer leader = scenario.leader(ORG1);
        scenario.network().crash(leader);
        scenario.within(FABRICS_FAILOVER, "a new leader", scenario::oneLeaderEach);

        scenario.network().restart(leader, Duration.ofHours(-1));
        scenario.network().crash(scenario.leader(ORG1));

        scenario.network().run(FABRICS_FAILOVER.multipliedBy(2));
        assertThat(scenario.network().leaders()).hasSize(1);
    }

    /** As when its certificate was revoked: no waiting helps, and others are served. */
    @Test
    void aLeaderThatTheOrderingServiceRefusesLetsAnotherLeadWithinSeconds() {
        Scenario scenario = Scenario.running(27, 6);
        SimulatedPeer refused = scenario.leader(ORG1);

        scenario.network().refuseOrderingTo(refused);
        scenario.order(20);

        scenario.within(
                FABRICS_FAILOVER.plusSeconds(15),
                "another leader",
                () -> scenario.oneLeaderEach() && scenario.leader(ORG1) != refused);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(5));
    }

    @Test
    void aLeaderThatCannotReachTheOrderingServiceLetsAnotherLead() {
        Scenario scenario = Scenario.running(
                23,
                6,
                settings -> settings.withDeliver(
                        DeliverConfig.defaults().withThresholds(Duration.ofSeconds(20), Duration.ofSeconds(5))));
        SimulatedPeer cutOff = scenario.leader(ORG1);

        scenario.network().cutOffFromOrdering(List.of(cutOff));
        scenario.order(20);

        scenario.within(
                Duration.ofSeconds(90),
                "another leads",
                () -> scenario.oneLeaderEach() && !scenario.network().leaders().contains(cutOff));
        scenario.allBlocksArriveWithin(Duration.ofSeconds(10));
    }

    @Test
    void blocksCrossToAnOrganisationThatCannotReachTheOrderingService() {
        Scenario scenario = Scenario.runningTwoOrganisations(24, 5);
        List<SimulatedPeer> second = scenario.peers().subList(5, 10);

        scenario.network().cutOffFromOrdering(second);
        scenario.order(200, Duration.ofMillis(50));

        scenario.allBlocksArriveWithin(Duration.ofSeconds(30));
    }

    @Test
    void eachOrganisationHasALeaderOfItsOwn() {
        Scenario scenario = Scenario.runningTwoOrganisations(25, 8);

        scenario.network().crash(scenario.leader(ORG2));
        scenario.order(20, Duration.ofMillis(100));

        scenario.within(FABRICS_FAILOVER, "one leader each", scenario::oneLeaderEach);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(10));
        assertThat(scenario.leader(ORG1)).isNotEqualTo(scenario.leader(ORG2));
    }
}
