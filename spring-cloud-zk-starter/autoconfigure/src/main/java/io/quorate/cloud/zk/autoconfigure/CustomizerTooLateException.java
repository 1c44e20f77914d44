package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkClientCustomizer;
import java.util.Collection;
import java.util.stream.Collectors;

/** A bean wants to change how the client is built, and the import of configuration has built it already. */
final class CustomizerTooLateException extends RuntimeException {

    CustomizerTooLateException(Collection<ZkClientCustomizer> customizers) {
        super("The client was opened to import configuration, before these beans could customize it: "
                + customizers.stream()
                        .map(customizer -> customizer.getClass().getName())
                        .collect(Collectors.joining(", ")));
    }
}
