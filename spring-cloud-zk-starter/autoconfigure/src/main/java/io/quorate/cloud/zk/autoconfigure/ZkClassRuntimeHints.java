package io.quorate.cloud.zk.autoconfigure;

import java.util.List;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** For native images: classes that are looked for by their names while the application runs. */
final class ZkClassRuntimeHints implements RuntimeHintsRegistrar {

    /** Which of them is used, a property decides. */
    private static final List<String> CLIENT_SOCKETS =
            List.of("org.apache.zookeeper.ClientCnxnSocketNIO", "org.apache.zookeeper.ClientCnxnSocketNetty");

    /** The starter asks whether they are there. */
    private static final List<String> LIBRARIES = List.of(
            ZkTwoLibrariesAutoConfiguration.THEIRS,
            "org.springframework.cloud.zookeeper.config.ZookeeperConfigDataLocationResolver",
            "io.quorate.runtime.server.CoordinationServer");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        ReflectionHints reflection = hints.reflection();
        for (String socket : CLIENT_SOCKETS) {
            reflection.registerTypeIfPresent(
                    loader,
                    socket,
                    type -> type.withConstructor(
                            List.of(TypeReference.of(ZKClientConfig.class)), ExecutableMode.INVOKE));
        }
        reflection.registerTypeIfPresent(
                loader,
                "org.apache.zookeeper.server.auth.DigestLoginModule",
                MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
        registerWhatCuratorAsks(reflection, loader);
        LIBRARIES.forEach(library -> reflection.registerTypeIfPresent(loader, library));
    }

    /** Without these it takes the client for one of before 3.6 and offers no persistent watches. */
    private static void registerWhatCuratorAsks(ReflectionHints reflection, @Nullable ClassLoader loader) {
        reflection.registerTypeIfPresent(loader, "org.apache.zookeeper.AddWatchMode");
        reflection.registerTypeIfPresent(
                loader,
                "org.apache.zookeeper.server.quorum.MultipleAddresses",
                type -> type.withMethod("getReachableOrOne", List.of(), ExecutableMode.INVOKE));
        reflection.registerTypeIfPresent(
                loader, "org.apache.zookeeper.server.quorum.QuorumPeer$QuorumServer", type -> type.withField("addr"));
    }
}
