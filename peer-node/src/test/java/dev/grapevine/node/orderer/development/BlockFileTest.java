package dev.grapevine.node.orderer.development;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFileTest {
    private static final int BLOCKS = 20;

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("blocks");
    }

    @Test
    void keepsBlocksOverARestart() throws IOException {
        write(2000);

        try (BlockFile file = BlockFile.open(path)) {
            assertThat(file.height()).isEqualTo(2000);
            assertThat(file.read(0)).isEqualTo(block(0));
            assertThat(file.read(1999)).isEqualTo(block(1999));
            assertThatThrownBy(() -> file.read(2000)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void whereverTheFileBreaksOffTheBlocksBeforeThatAreThereAndItGoesOn() throws IOException {
        write(BLOCKS);
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(7);
        for (int cut = 0; cut < 50; cut++) {
            int length = random.nextInt(whole.length + 1);
            Files.write(path, Arrays.copyOf(whole, length));
            try (BlockFile file = BlockFile.open(path)) {
                int height = file.height();
                for (int number = 0; number < height; number++) {
                    assertThat(file.read(number)).isEqualTo(block(number));
                }
                file.append(block(height));
                assertThat(file.read(height)).isEqualTo(block(height));
            }
        }
    }

    @Test
    void movesAnIncompleteTailAside() throws IOException {
        write(BLOCKS);
        long size = Files.size(path);
        Files.write(path, new byte[] {0, 0, 1, 0, 9, 9, 9, 9, 1, 2, 3}, StandardOpenOption.APPEND);

        try (BlockFile file = BlockFile.open(path)) {
            assertThat(file.height()).isEqualTo(BLOCKS);
        }

        assertThat(path).hasSize(size);
        assertThat(folder.resolve("blocks.incomplete-" + size)).hasSize(11);
    }

    @Test
    void refusesAFileThatIsDamagedBeforeItsEnd() throws IOException {
        write(BLOCKS);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {77}), 30);
        }

        assertThatThrownBy(() -> BlockFile.open(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("block 0");
    }

    private void write(int blocks) throws IOException {
        try (BlockFile file = BlockFile.open(path)) {
            for (int number = 0; number < blocks; number++) {
                file.append(block(number));
            }
        }
    }

    private static ByteString block(int number) {
        return ByteString.copyFromUtf8("block " + number + " ".repeat(number % 50 + 30));
    }
}
