package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import dev.grapevine.proto.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;

/** The hashes that chain blocks: of a header, over its DER form, and of the data, over its plain concatenation. */
public final class BlockHash {
    private static final int HEADER_TAG = Block.HEADER_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private BlockHash() {}

    /** DER SEQUENCE of the number (as an unsigned INTEGER) and the two hashes (as OCTET STRINGs, possibly empty). */
    public static ByteString headerBytes(BlockHeader header) {
        BigInteger number = new BigInteger(Long.toUnsignedString(header.getNumber()));
        DERSequence sequence = new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(number),
            new DEROctetString(header.getPreviousHash().toByteArray()),
            new DEROctetString(header.getDataHash().toByteArray())
        });
        try {
            return ByteString.copyFrom(sequence.getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory cannot fail", e);
        }
    }

    /** The block's hash: SHA-256 of {@link #headerBytes}. */
    public static ByteString ofHeader(BlockHeader header) {
        return Sha256.of(headerBytes(header));
    }

    /** The hash of a serialised block's header, found without parsing the rest; empty if there is no well-formed header. */
    public static Optional<ByteString> ofHeaderIn(ByteString block) {
        CodedInputStream input = block.newCodedInput();
        BlockHeader.Builder header = BlockHeader.newBuilder();
        boolean found = false;
        try {
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                if (tag == HEADER_TAG) {
                    found = true;
                    input.readMessage(header, ExtensionRegistryLite.getEmptyRegistry());
                } else if (!input.skipField(tag)) {
                    return Optional.empty();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return found ? Optional.of(ofHeader(header.build())) : Optional.empty();
    }

    /** SHA-256 of the concatenation of the block's transactions. */
    public static ByteString ofData(Block block) {
        return Sha256.of(block.getData().getDataList());
    }
}
