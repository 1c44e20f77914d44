package io.quorate.sample.order;

import io.quorate.cloud.zk.discovery.EnableDiscovery;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * Any number of these share one database. The name of the group is the name of the service that is called: its
 * instances come from the registry, and each call goes to one of them.
 */
@SpringBootApplication
@EnableDiscovery(watch = "inventory")
@EnableScheduling
@ConfigurationPropertiesScan
@ImportHttpServices(group = "inventory", types = InventoryClient.class)
class OrderApplication {

    public static void main(String[] args) {
        SpringApplication.run(OrderApplication.class, args);
    }
}
