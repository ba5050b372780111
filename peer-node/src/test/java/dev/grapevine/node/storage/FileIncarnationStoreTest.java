package dev.grapevine.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIncarnationStoreTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("incarnation");
    }

    @Test
    void beginsWithZero() {
        assertThat(new FileIncarnationStore(file).last()).isZero();
    }

    @Test
    void remembersTheLastOneOverARestart() {
        new FileIncarnationStore(file).save(5);
        new FileIncarnationStore(file).save(-1);

        assertThat(new FileIncarnationStore(file).last()).isEqualTo(-1);
    }

    @Test
    void refusesToGuessWhatATornFileSaid() throws Exception {
        Files.writeString(file, "17\u0000\u0000");

        assertThatThrownBy(() -> new FileIncarnationStore(file).last())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("remove it");
    }

    @Test
    void namesTheFileItCannotRead() throws Exception {
        Files.createDirectory(file);

        assertThatThrownBy(() -> new FileIncarnationStore(file).last())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void namesTheFileItCannotWrite() throws Exception {
        Files.createDirectories(file.resolve("occupied"));

        assertThatThrownBy(() -> new FileIncarnationStore(file).save(1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }
}
