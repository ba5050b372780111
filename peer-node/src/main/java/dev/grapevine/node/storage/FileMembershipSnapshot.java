package dev.grapevine.node.storage;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.discovery.MembershipSnapshotStore;
import dev.grapevine.proto.storage.SavedMembership;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of peers in a file. It is a convenience: what cannot be read or written costs a warning, never a start. */
public final class FileMembershipSnapshot implements MembershipSnapshotStore {
    private static final Logger log = LoggerFactory.getLogger(FileMembershipSnapshot.class);

    private final DurableFile file;

    public FileMembershipSnapshot(Path path) {
        this.file = new DurableFile(path);
    }

    @Override
    public List<SavedMember> load() {
        try {
            return SavedMembership.parseFrom(file.read().orElse(new byte[0])).getMembersList().stream()
                    .map(member -> new SavedMember(member.getAlive(), member.getInternalEndpoint()))
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            log.warn("{} is damaged; starting without remembered peers", file, e);
            return List.of();
        } catch (IOException e) {
            log.warn("cannot read {}; starting without remembered peers", file, e);
            return List.of();
        }
    }

    @Override
    public void save(List<SavedMember> members) {
        SavedMembership.Builder saved = SavedMembership.newBuilder();
        for (SavedMember member : members) {
            saved.addMembers(SavedMembership.Member.newBuilder()
                    .setAlive(member.alive())
                    .setInternalEndpoint(member.internalEndpoint()));
        }
        try {
            file.replace(saved.build().toByteArray());
        } catch (IOException e) {
            log.warn("cannot keep the table of peers in {}", file, e);
        }
    }
}
