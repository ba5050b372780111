package dev.grapevine.node.orderer;

import io.grpc.Status;

/** What went wrong with a call, for a person: gRPC's own words and those of the deepest cause, which names the fault. */
final class Reasons {
    private Reasons() {}

    static String of(Status status) {
        StringBuilder text = new StringBuilder(status.getCode().name());
        if (status.getDescription() != null) {
            text.append(": ").append(status.getDescription());
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
