package dev.grapevine.simulation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What was recorded from a real Fabric network; tests that need it are skipped where it is absent. */
final class FabricFixtures {
    private static final Path ROOT = Path.of(System.getProperty("grapevine.fixtures", "no fixtures"));
    private static final Path UNPACKED = Path.of("target", "fabric-crypto");

    private FabricFixtures() {}

    static void assumePresent() {
        assumeTrue(Files.isDirectory(ROOT), "the recorded Fabric channel is not here: " + ROOT);
    }

    /** A block of the recorded channel as the ordering service delivered it. */
    static ByteString block(int number) {
        try {
            return ByteString.copyFrom(Files.readAllBytes(ROOT.resolve("channel/blocks/" + number + ".block")));
        } catch (IOException e) {
            throw new UncheckedIOException("the fixtures lack block " + number, e);
        }
    }

    /** A recorded gossip envelope. */
    static ByteString message(String file) {
        try {
            return ByteString.copyFrom(
                    Files.readAllBytes(ROOT.resolve("messages").resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("the fixtures lack the message " + file, e);
        }
    }

    /** A text among the recorded messages. */
    static String text(String file) {
        return message(file).toStringUtf8();
    }

    /** Keys and certificates of the recorded network, unpacked. */
    static Path crypto() {
        try (InputStream file = Files.newInputStream(ROOT.resolve("crypto.zip"));
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = UNPACKED.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the recorded network's keys", e);
        }
        return UNPACKED.resolve("crypto");
    }
}
