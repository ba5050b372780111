package dev.grapevine.cli.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Json;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.TagLegality;
import java.nio.file.Path;
import java.util.Locale;

/** A gossip message as it travels. */
final class MessageView {
    private MessageView() {}

    static ObjectNode of(Path file, ByteString bytes) {
        SignedGossipMessage message;
        try {
            message = SignedGossipMessage.parse(bytes);
        } catch (MalformedMessageException e) {
            throw new CommandFailure(file + " is no gossip message", e);
        }
        ObjectNode view = Json.object();
        view.put("type", message.type().name().toLowerCase(Locale.ROOT));
        view.put("tag", message.message().getTag().name());
        view.put("tag_legal", TagLegality.isLegal(message.message()));
        view.put("nonce", Long.toUnsignedString(message.message().getNonce()));
        view.put("channel", message.message().getChannel().toStringUtf8());
        view.put("signed", message.isSigned());
        if (message.envelope().hasSecretEnvelope()) {
            view.putObject("secret")
                    .put("internal_endpoint", message.internalEndpoint().orElse(""));
        } else {
            view.putNull("secret");
        }
        view.set("content", Json.of(message.message()));
        return view;
    }
}
