package dev.grapevine.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;

/** Data recorded from a real Fabric network; tests that need it are skipped where the folder is absent. */
public final class Fixtures {
    private static final Path ROOT = Path.of(System.getProperty("grapevine.fixtures", "fixtures"));

    private Fixtures() {}

    /** A folder of recorded data. */
    public static Path folder(String name) {
        Path folder = ROOT.resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "skipped: no recorded data at " + folder);
        return folder;
    }

    /** The certificates and keys of the recorded network, unpacked below {@code target}. */
    public static Path material(Path target) {
        Path archive = folder(".").resolve("crypto.zip");
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = target.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.write(file, zip.readAllBytes());
                }
            }
            return target.resolve("crypto");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ByteString bytes(Path file) {
        try {
            return ByteString.copyFrom(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
