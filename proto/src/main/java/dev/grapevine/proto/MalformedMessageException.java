package dev.grapevine.proto;

/** Bytes that should have been a message and are not. Checked, because whoever parses input must say what happens then. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String what) {
        super(what);
    }

    public MalformedMessageException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
