package dev.grapevine.channel;

import dev.grapevine.proto.MspId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which organisations a channel has, as the last accepted join message says. */
final class ChannelOrganisations {
    private JoinMessage current;
    private Set<MspId> members;

    ChannelOrganisations(JoinMessage first) {
        this.current = first;
        this.members = new HashSet<>(first.anchors().keySet());
    }

    /** Takes a configuration unless it is empty or older than the current one; says whether it did. */
    boolean accept(JoinMessage join) {
        if (join.anchors().isEmpty() || Long.compareUnsigned(join.sequence(), current.sequence()) < 0) {
            return false;
        }
        current = join;
        members = new HashSet<>(join.anchors().keySet());
        return true;
    }

    boolean contains(MspId organisation) {
        return members.contains(organisation);
    }

    List<MspId> all() {
        return new ArrayList<>(current.anchors().keySet());
    }

    /** Anchor peers of all organisations, as {@code host:port}. */
    List<String> anchors() {
        return current.anchors().values().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }
}
