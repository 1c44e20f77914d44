package io.quorate.cloud.zk.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/zookeeper}: what this application has to do with the coordination service. Asks no server. */
@Endpoint(id = "zookeeper")
public final class ZookeeperEndpoint {

    private final List<EndpointSection> sections;

    public ZookeeperEndpoint(Collection<EndpointSection> sections) {
        this.sections = List.copyOf(sections);
    }

    @ReadOperation
    public Map<String, Object> show() {
        Map<String, Object> answer = new TreeMap<>();
        sections.forEach(section -> answer.put(section.name(), section.content()));
        return answer;
    }
}
