package dev.grapevine.channel;

import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.extension.Extension;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where an extension message goes: to discovery or to the channel it names. Only peers that have shown the capability mark
 * may send any, and only while we show it ourselves.
 */
final class ExtensionRouter {
    private final GossipPorts ports;
    private final Channels channels;
    private final Consumer<ReceivedMessage> discovery;

    ExtensionRouter(GossipPorts ports, Channels channels, Consumer<ReceivedMessage> discovery) {
        this.ports = ports;
        this.channels = channels;
        this.discovery = discovery;
    }

    void receive(ReceivedMessage received, Extension extension) {
        if (ports.membership().self().revision() == 0 || received.sender().revision() == 0) {
            ports.reject(received.sender(), "extension-without-mark", "extensions go between peers that announce them");
        } else if (Extensions.subject(extension) == Extensions.Subject.UNKNOWN) {
            ports.drop("unknown-extension");
        } else if (!Extensions.hasLegalTag(received.message(), extension)) {
            ports.reject(
                    received.sender(),
                    "illegal-tag",
                    extension.getContentCase() + " with tag "
                            + received.message().message().getTag());
        } else if (!Extensions.isBulk(extension) && received.message().size() > Extensions.MAX_CONTROL_BYTES) {
            ports.reject(
                    received.sender(),
                    "oversized-extension",
                    extension.getContentCase() + " of " + received.message().size() + " bytes; at most "
                            + Extensions.MAX_CONTROL_BYTES);
        } else {
            dispatch(received, extension);
        }
    }

    private void dispatch(ReceivedMessage received, Extension extension) {
        if (Extensions.subject(extension) == Extensions.Subject.LIVENESS) {
            discovery.accept(received);
            return;
        }
        Optional<GossipChannel> channel =
                channels.byName(received.message().message().getChannel());
        channel.ifPresentOrElse(
                joined -> joined.inbox().handle(received, extension), () -> ports.drop("unknown-channel"));
    }
}
