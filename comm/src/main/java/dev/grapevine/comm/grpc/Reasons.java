package dev.grapevine.comm.grpc;

import io.grpc.Status;

/**
 * What went wrong with a call, for a person, in one line: gRPC's own words and those of the deepest cause, which names the
 * fault.
 */
public final class Reasons {
    private Reasons() {}

    /** Words for the log. */
    public static String of(Status status) {
        StringBuilder text = new StringBuilder(status.getCode().name());
        if (status.getDescription() != null) {
            // the lines after the first are about Netty's handlers
            status.getDescription()
                    .lines()
                    .findFirst()
                    .ifPresent(first -> text.append(": ").append(first));
        }
        Throwable deepest = status.getCause();
        while (deepest != null && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest != null && deepest.getMessage() != null) {
            text.append(" (").append(deepest.getMessage()).append(')');
        }
        return text.toString();
    }
}
