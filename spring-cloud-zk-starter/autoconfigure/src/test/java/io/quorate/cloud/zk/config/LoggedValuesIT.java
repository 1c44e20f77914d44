package io.quorate.cloud.zk.config;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who writes values of configuration into the log when everybody says whatever there is to say. */
@ZkTest
@ExtendWith(OutputCaptureExtension.class)
final class LoggedValuesIT {

    private static final List<String> SECRETS = List.of("value-one", "value-two", "me:password");
    private static final List<String> CLIENT = List.of("org.apache.zookeeper", "org.apache.curator");

    private final ZkServer server;
    private final ConfigTree tree;
    private final Leaks leaks = new Leaks();

    LoggedValuesIT(ZkServer server) {
        this.server = server;
        this.tree = new ConfigTree(server.client());
    }

    /** The loggers that have written a secret, as it is or as hexadecimal digits. */
    private static final class Leaks extends AppenderBase<ILoggingEvent> {

        private final Set<String> loggers = new ConcurrentSkipListSet<>();

        @Override
        protected void append(ILoggingEvent event) {
            String message = event.getFormattedMessage();
            for (String secret : SECRETS) {
                String digits = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
                if (message.contains(digits)) {
                    loggers.add(event.getLevel() + " " + event.getLoggerName() + ": digits of " + secret);
                }
                if (message.contains(secret)) {
                    loggers.add(event.getLevel() + " " + event.getLoggerName() + ": " + secret);
                }
            }
        }
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @BeforeEach
    void value() throws Exception {
        tree.clear();
        tree.put("orders/app/password", "value-one");
    }

    /** Only once the application has started, which begins logging anew. */
    private void listen() {
        leaks.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        leaks.start();
        logger("org.apache").addAppender(leaks);
        logger("org.apache").setAdditive(false);
        logger("io.netty").addAppender(leaks);
    }

    @AfterEach
    void beSilent() {
        logger("org.apache").detachAppender(leaks);
        logger("org.apache").setAdditive(true);
        logger("io.netty").detachAppender(leaks);
        CLIENT.forEach(name -> logger(name).setLevel(Level.ERROR));
    }

    @Test
    void theClientDoesAtDebugAndTheStartWarnsOfIt(CapturedOutput output) throws Exception {
        try (FollowingApp app = FollowingApp.start(
                "spring.config.import=zk:",
                "spring.cloud.zookeeper.auth[0].scheme=digest",
                "spring.cloud.zookeeper.auth[0].credentials=me:password",
                "logging.level.io.netty=TRACE",
                "logging.level.org.apache.zookeeper=TRACE",
                "logging.level.org.apache.curator=TRACE")) {
            listen();
            tree.put("orders/app/password", "value-two");
            app.awaitProperty("app.password", "value-two");
            await().until(() -> app.count("applied") == 1);
            // Shows the credentials again.
            server.cutConnections();
            tree.put("orders/app/password", "value-one");
            app.awaitProperty("app.password", "value-one");
        }
        assertThat(leaks.loggers)
                .containsExactly(
                        "DEBUG org.apache.zookeeper.ClientCnxn: digits of value-one",
                        "DEBUG org.apache.zookeeper.ClientCnxn: digits of value-two");
        assertThat(output).containsOnlyOnce("org.apache.zookeeper.ClientCnxn");
    }

    @Test
    void theClientDoesNotAtInfo(CapturedOutput output) throws Exception {
        try (FollowingApp app = FollowingApp.start(
                "spring.config.import=zk:",
                "logging.level.org.apache.zookeeper=TRACE",
                "logging.level.org.apache.curator=TRACE",
                "logging.level.org.apache.zookeeper.ClientCnxn=INFO")) {
            listen();
            tree.put("orders/app/password", "value-two");
            app.awaitProperty("app.password", "value-two");
        } finally {
            logger("org.apache.zookeeper.ClientCnxn").setLevel(null);
        }
        assertThat(leaks.loggers).isEmpty();
        assertThat(output).doesNotContain("org.apache.zookeeper.ClientCnxn");
    }
}
