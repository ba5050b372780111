package dev.grapevine.simulation.scenario;

import java.time.Duration;
import java.util.List;

/**
 * Who the peers are. Shares are of all peers; which ones they are, the seed decides.
 *
 * @param organisations the peers are dealt out to, one by one
 * @param external how many peers of each organisation have an external endpoint, so that other organisations may know of them; 0:
 *     all
 * @param joining time over which the peers start, one after the other
 * @param fabric share of plain Fabric peers, with Fabric's timers and none of our extensions
 * @param byzantine share of peers that behave as told, never the first of an organisation
 * @param behaviours what they do
 * @param slow share of slow peers
 * @param slowTask what each task costs a slow peer; what comes meanwhile waits
 * @param verification what checking a signature or a block costs a worker
 * @param workers how many workers a peer has
 * @param clockSkew wall clocks are up to so far off, either way
 * @param clockDrift clocks run up to so many millionths fast or slow
 */
public record PeerMix(
        int organisations,
        int external,
        Duration joining,
        double fabric,
        double byzantine,
        List<Behaviour> behaviours,
        double slow,
        Duration slowTask,
        Duration verification,
        int workers,
        Duration clockSkew,
        double clockDrift) {
    private static final int MOST_ORGANISATIONS = 100;
    private static final int MOST_WORKERS = 256;

    static PeerMix read(Section section) throws ScenarioException {
        List<Behaviour> behaviours = section.choices("behaviours", Behaviour.class);
        PeerMix read = new PeerMix(
                section.count("organisations", 1, 1, MOST_ORGANISATIONS),
                section.count("external", 0, 0, Integer.MAX_VALUE),
                section.duration("joining", Duration.ofSeconds(5)),
                section.fraction("fabric"),
                section.fraction("byzantine"),
                behaviours.isEmpty() ? List.of(Behaviour.values()) : behaviours,
                section.fraction("slow"),
                section.duration("slow-task", Duration.ofMillis(2)),
                section.duration("verification", Duration.ZERO),
                section.count("workers", 2, 1, MOST_WORKERS),
                section.duration("clock-skew", Duration.ZERO),
                section.amount("clock-drift", Quantity.PARTS_PER_MILLION));
        section.done();
        return read;
    }
}
