package dev.grapevine.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * An independent model of Fabric's check, written in the style it is specified: unmarshal an envelope into payload, signature
 * and retained unknown bytes; marshal these; compare. Slow and recursive on purpose.
 */
final class GoEnvelope {
    private static final BigInteger GREATEST = BigInteger.ONE.shiftLeft(64);

    private final byte[] in;
    private int at;
    private byte[] payload = {};
    private byte[] signature = {};
    private final ByteArrayOutputStream unknown = new ByteArrayOutputStream();

    private GoEnvelope(byte[] in) {
        this.in = in;
    }

    static boolean survivesRoundTrip(byte[] entry) {
        GoEnvelope envelope = new GoEnvelope(entry);
        try {
            envelope.unmarshal();
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
        return envelope.payload.length > 0 && envelope.signature.length > 0 && Arrays.equals(envelope.marshal(), entry);
    }

    private void unmarshal() {
        while (at < in.length) {
            BigInteger tag = varint();
            BigInteger number = tag.shiftRight(3);
            int type = tag.intValue() & 7;
            require(number.signum() > 0 && number.bitLength() <= 29);
            if (type == 2 && number.intValueExact() == 1) {
                payload = bytes();
            } else if (type == 2 && number.intValueExact() == 2) {
                signature = bytes();
            } else {
                int start = at;
                value(number, type, 10_000);
                write(unknown, tag);
                unknown.write(in, start, at - start);
            }
        }
    }

    private byte[] marshal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x0a);
        write(out, BigInteger.valueOf(payload.length));
        out.writeBytes(payload);
        out.write(0x12);
        write(out, BigInteger.valueOf(signature.length));
        out.writeBytes(signature);
        out.writeBytes(unknown.toByteArray());
        return out.toByteArray();
    }

    private void value(BigInteger number, int type, int depth) {
        switch (type) {
            case 0 -> varint();
            case 1 -> forward(8);
            case 2 -> bytes();
            case 3 -> group(number, depth);
            case 5 -> forward(4);
            default -> throw new IllegalArgumentException("wire type " + type);
        }
    }

    private void group(BigInteger number, int depth) {
        require(depth >= 0);
        while (true) {
            BigInteger tag = varint();
            BigInteger inner = tag.shiftRight(3);
            require(inner.signum() > 0 && inner.bitLength() <= 31);
            int type = tag.intValue() & 7;
            if (type == 4) {
                require(inner.equals(number));
                return;
            }
            value(inner, type, depth - 1);
        }
    }

    private byte[] bytes() {
        int length = varint().min(BigInteger.valueOf(Integer.MAX_VALUE)).intValueExact();
        int start = at;
        forward(length);
        return Arrays.copyOfRange(in, start, at);
    }

    private void forward(int length) {
        require(length <= in.length - at);
        at += length;
    }

    private BigInteger varint() {
        BigInteger value = BigInteger.ZERO;
        for (int index = 0; index < 10; index++) {
            int next = in[at++];
            value = value.add(BigInteger.valueOf(next & 0x7f).shiftLeft(7 * index));
            if (next >= 0) {
                require(value.compareTo(GREATEST) < 0);
                return value;
            }
        }
        throw new IllegalArgumentException("varint overflow");
    }

    private static void write(ByteArrayOutputStream out, BigInteger value) {
        BigInteger rest = value;
        while (rest.bitLength() > 7) {
            out.write((rest.intValue() & 0x7f) | 0x80);
            rest = rest.shiftRight(7);
        }
        out.write(rest.intValueExact());
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("malformed");
        }
    }
}
