package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.PkiId;

/**
 * A peer as its last alive message describes it.
 *
 * @param endpoint the external endpoint, for every organisation; may be empty
 * @param internalEndpoint the endpoint for its own organisation; empty if unknown
 * @param revision of Grapevine's extensions it speaks; 0 for a plain Fabric peer
 */
public record NetworkMember(PkiId pkiId, String endpoint, String internalEndpoint, ByteString metadata, int revision) {
    /** Where to dial it: the internal endpoint if known, else the external one. */
    public String preferredEndpoint() {
        return internalEndpoint.isEmpty() ? endpoint : internalEndpoint;
    }

    /** Whether it may be known outside its organisation. */
    public boolean hasExternalEndpoint() {
        return !endpoint.isEmpty();
    }

    /** Its address for {@link dev.grapevine.comm.Comm}. */
    public RemotePeer remotePeer() {
        return new RemotePeer(preferredEndpoint(), pkiId);
    }
}
