package dev.grapevine.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.discovery.MembershipSnapshotStore.SavedMember;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMembershipSnapshotTest {
    private static final List<SavedMember> TABLE = List.of(
            new SavedMember(ByteString.copyFromUtf8("alive 1"), "peer1:7051"),
            new SavedMember(ByteString.copyFromUtf8("alive 2"), ""));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("peers");
    }

    @Test
    void remembersThePeersOverARestart() {
        new FileMembershipSnapshot(file).save(TABLE);

        assertThat(new FileMembershipSnapshot(file).load()).isEqualTo(TABLE);
    }

    @Test
    void knowsNobodyAtFirst() {
        assertThat(new FileMembershipSnapshot(file).load()).isEmpty();
    }

    @Test
    void startsWithoutAFileThatIsTorn() throws Exception {
        new FileMembershipSnapshot(file).save(TABLE);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        assertThat(new FileMembershipSnapshot(file).load()).isEmpty();
    }

    @Test
    void startsWithoutAFileThatCannotBeReadAndGoesOnIfItCannotBeWritten() throws Exception {
        Files.createDirectories(file.resolve("occupied"));
        FileMembershipSnapshot snapshot = new FileMembershipSnapshot(file);

        assertThat(snapshot.load()).isEmpty();
        snapshot.save(TABLE);

        assertThat(snapshot.load()).isEmpty();
    }

    @Property(tries = 50)
    void neverFailsOnWhateverTheFileHolds(@ForAll byte[] content) throws Exception {
        Path garbage = Files.createTempFile("peers", null);
        try {
            Files.write(garbage, content);

            assertThat(new FileMembershipSnapshot(garbage).load()).isNotNull();
        } finally {
            Files.delete(garbage);
        }
    }
}
