package dev.grapevine.channel;

import dev.grapevine.discovery.Membership;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who is alive, as the test says. */
final class FakeMembership implements Membership {
    private final NetworkMember self;
    private final Map<PkiId, NetworkMember> alive = new TreeMap<>();
    private final Map<PkiId, NetworkMember> dead = new TreeMap<>();
    private List<PkiId> neighbours = List.of();
    private boolean calm;
    private boolean strangers;

    FakeMembership(NetworkMember self) {
        this.self = self;
    }

    /** Says that everybody speaks the extensions and is judged by probes, and who the neighbours are. */
    void calm(PkiId... probed) {
        neighbours = List.of(probed);
        calm = true;
    }

    /** Somebody without an identity is said to be alive. */
    void stranger() {
        strangers = true;
    }

    @Override
    public boolean hasStrangers() {
        return strangers;
    }

    /** A plain peer has come. */
    void unrest() {
        calm = false;
    }

    void alive(NetworkMember member) {
        dead.remove(member.pkiId());
        alive.put(member.pkiId(), member);
    }

    void dies(PkiId peer) {
        NetworkMember member = alive.remove(peer);
        if (member != null) {
            dead.put(peer, member);
        }
    }

    void forget(PkiId peer) {
        alive.remove(peer);
        dead.remove(peer);
    }

    @Override
    public NetworkMember self() {
        return self;
    }

    @Override
    public List<NetworkMember> alive() {
        return new ArrayList<>(alive.values());
    }

    @Override
    public Optional<NetworkMember> lookup(PkiId pkiId) {
        if (pkiId.equals(self.pkiId())) {
            return Optional.of(self);
        }
        return Optional.ofNullable(alive.getOrDefault(pkiId, dead.get(pkiId)));
    }

    @Override
    public boolean isCalm() {
        return calm;
    }

    @Override
    public List<PkiId> neighbours() {
        return neighbours;
    }

    @Override
    public boolean isAlive(PkiId pkiId) {
        return pkiId.equals(self.pkiId()) || alive.containsKey(pkiId);
    }
}
