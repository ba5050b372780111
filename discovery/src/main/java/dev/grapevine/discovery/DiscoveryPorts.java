package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.Workers;

/**
 * Everything discovery touches of the world.
 *
 * @param identities holds our own identity too
 * @param gossiper pushes alive messages on
 */
public record DiscoveryPorts(
        Scheduler scheduler,
        Workers workers,
        Comm comm,
        SigningIdentity self,
        MessageCrypto crypto,
        IdentityStore identities,
        Gossiper gossiper,
        IncarnationStore incarnations,
        MembershipSnapshotStore snapshots,
        RejectionLog rejections,
        InnerMessages messages,
        Meters meters) {}
