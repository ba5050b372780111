package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.MspId;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** What the scenarios have in common: a network that is up, and waiting for things with a limit. */
final class Scenario {
    static final MspId ORG1 = new MspId("Org1MSP");
    static final MspId ORG2 = new MspId("Org2MSP");

    /** Fabric's bound for noticing a silent peer: the expiration time-out, one check of it, one heartbeat's way. */
    static final Duration DECLARED_DEAD = Duration.ofSeconds(25 + 3);

    /** A peer's last message may have gone to a few others only; these pass it on when they are asked, every 4 s. */
    static final Duration LAST_SIGN_OF_LIFE = Duration.ofSeconds(3 * 4);

    private final ModelledNetwork modelled;
    private final SimulatedNetwork network;

    private Scenario(ModelledNetwork modelled) {
        this.modelled = modelled;
        this.network = modelled.network();
    }

    /** One organisation, whose peers know each other and have a leader. */
    static Scenario running(long seed, int peers) {
        return running(seed, peers, UnaryOperator.identity());
    }

    static Scenario running(long seed, int peers, UnaryOperator<PeerSettings> adjust) {
        Scenario scenario = new Scenario(new ModelledNetwork(seed, ORG1));
        scenario.network.addPeers(ORG1, peers, adjust);
        scenario.settles();
        return scenario;
    }

    /** Two organisations of so many peers each. */
    static Scenario runningTwoOrganisations(long seed, int peers) {
        Scenario scenario = starting(seed, peers, ORG1, ORG2);
        scenario.settles();
        return scenario;
    }

    /** Organisations of so many peers each, which have only just started. */
    static Scenario starting(long seed, int peers, MspId... organisations) {
        Scenario scenario = new Scenario(new ModelledNetwork(seed, organisations));
        for (MspId organisation : organisations) {
            scenario.network.addPeers(organisation, peers);
        }
        return scenario;
    }

    SimulatedNetwork network() {
        return network;
    }

    List<SimulatedPeer> peers() {
        return network.peers();
    }

    SimulatedPeer peer(int number) {
        return network.peers().get(number);
    }

    void order(int blocks) {
        modelled.order(blocks, 500);
    }

    void orderConfiguration() {
        modelled.orderConfiguration();
    }

    void revoke(SimulatedPeer peer) {
        modelled.revoke(peer);
    }

    /** Orders blocks one at a time, as load goes on. */
    void order(int blocks, Duration pause) {
        for (int number = 0; number < blocks; number++) {
            order(1);
            network.run(pause);
        }
    }

    SimulatedPeer leader(MspId organisation) {
        List<SimulatedPeer> leaders = network.leaders(organisation);
        assertThat(leaders).as("leaders of " + organisation).hasSize(1);
        return leaders.get(0);
    }

    /** Waits until everybody sees everybody and each organisation has exactly one leader. */
    void settles() {
        within(Duration.ofSeconds(150), "full membership", network::isComplete);
        within(Duration.ofSeconds(60), "one leader in each organisation", this::oneLeaderEach);
    }

    boolean oneLeaderEach() {
        return network.running().stream()
                .map(SimulatedPeer::organisation)
                .distinct()
                .allMatch(organisation -> network.leaders(organisation).size() == 1);
    }

    /** Waits until everybody has all blocks. That they are the ordered ones is checked at every commit. */
    void allBlocksArriveWithin(Duration limit) {
        within(limit, "everybody has every block", network::allHaveEverything);
    }

    void within(Duration limit, String what, BooleanSupplier condition) {
        assertThat(network.runUntil(condition, limit))
                .as("%s within %s of virtual time; %s", what, limit, describe())
                .isTrue();
    }

    private String describe() {
        StringBuilder text = new StringBuilder("ordered " + network.ordered());
        for (SimulatedPeer peer : network.running()) {
            text.append(String.format(
                    "%n  %s height %d, sees %d, in channel %d%s",
                    peer.address(),
                    peer.height(),
                    peer.membersAlive(),
                    peer.channelMembers(),
                    peer.isLeader() ? ", leads" : ""));
        }
        return text.toString();
    }
}
