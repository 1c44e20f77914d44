package io.quorate.cloud.zk.discovery;

import java.util.List;

/**
 * Services that are followed from the start of the application.
 *
 * @param names of the services
 */
public record WatchedServices(List<String> names) {

    public WatchedServices {
        names = List.copyOf(names);
    }
}
