package dev.grapevine.proto;

/**
 * Why something a peer sent, or a certificate claims, was refused. A peer's misbehaviour is a value, never an exception.
 *
 * @param reason a short constant label in lower case with dashes, fit for a metric ("expired-identity")
 * @param detail what was wrong and what would have been right, for a person
 */
public record Rejection(String reason, String detail) {
    @Override
    public String toString() {
        return reason + ": " + detail;
    }
}
