package dev.grapevine.node;

import dev.grapevine.discovery.MembershipListener;
import dev.grapevine.discovery.NetworkMember;
import java.util.concurrent.Executor;

/** Passes changes of the membership on to a listener on its own executor. */
record OrderedMembership(Executor executor, MembershipListener listener) implements MembershipListener {
    @Override
    public void joined(NetworkMember member) {
        executor.execute(() -> listener.joined(member));
    }

    @Override
    public void left(NetworkMember member) {
        executor.execute(() -> listener.left(member));
    }

    @Override
    public void updated(NetworkMember member) {
        executor.execute(() -> listener.updated(member));
    }
}
