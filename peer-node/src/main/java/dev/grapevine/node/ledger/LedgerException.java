package dev.grapevine.node.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The disk or what is on it is not as it must be. The message says what to do about it; until that is done the channel cannot
 * go on.
 */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
