package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;

/** The two methods of Fabric's service {@code gossip.Gossip}. */
final class GossipMethods {
    static final String SERVICE = "gossip.Gossip";

    static final MethodDescriptor<ByteString, ByteString> STREAM =
            method("GossipStream", MethodDescriptor.MethodType.BIDI_STREAMING);

    static final MethodDescriptor<ByteString, ByteString> PING = method("Ping", MethodDescriptor.MethodType.UNARY);

    private GossipMethods() {}

    private static MethodDescriptor<ByteString, ByteString> method(String name, MethodDescriptor.MethodType type) {
        return MethodDescriptor.<ByteString, ByteString>newBuilder(FrameMarshaller.INSTANCE, FrameMarshaller.INSTANCE)
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .build();
    }
}
