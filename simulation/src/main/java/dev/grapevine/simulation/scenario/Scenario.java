package dev.grapevine.simulation.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a simulation is to be.
 *
 * @param name of its file
 * @param description for people
 * @param duration in which blocks are ordered and faults happen, after all peers know each other
 * @param quiet time without faults and new blocks at the end, in which everything must come right
 * @param chance so many faults more, of any kind and at any time, as the seed decides
 */
public record Scenario(
        String name,
        String description,
        Duration duration,
        Duration quiet,
        int chance,
        NetworkConditions network,
        BlockLoad blocks,
        PeerMix peers,
        List<Fault> faults) {
    private static final int MOST_CHANCE = 1000;

    static Scenario read(String name, Section section) throws ScenarioException {
        List<Fault> faults = new ArrayList<>();
        for (Section fault : section.sections("faults")) {
            faults.add(Fault.read(fault));
        }
        Scenario read = new Scenario(
                name,
                section.text("description", ""),
                section.positive("duration", Duration.ofSeconds(60)),
                section.duration("quiet", Duration.ofSeconds(30)),
                section.count("chance", 0, 0, MOST_CHANCE),
                NetworkConditions.read(section.section("network")),
                BlockLoad.read(section.section("blocks")),
                PeerMix.read(section.section("peers")),
                faults);
        section.done();
        return read.checked(section);
    }

    private Scenario checked(Section section) throws ScenarioException {
        for (Fault fault : faults) {
            if (fault.at().plus(fault.lasting()).compareTo(duration) > 0) {
                throw section.refuse("duration", "long enough for the fault '" + fault + "' to begin and end");
            }
        }
        return this;
    }

    /**
     * The same over another time.
     *
     * @param text as in the file
     * @throws ScenarioException if it is no duration, or too short for the faults
     */
    public Scenario lasting(String text) throws ScenarioException {
        Section section = Section.of("", Map.of("duration", text));
        Duration changed = section.positive("duration", duration);
        return new Scenario(name, description, changed, quiet, chance, network, blocks, peers, faults).checked(section);
    }
}
