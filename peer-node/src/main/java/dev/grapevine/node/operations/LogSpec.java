package dev.grapevine.node.operations;

/** The logging backend, as far as its levels can be changed while it runs. Safe from any thread. */
public interface LogSpec {
    /** The levels in force, as Fabric writes them: {@code info:dev.grapevine.comm=debug}. */
    String current();

    /**
     * Puts other levels in force.
     *
     * @throws IllegalArgumentException if this is not such a specification, saying what is wrong; nothing has changed then
     */
    void activate(String spec);
}
