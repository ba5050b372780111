package dev.grapevine.proto;

import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.PullMsgType;

/** Which tag a message must carry (Fabric's IsTagLegal). A router drops what is not legal and keeps the stream. */
public final class TagLegality {
    private TagLegality() {}

    /** Whether a message that reached the router carries the tag its content demands. */
    public static boolean isLegal(GossipMessage message) {
        Tag tag = message.getTag();
        return switch (message.getContentCase()) {
            case DATA_MSG, LEADERSHIP_MSG -> tag == Tag.CHAN_AND_ORG;
            case ALIVE_MSG, MEM_REQ, MEM_RES -> tag == Tag.EMPTY;
            case STATE_INFO, STATE_INFO_PULL_REQ, STATE_SNAPSHOT, STATE_REQUEST, STATE_RESPONSE ->
                tag == Tag.CHAN_OR_ORG;
            case PEER_IDENTITY -> tag == Tag.ORG_ONLY;
            case HELLO, DATA_DIG, DATA_REQ, DATA_UPDATE -> isLegalPull(pullType(message), tag);
            default -> false;
        };
    }

    private static boolean isLegalPull(PullMsgType type, Tag tag) {
        return switch (type) {
            case BLOCK_MSG -> tag == Tag.CHAN_AND_ORG;
            case IDENTITY_MSG -> tag == Tag.EMPTY;
            default -> false;
        };
    }

    /** What a pull message is about; UNDEFINED for anything that is no pull message. */
    public static PullMsgType pullType(GossipMessage message) {
        return switch (message.getContentCase()) {
            case HELLO -> message.getHello().getMsgType();
            case DATA_DIG -> message.getDataDig().getMsgType();
            case DATA_REQ -> message.getDataReq().getMsgType();
            case DATA_UPDATE -> message.getDataUpdate().getMsgType();
            default -> PullMsgType.UNDEFINED;
        };
    }

    /** Whether the message concerns a channel, by its tag. */
    public static boolean isChannelRestricted(GossipMessage message) {
        return switch (message.getTag()) {
            case CHAN_ONLY, CHAN_AND_ORG, CHAN_OR_ORG -> true;
            default -> false;
        };
    }
}
