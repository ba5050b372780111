package dev.grapevine.simulation;

import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.node.peer.ChannelTrust;
import dev.grapevine.proto.MspId;

/** Who the peers of a simulation are, and whom each of them trusts. */
interface Credentials {
    /** The identity of an organisation's peer; the same each time. */
    SigningIdentity identity(MspId organisation, int number);

    /** The trust of a node of an organisation that has just started and joined nothing yet. */
    ChannelTrust newTrust(MspId organisation);
}
