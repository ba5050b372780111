package dev.grapevine.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    Path folder;

    @Test
    void isEmptyUntilItIsWritten() throws Exception {
        assertThat(file().read()).isEmpty();
    }

    @Test
    void isReplacedAsAWhole() throws Exception {
        file().replace(bytes("a long first content"));
        file().replace(bytes("second"));

        assertThat(file().read())
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(bytes("second")));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("file"));
        }
    }

    @Test
    void keepsTheOldContentIfACrashTearsTheNewOne() throws Exception {
        file().replace(bytes("old"));
        Files.write(folder.resolve("file.new"), bytes("torn by a crash, and longer than what comes next"));

        assertThat(file().read())
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(bytes("old")));
        file().replace(bytes("new"));

        assertThat(file().read())
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(bytes("new")));
    }

    @Test
    void saysSoIfItCannotBeWritten() {
        DurableFile nowhere = new DurableFile(folder.resolve("missing").resolve("file"));

        assertThatThrownBy(() -> nowhere.replace(bytes("content"))).isInstanceOf(IOException.class);
    }

    private DurableFile file() {
        return new DurableFile(folder.resolve("file"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
