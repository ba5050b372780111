package dev.grapevine.crypto.msp;

import dev.grapevine.proto.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * What an MSP found out about a certificate.
 *
 * @param units its organizational units, as far as there is a chain that certifies them
 * @param fault why it is not a valid member; none if it is one
 */
record Standing(List<OrganizationalUnit> units, Optional<Rejection> fault) {}
