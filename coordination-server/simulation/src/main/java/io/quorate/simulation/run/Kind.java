package io.quorate.simulation.run;

/** Which runs there are to be. */
public enum Kind {
    /** The seed decides. */
    ANY(""),
    STANDALONE("--standalone"),
    ENSEMBLE("--ensembles");

    private final String option;

    Kind(String option) {
        this.option = option;
    }

    /** On the command line. */
    String option() {
        return option;
    }
}
