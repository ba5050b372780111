package dev.grapevine.node.deliver;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.orderer.SeekInfo.SeekContentType;

/**
 * What of a block a client wants. Fabric v3's fetchers ask for headers and signatures only where they merely watch that a
 * block is not withheld from them; configurations come whole even then, since the next signatures are judged by them.
 */
final class SeekContent {
    private SeekContent() {}

    static Block of(Block block, SeekContentType wanted) {
        return wanted == SeekContentType.HEADER_WITH_SIG && !isConfiguration(block)
                ? block.toBuilder().clearData().build()
                : block;
    }

    private static boolean isConfiguration(Block block) {
        if (block.getData().getDataCount() != 1) {
            return false;
        }
        try {
            Payload payload = Payload.parseFrom(
                    Envelope.parseFrom(block.getData().getData(0)).getPayload());
            return ChannelHeader.parseFrom(payload.getHeader().getChannelHeader())
                            .getType()
                    == HeaderType.CONFIG_VALUE;
        } catch (InvalidProtocolBufferException odd) {
            return false;
        }
    }
}
