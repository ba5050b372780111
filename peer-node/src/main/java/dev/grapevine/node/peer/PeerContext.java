package dev.grapevine.node.peer;

import dev.grapevine.channel.GossipNode;
import dev.grapevine.discovery.Discovery;
import dev.grapevine.proto.RejectionLog;

/** What the joined channels share. */
record PeerContext(
        PeerPorts ports,
        PeerSettings settings,
        Discovery discovery,
        GossipNode gossip,
        IdentityCare identityCare,
        TlsTrust tlsTrust,
        RejectionLog rejections) {}
