package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * The well-formedness rule for the transactions of a block, Fabric's answer to CVE-2023-46132. The data hash covers the
 * plain concatenation of the entries, so without this rule bytes can be moved across their boundaries under the same hash
 * and signatures.
 *
 * <p>Fabric parses each entry as an envelope and demands that serialising it again gives the same bytes. This scan decides
 * the same on the raw bytes: payload first, then signature, once each and not empty, with minimal tags and lengths; after
 * them any well-formed unknown fields, whose own tags must be minimal. What lies inside an unknown field is kept verbatim by
 * Go and therefore free. Both refusing more than Fabric (the channel would halt here) and less (the chain would fork) are
 * faults, which is why no protobuf library is involved.
 */
public final class TransactionScan {
    private static final int PAYLOAD = 1;
    private static final int SIGNATURE = 2;

    private TransactionScan() {}

    /**
     * Checks the entries of a block.
     *
     * @return why the block must be refused, or nothing if it is well-formed
     */
    public static Optional<Rejection> check(List<ByteString> entries) {
        if (entries.isEmpty()) {
            return Optional.of(new Rejection("empty-block", "a block holds at least one transaction"));
        }
        boolean exempt = entries.size() == 1
                && TransactionHeader.of(entries.get(0))
                        .filter(TransactionHeader::isConfiguration)
                        .isPresent();
        return exempt ? Optional.empty() : firstMalformed(entries);
    }

    private static Optional<Rejection> firstMalformed(List<ByteString> entries) {
        for (int index = 0; index < entries.size(); index++) {
            if (!isWellFormed(entries.get(index))) {
                return Optional.of(new Rejection(
                        "malformed-transaction",
                        "entry " + index + " is not a payload and a signature in canonical form, then unknown fields"));
            }
        }
        return Optional.empty();
    }

    /** Whether one entry, taken alone, satisfies the rule; the exemption of configurations is not considered. */
    public static boolean isWellFormed(ByteString entry) {
        FieldCursor fields = new FieldCursor(entry);
        return isNext(fields, PAYLOAD) && isNext(fields, SIGNATURE) && onlyUnknownFieldsFollow(fields);
    }

    private static boolean isNext(FieldCursor fields, int number) {
        return fields.next() && fields.isBytes(number) && fields.isMinimal() && fields.length() > 0;
    }

    private static boolean onlyUnknownFieldsFollow(FieldCursor fields) {
        while (fields.next()) {
            boolean known = fields.isBytes(PAYLOAD) || fields.isBytes(SIGNATURE);
            if (known || !fields.isTagMinimal()) {
                return false;
            }
        }
        return fields.isWellFormed();
    }
}
