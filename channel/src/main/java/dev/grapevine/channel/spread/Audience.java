package dev.grapevine.channel.spread;

import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Extension;
import java.util.List;
import java.util.Optional;

/** The peers of our organisation in the channel, and what we have ourselves, as the spreading of blocks sees them. */
public interface Audience {
    PkiId self();

    /** Living members that speak our extensions, without ourselves. */
    List<NetworkMember> capable();

    /** Living members that are plain Fabric peers. */
    List<NetworkMember> plain();

    boolean isAlive(PkiId peer);

    /** Whether there is a link with a peer now. */
    boolean isLinked(PkiId peer);

    /** Peers with whom there is a link anyway, of which everybody has about as many: our neighbours on the ring of probes. */
    List<PkiId> neighbours();

    /** Blocks a peer says it has; 0 if it has said nothing. */
    long heightOf(PkiId peer);

    /** A peer itself says how many blocks it has. */
    void heard(PkiId peer, long height);

    /** Blocks we have committed. */
    long height();

    /** The first block that we would not keep now because it is too far ahead of our chain. */
    long limit();

    /** The message of a block we have verified, without a route; empty if it is not held any more. */
    Optional<SignedGossipMessage> held(BlockName block);

    /** Sends a message as it is. */
    void send(SignedGossipMessage message, PkiId peer);

    /** Sends an extension for the channel. */
    void send(Extension extension, PkiId peer);
}
