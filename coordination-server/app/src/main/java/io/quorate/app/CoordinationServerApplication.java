package io.quorate.app;

import io.quorate.app.cli.Commands;
import io.quorate.app.failure.ExitCodes;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The program. With a sub-command it runs that and nothing else; otherwise it starts the server and stays until the server
 * has ended. The only place that ends the process.
 */
@SpringBootApplication
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
        } catch (CompletionException ended) {
            LOG.error("The server has stopped because of a fatal failure; the process ends", ended.getCause());
            return SpringApplication.exit(context, () -> ExitCodes.FAILURE);
        }
    }
}
