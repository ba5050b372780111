package dev.grapevine.simulation.scenario;

/** A scenario cannot be used; the message names the key, its value and what would be right. */
public final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message naming the key, its value and what would be right */
    public ScenarioException(String message) {
        super(message);
    }
}
