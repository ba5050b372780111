package dev.grapevine.node.services;

import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import java.util.Optional;

/** Whether a caller may do something, by Fabric's default access control or the channel's own. */
public interface AccessControl {
    /** What a caller must be in this node's own organisation. */
    enum LocalRole {
        MEMBER,
        ADMIN
    }

    /** Why the caller may not act on this node as a whole, if so. */
    Optional<Rejection> checkLocal(LocalRole role, SignedData caller);

    /**
     * Why the caller may not use a resource of a channel, if so.
     *
     * @param resource Fabric's resource name, such as {@code qscc/GetChainInfo}
     */
    Optional<Rejection> checkChannel(ChannelId channel, String resource, SignedData caller);
}
