package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import java.util.List;

/** Keeps the table of peers over a restart, so that a peer finds its network again even if no bootstrap peer is up. */
public interface MembershipSnapshotStore {
    /**
     * One peer of the table.
     *
     * @param alive its last alive message, a serialised envelope
     * @param internalEndpoint empty if unknown; the message may have come without its secret
     */
    record SavedMember(ByteString alive, String internalEndpoint) {}

    /** What was saved last; empty if nothing was or it cannot be read. Called once, when discovery starts. */
    List<SavedMember> load();

    /** Replaces what was saved. Runs on a worker, never twice at the same time. */
    void save(List<SavedMember> members);

    /** Remembers nothing. */
    MembershipSnapshotStore NONE = new MembershipSnapshotStore() {
        @Override
        public List<SavedMember> load() {
            return List.of();
        }

        @Override
        public void save(List<SavedMember> members) {}
    };
}
