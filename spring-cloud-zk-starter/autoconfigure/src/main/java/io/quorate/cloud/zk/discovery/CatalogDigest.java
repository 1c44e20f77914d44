package io.quorate.cloud.zk.discovery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fingerprint of what a catalog knows, without what instances say about their load. */
final class CatalogDigest {

    private final MessageDigest digest;

    /** @param services names of all services; null when they are not followed */
    CatalogDigest(@Nullable List<String> services) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
        add(String.valueOf(services));
    }

    /** @param instances null when they are not loaded */
    void add(String service, @Nullable List<ZkServiceInstance> instances) {
        add(service);
        if (instances != null) {
            instances.forEach(instance -> add(PublishedLoad.without(instance).toString()));
        }
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // With its length, so that no two sequences of texts run together to the same bytes.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    String value() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
