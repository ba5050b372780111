package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;

/**
 * An organizational unit of a certificate's subject, with who certifies it.
 *
 * @param name the OU attribute's value
 * @param certifiers SHA-256 over the concatenated DER of the certificate's issuing chain, issuer first, root last
 */
public record OrganizationalUnit(String name, ByteString certifiers) {}
