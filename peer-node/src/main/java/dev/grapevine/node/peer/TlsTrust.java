package dev.grapevine.node.peer;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The TLS authorities that the joined channels name, each once; tells the transport when they change. */
final class TlsTrust {
    private final Consumer<List<ByteString>> transport;
    private final Map<ChannelId, List<ByteString>> byChannel = new TreeMap<>();
    private List<ByteString> told = List.of();

    TlsTrust(Consumer<List<ByteString>> transport) {
        this.transport = transport;
    }

    void put(ChannelId channel, List<ByteString> roots) {
        byChannel.put(channel, roots);
        tell();
    }

    void remove(ChannelId channel) {
        byChannel.remove(channel);
        tell();
    }

    private void tell() {
        Set<ByteString> distinct = new LinkedHashSet<>();
        byChannel.values().forEach(distinct::addAll);
        List<ByteString> roots = new ArrayList<>(distinct);
        if (!roots.equals(told)) {
            told = roots;
            transport.accept(roots);
        }
    }
}
