package io.quorate.app;

import io.quorate.app.cli.Commands;
import io.quorate.app.failure.ExitCodes;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.SslHealthContributorAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback.LogbackMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.ssl.SslMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.startup.StartupTimeMetricsListenerAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.task.TaskExecutorMetricsAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The program. With a sub-command it runs that and nothing else; otherwise it starts the server and stays until the
 * server has ended. The only place that ends the process.
 *
 * <p>What Boot would set up and nothing here uses is left out, because every part makes the start longer.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            AopAutoConfiguration.class,
            LogbackMetricsAutoConfiguration.class,
            MultipartAutoConfiguration.class,
            SslHealthContributorAutoConfiguration.class,
            SslMetricsAutoConfiguration.class,
            StartupTimeMetricsListenerAutoConfiguration.class,
            TaskExecutionAutoConfiguration.class,
            TaskExecutorMetricsAutoConfiguration.class,
            TaskSchedulingAutoConfiguration.class
        })
@Import(CoordinationServerConfiguration.class)
public class CoordinationServerApplication {

    private static final Logger LOG = LoggerFactory.getLogger(CoordinationServerApplication.class);

    public static void main(String[] arguments) {
        Commands.Outcome outcome = Commands.dispatch(arguments);
        int exitCode = outcome.startsServer() ? serve(outcome.arguments()) : outcome.exitCode();
        if (exitCode != ExitCodes.NORMAL) {
            System.exit(exitCode);
        }
    }

    private static int serve(String[] arguments) {
        ConfigurableApplicationContext context;
        try {
            context = new SpringApplication(CoordinationServerApplication.class).run(arguments);
        } catch (RuntimeException failed) {
            // Boot has reported it: see the failure analyzers.
            return ExitCodes.of(failed);
        }
        try {
            context.getBean(CoordinationServerLifecycle.class).ended().join();
            return ExitCodes.NORMAL;
        } catch (IllegalStateException closed) {
            if (context.isActive()) {
                throw closed;
            }
            // Told to stop as soon as it had started: the context is gone, and the server with it.
            return ExitCodes.NORMAL;
        } catch (CompletionException ended) {
            LOG.error("The server has stopped because of a fatal failure; the process ends", ended.getCause());
            return SpringApplication.exit(context, () -> ExitCodes.FAILURE);
        }
    }
}
