package dev.grapevine.simulation.run;

/** What all peers are in place of what the scenario says. */
public enum Baseline {
    /** Peers as the scenario says. */
    NONE("none"),
    /** Plain Fabric peers: the production classes with every extension off. */
    FABRIC("fabric"),
    /** Plain Fabric peers: a model of them, for thousands. */
    FABRIC_MODEL("fabric-model");

    private final String label;

    Baseline(String label) {
        this.label = label;
    }

    /** Its name for people and machines. */
    @Override
    public String toString() {
        return label;
    }
}
