package dev.grapevine.discovery;

import dev.grapevine.discovery.liveness.Swim;

/** Lets those on the ring who are alive and speak the extensions. */
final class RingKeeper implements MembershipListener {
    private final boolean extensions;
    private final Swim swim;

    /** @param extensions whether we speak them ourselves */
    RingKeeper(boolean extensions, Swim swim) {
        this.extensions = extensions;
        this.swim = swim;
    }

    @Override
    public void joined(NetworkMember member) {
        if (extensions && member.revision() > 0) {
            swim.joined(member.pkiId());
        }
    }

    @Override
    public void left(NetworkMember member) {
        swim.left(member.pkiId());
    }

    @Override
    public void updated(NetworkMember member) {
        if (member.revision() > 0) {
            joined(member);
        } else {
            left(member);
        }
    }
}
