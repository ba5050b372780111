package dev.grapevine.proto;

/** The identifier of an organisation's membership service provider; two peers with equal MSP IDs are of one organisation. */
public record MspId(String name) implements Comparable<MspId> {
    /** @throws IllegalArgumentException if the name is empty */
    public MspId {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an MSP ID must not be empty");
        }
    }

    @Override
    public int compareTo(MspId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
