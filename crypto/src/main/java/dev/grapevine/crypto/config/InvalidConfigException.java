package dev.grapevine.crypto.config;

import dev.grapevine.proto.Rejection;

/** A configuration is refused; ends the reading of it and becomes a verdict before it leaves this package. */
final class InvalidConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rejection why;

    InvalidConfigException(Rejection why) {
        super(why.toString());
        this.why = why;
    }

    InvalidConfigException(String reason, String detail) {
        this(new Rejection(reason, detail));
    }

    Rejection why() {
        return why;
    }

    static void require(boolean condition, String reason, String detail) throws InvalidConfigException {
        if (!condition) {
            throw new InvalidConfigException(reason, detail);
        }
    }
}
