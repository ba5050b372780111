package dev.grapevine.state.deliver;

import dev.grapevine.proto.Rejection;

/**
 * Why a stream ended.
 *
 * @param blame whether the ordering node sent something that no honest one sends
 */
record Failure(Rejection why, boolean blame) {
    /** It could not be reached, refused, or went away. */
    static Failure trouble(String reason, String detail) {
        return new Failure(new Rejection(reason, detail), false);
    }

    /** It sent a bad block. */
    static Failure badBlock(Rejection why) {
        return new Failure(why, true);
    }
}
