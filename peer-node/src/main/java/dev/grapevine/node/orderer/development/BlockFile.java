package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chain's blocks in a file that only grows: length, CRC-32C and bytes of each. One thread appends; any may read.
 *
 * <p>Each append is synced, so that after a crash only the last record can be incomplete. Such a tail was never acknowledged;
 * it is moved aside when the file is opened. Damage anywhere else keeps the file from opening.
 */
final class BlockFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BlockFile.class);
    private static final int HEADER_BYTES = 8;
    private static final int INITIAL_CAPACITY = 1024;

    private final Path path;
    private final FileChannel file;
    /** Where each record begins; published by {@link #height}. */
    private volatile long[] offsets = new long[INITIAL_CAPACITY];

    private volatile int height;
    private long end;

    private BlockFile(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens or creates a file.
     *
     * @throws IOException if it cannot be used, another process has it open, or it is damaged before its end
     */
    static BlockFile open(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock == null) {
                throw new IOException(path + " is in use by another process");
            }
            BlockFile blocks = new BlockFile(path, file);
            blocks.recover();
            return blocks;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void recover() throws IOException {
        long size = file.size();
        ByteString block = readRecord(end, size);
        while (block != null) {
            count(block.size());
            block = readRecord(end, size);
        }
        if (end < size) {
            setTailAside(size);
        }
    }

    /** The record at a position; null if what is there is the incomplete end of the file. */
    private @Nullable ByteString readRecord(long at, long size) throws IOException {
        if (size - at < HEADER_BYTES) {
            return null;
        }
        ByteBuffer header = readFully(at, HEADER_BYTES);
        int length = header.getInt();
        int checksum = header.getInt();
        if (length <= 0 || length > size - at - HEADER_BYTES) {
            return null;
        }
        ByteBuffer body = readFully(at + HEADER_BYTES, length);
        if (checksum(body.duplicate()) == checksum) {
            return UnsafeByteOperations.unsafeWrap(body);
        }
        if (at + HEADER_BYTES + length < size) {
            throw new IOException(path + " is damaged: the checksum of block " + height + " at byte " + at
                    + " is wrong, and more follows it. Restore the file, or remove it and begin the channel anew");
        }
        return null;
    }

    private void setTailAside(long size) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".incomplete-" + end);
        try (FileChannel copy = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            file.transferTo(end, size - end, copy);
        }
        file.truncate(end);
        file.force(true);
        log.warn("{} ended in an incomplete block of {} bytes, kept in {}", path, size - end, aside);
    }

    int height() {
        return height;
    }

    /**
     * A stored block.
     *
     * @throws IOException if it cannot be read
     * @throws IndexOutOfBoundsException if it is not below the height
     */
    ByteString read(long number) throws IOException {
        if (number < 0 || number >= height) {
            throw new IndexOutOfBoundsException("block " + number + " of " + height);
        }
        ByteString block = readRecord(offsets[(int) number], file.size());
        if (block == null) {
            throw new IOException("block " + number + " in " + path + " has become unreadable");
        }
        return block;
    }

    /** Appends a block; it is on the disk when this returns. */
    void append(ByteString block) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES + block.size());
        ByteBuffer body = block.asReadOnlyByteBuffer();
        record.putInt(block.size()).putInt(checksum(body.duplicate())).put(body).flip();
        long at = end;
        while (record.hasRemaining()) {
            at += file.write(record, at);
        }
        file.force(false);
        count(block.size());
    }

    private void count(int length) {
        int number = height;
        if (number == offsets.length) {
            offsets = Arrays.copyOf(offsets, number * 2);
        }
        offsets[number] = end;
        end += HEADER_BYTES + length;
        height = number + 1;
    }

    private ByteBuffer readFully(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new IOException(path + " ends within a block");
            }
        }
        return buffer.flip();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
