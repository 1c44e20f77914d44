package io.quorate.app.cli;

import io.quorate.app.cli.bench.BenchCommand;
import io.quorate.app.cli.inspect.InspectCommand;
import io.quorate.app.failure.ExitCodes;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sub-commands of the jar. A first argument that is neither an option nor a file is taken for one. Add a command to
 * {@link #ALL}; nothing else needs to know it.
 */
public final class Commands {

    private static final List<Command> ALL = List.of(new StatusCommand(), new BenchCommand(), new InspectCommand());

    /**
     * What the arguments asked for.
     *
     * @param startsServer whether the server is to be started
     * @param arguments for the server, when it is
     * @param exitCode of the command, when it is not
     */
    public record Outcome(boolean startsServer, String[] arguments, int exitCode) {}

    private Commands() {}

    /** Runs the sub-command that the arguments name, or says that they name none. */
    public static Outcome dispatch(String[] arguments) {
        return dispatch(ALL, arguments, System.out, System.err);
    }

    static Outcome dispatch(List<Command> commands, String[] arguments, PrintStream out, PrintStream err) {
        String first = arguments.length == 0 ? "" : arguments[0];
        if (first.equals("--help") || first.equals("help")) {
            usage(commands, out);
            return new Outcome(false, arguments, ExitCodes.NORMAL);
        }
        if (first.isEmpty() || first.startsWith("-")) {
            return new Outcome(true, arguments, ExitCodes.NORMAL);
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        Optional<Command> named = commands.stream()
                .filter(command -> command.name().equals(first))
                .findFirst();
        if (named.isPresent()) {
            return new Outcome(false, arguments, named.get().run(rest, out, err));
        }
        if (Files.isRegularFile(Path.of(first))) {
            return new Outcome(true, withConfiguration(arguments), ExitCodes.NORMAL);
        }
        err.println("Unknown command \"" + first + "\", and no configuration file of that name.");
        usage(commands, err);
        return new Outcome(false, arguments, ExitCodes.CONFIGURATION);
    }

    /** ZooKeeper's own start scripts pass the path of their configuration as the first argument. */
    private static String[] withConfiguration(String[] arguments) {
        String[] options = arguments.clone();
        options[0] = "--coordination.zoo-cfg=" + arguments[0];
        return options;
    }

    private static void usage(List<Command> commands, PrintStream to) {
        to.println("Without a command the server is started:");
        to.println("  java -jar coordination-server.jar [--property=value ...]");
        to.println("  java -jar coordination-server.jar /path/to/zoo.cfg [--property=value ...]");
        to.println("Commands:");
        for (Command command : commands) {
            to.printf("  %-10s %s%n", command.name(), command.summary());
        }
    }
}
