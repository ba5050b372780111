package dev.grapevine.channel;

import dev.grapevine.proto.MspId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a channel's configuration says to gossip.
 *
 * @param sequence of the configuration; an older one than the last is ignored
 * @param anchors of every application organisation (an organisation without any is still a member), as {@code host:port}
 */
public record JoinMessage(long sequence, Map<MspId, List<String>> anchors) {
    public JoinMessage {
        Map<MspId, List<String>> copy = new TreeMap<>();
        anchors.forEach((organisation, endpoints) -> copy.put(organisation, List.copyOf(endpoints)));
        anchors = Collections.unmodifiableMap(copy);
    }

    /** For organisations without anchors. */
    public static JoinMessage of(long sequence, MspId... organisations) {
        Map<MspId, List<String>> anchors = new TreeMap<>();
        for (MspId organisation : organisations) {
            anchors.put(organisation, List.of());
        }
        return new JoinMessage(sequence, anchors);
    }
}
