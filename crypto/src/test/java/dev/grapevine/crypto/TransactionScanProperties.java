package dev.grapevine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The scan against a model of the rule that shares nothing with it: parse as Go does, serialise as Go does, compare. */
class TransactionScanProperties {
    @Property(tries = 20_000)
    void agreesWithParsingAndSerialisingAsGoDoes(@ForAll("entries") byte[] entry) {
        assertThat(TransactionScan.isWellFormed(ByteString.copyFrom(entry)))
                .isEqualTo(GoEnvelope.survivesRoundTrip(entry));
    }

    @Property(tries = 5_000)
    void agreesOnArbitraryBytesToo(@ForAll byte[] entry) {
        assertThat(TransactionScan.isWellFormed(ByteString.copyFrom(entry)))
                .isEqualTo(GoEnvelope.survivesRoundTrip(entry));
    }

    @Property(tries = 5_000)
    void readsAnyHeaderWithoutFailing(@ForAll("entries") byte[] entry) {
        assertThat(TransactionHeader.of(ByteString.copyFrom(entry))).isNotNull();
    }

    /** Mostly an envelope of the right form, then anything, then perhaps a few bytes overwritten. */
    @Provide
    Arbitrary<byte[]> entries() {
        Arbitrary<List<byte[]>> head = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(List.of(bytesField(1, 1), bytesField(2, 1)))),
                Tuple.of(1, fields().list().ofMaxSize(3)));
        Arbitrary<List<byte[]>> tail = fields().list().ofMaxSize(4);
        Arbitrary<List<Integer>> overwritten =
                Arbitraries.integers().between(0, 1 << 20).list().ofMaxSize(2);
        Arbitrary<Boolean> mutated = Arbitraries.frequency(Tuple.of(2, false), Tuple.of(1, true));
        return Combinators.combine(head, tail, overwritten, mutated)
                .as((start, end, at, mutate) -> assemble(start, end, mutate ? at : List.of()));
    }

    private static byte[] assemble(List<byte[]> head, List<byte[]> tail, List<Integer> overwritten) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        head.forEach(out::writeBytes);
        tail.forEach(out::writeBytes);
        byte[] entry = out.toByteArray();
        for (int mutation : overwritten) {
            if (entry.length > 0) {
                entry[(mutation >> 8) % entry.length] = (byte) mutation;
            }
        }
        return entry;
    }

    private static Arbitrary<byte[]> fields() {
        Arbitrary<Integer> numbers =
                Arbitraries.of(1, 1, 2, 2, 3, 4, 15, 16, 2047, (1 << 29) - 1, 1 << 29, Integer.MAX_VALUE, 0);
        Arbitrary<Integer> types = Arbitraries.of(0, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7);
        Arbitrary<Integer> padding = Arbitraries.of(0, 0, 0, 0, 1, 2);
        Arbitrary<Integer> content = Arbitraries.integers().between(0, 3);
        return Combinators.combine(numbers, types, padding, padding, content).as(TransactionScanProperties::field);
    }

    private static byte[] field(int number, int type, int tagPadding, int valuePadding, int content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, ((long) number << 3) | type, tagPadding);
        switch (type) {
            case 0 -> varint(out, content == 3 ? -1L : content, valuePadding);
            case 1 -> out.writeBytes(new byte[8]);
            case 2 -> {
                varint(out, content, valuePadding);
                out.writeBytes(new byte[content]);
            }
            case 3 -> {
                for (int inner = 0; inner < content; inner++) {
                    out.writeBytes(field(inner + 1, inner == 0 ? 3 : 0, valuePadding, tagPadding, inner));
                }
                varint(out, ((long) number << 3) | 4, valuePadding);
            }
            case 5 -> out.writeBytes(new byte[4]);
            default -> {
                // The tag alone.
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytesField(int number, int length) {
        return field(number, 2, 0, 0, length);
    }

    private static void varint(ByteArrayOutputStream out, long value, int padding) {
        List<Integer> groups = new ArrayList<>();
        long rest = value;
        do {
            groups.add((int) (rest & 0x7f));
            rest >>>= 7;
        } while (rest != 0);
        for (int extra = 0; extra < padding; extra++) {
            groups.add(0);
        }
        for (int index = 0; index < groups.size(); index++) {
            out.write(groups.get(index) | (index < groups.size() - 1 ? 0x80 : 0));
        }
    }
}
