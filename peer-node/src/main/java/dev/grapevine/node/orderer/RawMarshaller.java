package dev.grapevine.node.orderer;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Hands a response over as the bytes it is. */
final class RawMarshaller implements MethodDescriptor.Marshaller<ByteString> {
    @Override
    public InputStream stream(ByteString value) {
        return value.newInput();
    }

    @Override
    public ByteString parse(InputStream stream) {
        try {
            // Nobody else knows this array, so it need not be copied.
            return UnsafeByteOperations.unsafeWrap(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("a received message is in memory", e);
        }
    }
}
