package dev.grapevine.simulation.run;

/** A scenario that can be run, once. */
public interface Run {
    /** What is going on, for people; may be asked from any thread. */
    String progress();

    /**
     * Runs it from the beginning to the end.
     *
     * @throws AssertionError as soon as a peer's chain forks, has a gap or repeats itself; the message says when
     */
    Outcome run();
}
