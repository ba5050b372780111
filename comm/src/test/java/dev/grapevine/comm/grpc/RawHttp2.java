package dev.grapevine.comm.grpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A stranger that speaks just enough HTTP/2 to begin one gRPC message of a size it never finishes. */
final class RawHttp2 implements AutoCloseable {
    private static final int FRAME = 16 * 1024;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int INITIAL_WINDOW = 4;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private long connectionWindow = 65_535;
    private long streamWindow = 65_535;
    private boolean ended;

    RawHttp2(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
        out.flush();
    }

    /** Opens a call. */
    void open(String path) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        header(block, ":method", "POST");
        header(block, ":scheme", "http");
        header(block, ":path", path);
        header(block, ":authority", "127.0.0.1");
        header(block, "content-type", "application/grpc");
        header(block, "te", "trailers");
        frame(HEADERS, END_HEADERS, 1, block.toByteArray());
        out.flush();
    }

    /**
     * Begins a message and sends of it as much as the server takes, one byte less than all of it.
     *
     * @return how many bytes it took before it ended the stream
     */
    long flood(int claimedSize) throws IOException {
        byte[] chunk = new byte[FRAME];
        chunk[1] = (byte) (claimedSize >>> 24);
        chunk[2] = (byte) (claimedSize >>> 16);
        chunk[3] = (byte) (claimedSize >>> 8);
        chunk[4] = (byte) claimedSize;
        long sent = 0;
        while (!ended && sent + FRAME < claimedSize) {
            while (!ended && (in.available() > 0 || Math.min(connectionWindow, streamWindow) < FRAME)) {
                read();
            }
            if (!ended) {
                frame(DATA, 0, 1, chunk);
                out.flush();
                sent += FRAME;
                connectionWindow -= FRAME;
                streamWindow -= FRAME;
                chunk = new byte[FRAME];
            }
        }
        return sent;
    }

    /** Whether the server has ended the stream. */
    boolean isEnded() {
        return ended;
    }

    private void read() throws IOException {
        int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        switch (type) {
            case SETTINGS -> settings(flags, payload);
            case WINDOW_UPDATE -> {
                if (stream == 0) {
                    connectionWindow += number(payload, 0);
                } else {
                    streamWindow += number(payload, 0);
                }
            }
            case RST_STREAM, GOAWAY -> ended = true;
            case HEADERS, DATA -> ended |= (flags & END_STREAM) != 0;
            default -> {}
        }
    }

    private void settings(int flags, byte[] payload) throws IOException {
        if ((flags & ACK) != 0) {
            return;
        }
        for (int at = 0; at < payload.length; at += 6) {
            if (payload[at + 1] == INITIAL_WINDOW) {
                streamWindow += number(payload, at + 2) - 65_535;
            }
        }
        frame(SETTINGS, ACK, 0, new byte[0]);
        out.flush();
    }

    private static long number(byte[] bytes, int at) {
        return ((bytes[at] & 0xffL) << 24)
                | ((bytes[at + 1] & 0xffL) << 16)
                | ((bytes[at + 2] & 0xffL) << 8)
                | (bytes[at + 3] & 0xffL);
    }

    private static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String part : new String[] {name, value}) {
            block.write(part.length());
            block.writeBytes(part.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >>> 16);
        out.writeShort(payload.length & 0xffff);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
