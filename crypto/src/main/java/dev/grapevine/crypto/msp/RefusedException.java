package dev.grapevine.crypto.msp;

import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;

/** Carries a rejection out of nested checks, to where this package turns it into a verdict; it never leaves the package. */
final class RefusedException extends Exception {
    private final transient Rejection rejection;

    RefusedException(String reason, String detail) {
        this(new Rejection(reason, detail));
    }

    private RefusedException(Rejection rejection) {
        super(rejection.toString(), null, false, false);
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }

    /** The same, saying where it happened. */
    RefusedException in(String place) {
        return new RefusedException(new Rejection(rejection.reason(), place + ": " + rejection.detail()));
    }

    /** Something that either gives a value or is refused. */
    @FunctionalInterface
    interface Check<T> {
        T run() throws RefusedException;
    }

    static <T> Verdict<T> verdict(Check<T> check) {
        try {
            return Verdict.accepted(check.run());
        } catch (RefusedException e) {
            return Verdict.rejected(e.rejection);
        }
    }
}
