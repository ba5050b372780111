package dev.grapevine.simulation.scenario;

/** What a Byzantine peer does besides taking part. */
public enum Behaviour {
    /** Sends blocks whose content it has changed. */
    FORGE,
    /** Sends old frames again. */
    REPLAY,
    /** Keeps the blocks it should pass on. */
    WITHHOLD,
    /** Announces heights it does not have, and offers blocks that do not exist. */
    LIE,
    /** Sends as much as it can. */
    FLOOD
}
