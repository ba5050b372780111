package dev.grapevine.comm;

/**
 * How a stream ended.
 *
 * @param clean in good order (gRPC status OK, end of file) rather than by an error
 * @param detail for the log
 */
public record StreamEnd(boolean clean, String detail) {}
