package dev.grapevine.comm.grpc;

/**
 * TLS of a node.
 *
 * @param server what we present to those who dial us ({@code peer.tls.cert}, {@code peer.tls.key})
 * @param client what we present to those we dial ({@code peer.tls.clientCert}, {@code peer.tls.clientKey}; the server's if
 *     those are not set): always, asked for or not
 * @param clientAuthRequired whether a client's certificate must be of a trusted root ({@code peer.tls.clientAuthRequired});
 *     if not it is asked for, and gossip still wants one, but any will do
 */
public record TlsSettings(TlsCredentials server, TlsCredentials client, boolean clientAuthRequired, TlsTrust trust) {}
