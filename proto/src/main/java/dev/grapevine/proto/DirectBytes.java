package dev.grapevine.proto;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Writes bytes from where they are. {@link ByteString#writeTo} hands out a copy, because a stream might keep or change what it is given;
 * streams that do neither need none.
 */
public final class DirectBytes {
    private DirectBytes() {}

    /** Writes to a stream that reads what it is given and nothing else. */
    public static void write(ByteString bytes, OutputStream target) throws IOException {
        UnsafeByteOperations.unsafeWriteTo(bytes, new Target(target));
    }

    private static final class Target extends ByteOutput {
        private final OutputStream stream;

        Target(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(byte value) throws IOException {
            stream.write(value);
        }

        @Override
        public void write(byte[] value, int offset, int length) throws IOException {
            stream.write(value, offset, length);
        }

        @Override
        public void writeLazy(byte[] value, int offset, int length) throws IOException {
            stream.write(value, offset, length);
        }

        @Override
        public void write(ByteBuffer value) throws IOException {
            byte[] bytes = new byte[value.remaining()];
            value.get(bytes);
            stream.write(bytes);
        }

        @Override
        public void writeLazy(ByteBuffer value) throws IOException {
            write(value);
        }
    }
}
