package io.quorate.runtime.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.quorate.runtime.metrics.TlsCounters;
import io.quorate.runtime.tls.ClientCertificates;
import io.quorate.runtime.tls.TlsKeysUnusable;
import io.quorate.runtime.tls.TlsMaterial;
import io.quorate.runtime.tls.TlsOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the day, and the handshakes that are under way. What a handshake has to reckon is done aside, for it
 * takes longer than a turn; what is said afterwards is encrypted by the replica thread. {@link #load} and
 * {@link #refresh} are called by one thread at a time, everything else by the replica thread.
 */
public final class ClientEncryption {

    private static final Logger LOG = LoggerFactory.getLogger("io.quorate.server");

    private final TlsOptions options;
    private final Executor aside;
    private final TlsCounters counters;
    private final Newcomers newcomers;
    private final RefusalLog refusals = new RefusalLog(System::nanoTime, "secure client port");

    private @Nullable TlsMaterial material;
    private volatile @Nullable SslContext context;

    /**
     * @param maxOfAddress connections of one address that may be about to agree on keys; 0 is no limit
     * @param aside for what takes longer than a turn
     */
    public ClientEncryption(TlsOptions options, int maxOfAddress, Executor aside, TlsCounters counters) {
        this.options = options;
        this.aside = aside;
        this.counters = counters;
        newcomers = new Newcomers(options.maxHandshakes(), maxOfAddress, counters);
    }

    /**
     * Takes the keys for the first time.
     *
     * @throws TlsKeysUnusable when they cannot be used
     */
    public void load() {
        take(options.keys().current());
    }

    /** Takes new keys where there are some. Those that cannot be used are told of, and the former ones stay. */
    public void refresh() {
        try {
            TlsMaterial found = options.keys().current();
            if (found != material) {
                take(found);
                LOG.info("Client connections are encrypted with new keys from now on; open ones go on with theirs");
            }
        } catch (RuntimeException unusable) {
            counters.keysRefused();
            LOG.error("New keys cannot be used, the former ones stay: {}", unusable.getMessage());
        }
    }

    private void take(TlsMaterial found) {
        long firstExpiryMillis = CertificateExpiry.firstOf(found.keys());
        if (firstExpiryMillis == 0) {
            throw new TlsKeysUnusable("there is no certificate with its key that the server could show");
        }
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(found.keys())
                    .sslProvider(SslProvider.JDK)
                    .clientAuth(ClientAuth.valueOf(demanded()))
                    .protocols(options.protocols());
            if (found.trust() != null) {
                builder.trustManager(found.trust());
            }
            if (!options.ciphers().isEmpty()) {
                builder.ciphers(options.ciphers());
            }
            SslContext built = builder.build();
            // Names of versions and ciphers are only looked up where they are to be spoken.
            built.newEngine(UnpooledByteBufAllocator.DEFAULT);
            context = built;
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new TlsKeysUnusable("encryption cannot be set up: " + unusable.getMessage(), unusable);
        }
        if (found.trust() == null && options.clients() != ClientCertificates.NONE) {
            LOG.warn("No trust store is named, so clients are believed whose certificates are vouched for by anyone"
                    + " whom Java trusts by itself. Name those who may vouch for clients");
        }
        material = found;
        counters.keysTaken(firstExpiryMillis);
    }

    private String demanded() {
        return switch (options.clients()) {
            case NONE -> ClientAuth.NONE.name();
            case WANT -> ClientAuth.OPTIONAL.name();
            case NEED -> ClientAuth.REQUIRE.name();
        };
    }

    /**
     * Encrypts a connection from its next byte on.
     *
     * @param patienceMillis for which it may take to agree on keys
     * @param agreed is given the subject of the client's certificate, or null, once both sides agree; until then
     *     nothing else may be in the pipeline
     */
    void begin(Channel channel, int patienceMillis, Consumer<@Nullable String> agreed) {
        if (hasRoomFor(channel)) {
            encrypt(channel, patienceMillis, agreed);
        }
    }

    private void encrypt(Channel channel, int patienceMillis, Consumer<@Nullable String> agreed) {
        SslContext current = context;
        if (current == null) {
            throw new IllegalStateException("keys are loaded before anybody is accepted");
        }
        HandshakeSteps steps = new HandshakeSteps(channel, aside);
        SslHandler handler = current.newHandler(channel.alloc(), steps);
        handler.setHandshakeTimeoutMillis(patienceMillis);
        boolean asked = options.clients() != ClientCertificates.NONE;
        channel.pipeline().addLast(steps, handler, new ClientHandshake(this, handler, asked, subject -> {
            steps.agreed();
            agreed.accept(subject);
        }));
    }

    /**
     * Encrypts a connection if that is what the client begins with.
     *
     * @param patienceMillis for which the client may say nothing
     * @param plain called when it begins with something else
     */
    void detect(Channel channel, int patienceMillis, Consumer<@Nullable String> agreed, Runnable plain) {
        if (hasRoomFor(channel)) {
            channel.pipeline()
                    .addLast(new EncryptionDetector(
                            patienceMillis,
                            () -> encrypt(channel, patienceMillis, agreed),
                            () -> {
                                ended(channel);
                                plain.run();
                            },
                            () -> ended(channel)));
        }
    }

    private boolean hasRoomFor(Channel channel) {
        String refusal = newcomers.enter(addressOf(channel));
        if (refusal != null) {
            refusals.refused(remote(channel), refusal);
            channel.close();
        }
        return refusal == null;
    }

    void ended(Channel channel) {
        newcomers.leave(addressOf(channel));
    }

    private static InetAddress addressOf(Channel channel) {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    void failed(Channel channel, String reason) {
        counters.failed();
        refusals.refused(remote(channel), reason);
    }

    private static String remote(Channel channel) {
        return addressOf(channel).getHostAddress();
    }
}
