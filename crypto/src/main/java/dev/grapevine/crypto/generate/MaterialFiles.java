package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files, making their folders. */
final class MaterialFiles {
    private MaterialFiles() {}

    static void write(Path file, ByteString content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content.toByteArray());
    }

    /** The file is for its owner only, from its first byte on, where the file system knows owners. */
    static void writeSecret(Path file, ByteString content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, content.toByteArray());
    }
}
