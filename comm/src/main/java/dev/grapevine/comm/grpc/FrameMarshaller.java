package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.grapevine.proto.DirectBytes;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Frames as they are: nothing is serialised again on its way out, nothing parsed on Netty's threads on its way in. */
final class FrameMarshaller implements MethodDescriptor.Marshaller<ByteString> {
    static final FrameMarshaller INSTANCE = new FrameMarshaller();

    private FrameMarshaller() {}

    @Override
    public InputStream stream(ByteString frame) {
        return new Frame(frame);
    }

    @Override
    public ByteString parse(InputStream stream) {
        try {
            return UnsafeByteOperations.unsafeWrap(read(stream));
        } catch (IOException e) {
            throw Status.INTERNAL
                    .withDescription("cannot read a frame")
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    /** In one piece where the length is known: a block of 100 MB is not to be held twice. */
    private static byte[] read(InputStream stream) throws IOException {
        if (!(stream instanceof KnownLength)) {
            return stream.readAllBytes();
        }
        byte[] bytes = new byte[stream.available()];
        int read = stream.readNBytes(bytes, 0, bytes.length);
        if (read != bytes.length) {
            throw new EOFException("the frame ends after " + read + " of " + bytes.length + " bytes");
        }
        return bytes;
    }

    /** Tells gRPC its length, which otherwise would copy it to find out. */
    private static final class Frame extends InputStream implements KnownLength, Drainable {
        private final ByteString bytes;
        private final InputStream input;

        Frame(ByteString bytes) {
            this.bytes = bytes;
            this.input = bytes.newInput();
        }

        /** Writes what is left straight from where it is, in the pieces that it has. */
        @Override
        public int drainTo(OutputStream target) throws IOException {
            ByteString left = bytes.substring(bytes.size() - input.available());
            DirectBytes.write(left, target);
            input.skipNBytes(left.size());
            return left.size();
        }

        @Override
        public int available() throws IOException {
            return input.available();
        }

        @Override
        public int read() throws IOException {
            return input.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return input.read(target, offset, length);
        }
    }
}
