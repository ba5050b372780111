package dev.grapevine.cli.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.cli.Json;
import dev.grapevine.proto.Hex;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** A transaction envelope: its channel header and who made it. */
final class EnvelopeView {
    private EnvelopeView() {}

    static ObjectNode of(Envelope envelope) {
        ObjectNode view = Json.object();
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            view.put("type", type(header.getType()));
            view.put("channel", header.getChannelId());
            view.put("tx_id", header.getTxId());
            view.put(
                    "timestamp",
                    Instant.ofEpochSecond(
                                    header.getTimestamp().getSeconds(),
                                    header.getTimestamp().getNanos())
                            .toString());
            SignatureHeader signature =
                    SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader());
            view.set("creator", IdentityView.signer(signature.getCreator()));
            view.put("data_bytes", payload.getData().size());
        } catch (InvalidProtocolBufferException e) {
            view.put("error", "the payload does not parse: " + e.getMessage());
        }
        view.put("signature", Hex.of(envelope.getSignature()));
        return view;
    }

    private static String type(int number) {
        HeaderType type = HeaderType.forNumber(number);
        return type == null ? String.valueOf(number) : type.name();
    }
}
