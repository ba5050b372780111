package dev.grapevine.node.deliver;

import com.google.protobuf.ByteString;

/**
 * What a client signed to be let in.
 *
 * @param creator its serialised identity
 * @param payload the signed bytes
 */
public record SignedRequest(ByteString creator, ByteString payload, ByteString signature) {}
