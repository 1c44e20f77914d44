package io.quorate.cloud.zk.config.refresh;

import java.util.Optional;

/**
 * What a look at the servers found.
 *
 * @param difference to what the environment has, if there is any
 * @param complete whether all servers answered; if not, it is looked again soon
 */
public record Comparison(Optional<Difference> difference, boolean complete) {}
