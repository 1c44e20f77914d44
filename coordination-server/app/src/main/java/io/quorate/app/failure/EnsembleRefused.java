package io.quorate.app.failure;

import java.util.List;

/** The members of the ensemble, or this server's place among them, are described as they cannot be; exit code 2. */
public final class EnsembleRefused extends RuntimeException {

    private final transient List<String> properties;
    private final String problem;
    private final String remedy;

    /**
     * @param properties full names of those that are wrong together; one that holds entries stands for all of them
     * @param problem what is wrong, without a full stop
     * @param remedy sentences that say how to mend it
     */
    public EnsembleRefused(List<String> properties, String problem, String remedy) {
        super(String.join(", ", properties) + ": " + problem + ". " + remedy);
        this.properties = List.copyOf(properties);
        this.problem = problem;
        this.remedy = remedy;
    }

    public List<String> properties() {
        return properties;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
