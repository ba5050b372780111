package dev.grapevine.node.peer;

import dev.grapevine.channel.GossipNode;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.discovery.Discovery;
import dev.grapevine.proto.RejectionLog;

/** What the joined channels share. */
record PeerContext(
        PeerPorts ports,
        PeerSettings settings,
        Discovery discovery,
        GossipNode gossip,
        DistinctBlocks blocks,
        IdentityCare identityCare,
        TlsTrust tlsTrust,
        RejectionLog rejections) {}
