package dev.grapevine.comm;

/**
 * How a stream ended.
 *
 * @param detail for the log
 */
public record StreamEnd(Kind kind, String detail) {
    /** Why streams end. */
    public enum Kind {
        /** The other side said so: gRPC status OK, end of file. */
        IN_ORDER,
        /** By an error of either side or of what is between. */
        BROKEN,
        /** By our transport, because a stranger sent more than we take before the handshake. */
        OVERSPENT
    }

    public static StreamEnd inOrder(String detail) {
        return new StreamEnd(Kind.IN_ORDER, detail);
    }

    public static StreamEnd broken(String detail) {
        return new StreamEnd(Kind.BROKEN, detail);
    }

    public static StreamEnd overspent(String detail) {
        return new StreamEnd(Kind.OVERSPENT, detail);
    }

    /** In good order rather than by an error. */
    public boolean clean() {
        return kind == Kind.IN_ORDER;
    }
}
