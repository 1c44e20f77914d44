package io.quorate.app.cli;

import java.io.PrintStream;
import java.util.List;

/** One sub-command of the jar. */
public interface Command {

    /** The word it is called by. */
    String name();

    /** One line for the list of commands. */
    String summary();

    /**
     * Runs it to its end.
     *
     * @param arguments what stands behind the word
     * @return the exit code of the process; 2 for arguments that it does not understand
     */
    int run(List<String> arguments, PrintStream out, PrintStream err);
}
