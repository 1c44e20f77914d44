package io.quorate.sample.inventory;

import io.quorate.cloud.zk.discovery.EnableDiscovery;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Any number of these share one database and are found by the order service under the name "inventory". */
@SpringBootApplication
@EnableDiscovery
class InventoryApplication {

    public static void main(String[] args) {
        SpringApplication.run(InventoryApplication.class, args);
    }
}
