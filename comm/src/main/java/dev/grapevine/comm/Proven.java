package dev.grapevine.comm;

/**
 * What a handshake yields: a stream and who is at its other end.
 *
 * @param probe whether the other side only wanted to know who we are
 */
record Proven(FrameStream stream, ConnectionInfo connection, boolean probe) {}
