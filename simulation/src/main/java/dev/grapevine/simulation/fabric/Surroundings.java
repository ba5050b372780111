package dev.grapevine.simulation.fabric;

import java.util.SplittableRandom;

/** What everything in the model has to do with. */
record Surroundings(
        Timeline time,
        Roster roster,
        Wires wires,
        Choice choice,
        EmitterRounds rounds,
        Identities identities,
        Membership membership,
        SplittableRandom random) {}
