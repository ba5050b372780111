package dev.grapevine.discovery;

import java.util.ArrayList;
import java.util.List;

/** Tells all listeners, in the order in which they were added. */
final class ListenerList implements MembershipListener {
    private final List<MembershipListener> listeners = new ArrayList<>();

    void add(MembershipListener listener) {
        listeners.add(listener);
    }

    @Override
    public void joined(NetworkMember member) {
        List.copyOf(listeners).forEach(listener -> listener.joined(member));
    }

    @Override
    public void left(NetworkMember member) {
        List.copyOf(listeners).forEach(listener -> listener.left(member));
    }

    @Override
    public void updated(NetworkMember member) {
        List.copyOf(listeners).forEach(listener -> listener.updated(member));
    }
}
