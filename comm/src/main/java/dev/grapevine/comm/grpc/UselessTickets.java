package dev.grapevine.comm.grpc;

import io.grpc.netty.shaded.io.netty.handler.ssl.DelegatingSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.security.SecureRandom;
import javax.net.ssl.SSLEngine;

/**
 * A server's TLS context whose session tickets are good for nothing. Netty's servers issue them whatever their cache is set
 * to, and the option that stops them is out of reach; so every connection begins with a new ticket key, under which no
 * ticket of an earlier one can be read, and the client shakes hands in full.
 */
final class UselessTickets extends DelegatingSslContext {
    private final SslContext context;
    private final SecureRandom random = new SecureRandom();

    UselessTickets(SslContext context) {
        super(context);
        this.context = context;
    }

    @Override
    protected void initEngine(SSLEngine engine) {
        if (context instanceof OpenSslContext bundled) {
            bundled.sessionContext()
                    .setTicketKeys(new OpenSslSessionTicketKey(
                            randomBytes(OpenSslSessionTicketKey.NAME_SIZE),
                            randomBytes(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                            randomBytes(OpenSslSessionTicketKey.AES_KEY_SIZE)));
        }
    }

    private byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
