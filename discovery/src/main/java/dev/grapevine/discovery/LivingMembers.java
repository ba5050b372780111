package dev.grapevine.discovery;

import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Those who are alive, in the order of their PKI-IDs. Each change makes another list, so that whoever holds one sees by
 * comparing references whether anything has changed since.
 */
final class LivingMembers {
    private List<NetworkMember> members = List.of();
    private int plain;

    List<NetworkMember> all() {
        return members;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    int size() {
        return members.size();
    }

    /** Whether any of them is a plain Fabric peer. */
    boolean hasPlain() {
        return plain > 0;
    }

    /** Takes a member in, or another description of one. */
    void put(NetworkMember member) {
        int place = place(member.pkiId());
        List<NetworkMember> next = new ArrayList<>(members.size() + 1);
        next.addAll(members);
        if (place >= 0) {
            count(next.set(place, member), -1);
        } else {
            next.add(-place - 1, member);
        }
        count(member, 1);
        members = Collections.unmodifiableList(next);
    }

    void remove(PkiId peer) {
        int place = place(peer);
        if (place >= 0) {
            List<NetworkMember> next = new ArrayList<>(members);
            count(next.remove(place), -1);
            members = Collections.unmodifiableList(next);
        }
    }

    /** Where a peer is; if it is not there, -1 less where it belongs. */
    private int place(PkiId peer) {
        int low = 0;
        int high = members.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = members.get(middle).pkiId().compareTo(peer);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    private void count(NetworkMember member, int step) {
        plain += member.revision() == 0 ? step : 0;
    }
}
