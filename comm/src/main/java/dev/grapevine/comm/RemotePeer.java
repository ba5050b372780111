package dev.grapevine.comm;

import dev.grapevine.proto.PkiId;
import org.jspecify.annotations.Nullable;

/**
 * Where to reach a peer, and whom to expect there.
 *
 * @param endpoint {@code host:port} to dial when there is no live link
 * @param pkiId the peer expected there; null when only the address is known (bootstrap, anchor)
 */
public record RemotePeer(String endpoint, @Nullable PkiId pkiId) {
    @Override
    public String toString() {
        return pkiId == null ? endpoint : endpoint + " (" + pkiId + ")";
    }
}
