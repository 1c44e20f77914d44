package io.quorate.cloud.zk.embedded;

import java.io.File;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server inside the application. Read before configuration is imported, so what is imported cannot change it.
 *
 * @param embedded Whether a Quorate server is started inside this application, for development. It needs
 *     io.quorate:coordination-server-runtime on the class path, and takes the place of the servers in connect-string
 *     and in imports. An application whose context is below another's uses the server inside that one.
 * @param embeddedDataDir Where the server inside this application keeps its data. Default: a temporary directory that
 *     is removed when the application ends.
 * @param embeddedPort Port of loopback that the server inside this application listens on, for other programs that want
 *     to reach it. 0 takes any that is free.
 */
@ConfigurationProperties("spring.cloud.zookeeper")
public record ZkEmbeddedProperties(
        @DefaultValue("false") boolean embedded,
        @Nullable File embeddedDataDir,
        @DefaultValue("0") int embeddedPort) {}
