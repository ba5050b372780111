package dev.grapevine.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.cli.Json;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.proto.Hex;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** A block: its hashes, given and computed, its transactions and who signed it. */
final class BlockView {
    private BlockView() {}

    static ObjectNode of(Block block) {
        ObjectNode view = Json.object();
        view.put("number", block.getHeader().getNumber());
        view.put("previous_hash", Hex.of(block.getHeader().getPreviousHash()));
        view.put("data_hash", Hex.of(block.getHeader().getDataHash()));
        view.put("computed_data_hash", Hex.of(BlockHash.ofData(block)));
        view.put("header_hash", Hex.of(BlockHash.ofHeader(block.getHeader())));
        transactions(block, view);
        signatures(block, view);
        return view;
    }

    private static void transactions(Block block, ObjectNode view) {
        view.putNull("channel");
        view.put("transactions", block.getData().getDataCount());
        ArrayNode ids = view.putArray("tx_ids");
        boolean config = false;
        for (ByteString entry : block.getData().getDataList()) {
            Optional<ChannelHeader> header = header(entry);
            ids.add(header.map(ChannelHeader::getTxId).orElse(""));
            if (view.get("channel").isNull()) {
                header.ifPresent(present -> view.put("channel", present.getChannelId()));
            }
            config |= header.filter(h -> h.getType() == HeaderType.CONFIG_VALUE).isPresent();
        }
        view.put("is_config", config && block.getData().getDataCount() == 1);
    }

    static Optional<ChannelHeader> header(ByteString entry) {
        try {
            Payload payload = Payload.parseFrom(Envelope.parseFrom(entry).getPayload());
            return Optional.of(ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static void signatures(Block block, ObjectNode view) {
        ArrayNode signatures = view.putArray("signatures");
        view.putNull("last_config");
        if (block.getMetadata().getMetadataCount() == 0) {
            return;
        }
        try {
            Metadata metadata = Metadata.parseFrom(block.getMetadata().getMetadata(0));
            if (!metadata.getValue().isEmpty()) {
                view.put(
                        "last_config",
                        OrdererBlockMetadata.parseFrom(metadata.getValue())
                                .getLastConfig()
                                .getIndex());
            }
            for (MetadataSignature signature : metadata.getSignaturesList()) {
                signatures.add(IdentityView.signer(SignatureHeader.parseFrom(signature.getSignatureHeader())
                        .getCreator()));
            }
        } catch (InvalidProtocolBufferException e) {
            view.put("metadata_error", "the signatures do not parse: " + e.getMessage());
        }
    }
}
