package dev.grapevine.state.deliver;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import org.hyperledger.fabric.protos.common.Status;

/** Why a stream ended. */
record Failure(Kind kind, Rejection why) {
    enum Kind {
        /** It could not be reached, had nothing for us or went away. */
        TROUBLE,
        /** We may not read the channel. */
        REFUSAL,
        /** It sent something that no honest ordering node sends. */
        BAD_BLOCK
    }

    static Failure trouble(String reason, String detail) {
        return new Failure(Kind.TROUBLE, new Rejection(reason, detail));
    }

    static Failure badBlock(Rejection why) {
        return new Failure(Kind.BAD_BLOCK, why);
    }

    /** The ordering node has answered with a status instead of a block. */
    static Failure status(Status status, ChannelId channel) {
        Rejection why = new Rejection("status-" + status.getNumber(), "answered " + status + " for channel " + channel);
        return new Failure(status == Status.FORBIDDEN ? Kind.REFUSAL : Kind.TROUBLE, why);
    }
}
