package dev.grapevine.channel;

import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.Chaincode;

/**
 * A peer that is alive and in the channel, as it describes itself.
 *
 * @param ledgerHeight number of blocks it claims to have, unsigned; nobody else vouches for it
 * @param chaincodes committed ones that are installed on it
 */
public record ChannelPeer(NetworkMember member, MspId organisation, long ledgerHeight, List<Chaincode> chaincodes) {
    public ChannelPeer {
        chaincodes = List.copyOf(chaincodes);
    }

    public PkiId pkiId() {
        return member.pkiId();
    }
}
