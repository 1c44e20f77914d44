package io.quorate.sample.proof;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.h2.tools.Server;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Three servers, two inventory services, two or three order services, of which one is started as processed ahead of
 * time, and their databases in this process.
 */
final class Deployment implements AutoCloseable {

    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    private static final int INVENTORIES = 2;
    private static final int ORDERS = Rounds.many() ? 3 : 2;

    /** With what was generated when its jar was made; without that in the jar, the start would fail. */
    private static final List<String> AHEAD_OF_TIME = List.of("-Dspring.aot.enabled=true");

    private final Path home;
    private final Ports ports = new Ports();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(callers)
            .build();
    private final Server databases;
    private final JdbcClient orderDatabase;
    private final Ensemble ensemble;
    private final Registry registry;
    private final List<Application> inventories = new ArrayList<>();
    private final List<Application> orders = new ArrayList<>();

    /** Starts everything and waits until it is ready. */
    Deployment(Path home) throws SQLException {
        this.home = home;
        databases = Server.createTcpServer("-tcpPort", Integer.toString(ports.next()), "-ifNotExists")
                .start();
        orderDatabase = JdbcClient.create(new DriverManagerDataSource(database("order")));
        ensemble = new Ensemble(home, ports);
        registry = new Registry(ensemble.connectString());
        try {
            ensemble.awaitWhole();
            // The first of each makes the tables.
            startOne("inventory", inventories);
            startOne("order", orders);
            awaitReady();
            start("inventory", inventories, INVENTORIES);
            start("order", orders, ORDERS);
            awaitReady();
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private void start(String service, List<Application> running, int wanted) {
        while (running.size() < wanted) {
            startOne(service, running);
        }
    }

    private void startOne(String service, List<Application> running) {
        List<String> arguments = List.of(
                "--server.address=127.0.0.1",
                "--spring.cloud.zookeeper.connect-string=" + ensemble.connectString(),
                "--spring.cloud.zookeeper.session-timeout=" + SESSION_TIMEOUT.toMillis(),
                "--spring.cloud.zookeeper.discovery.instance-host=127.0.0.1",
                "--spring.datasource.url=" + database(service),
                "--shipping.delay=200ms");
        running.add(new Application(service, ports.next(), home, options(service, running.size()), arguments, http));
    }

    /** The second order service is the one that was processed ahead of time: nobody should be able to tell. */
    private static List<String> options(String service, int index) {
        return service.equals("order") && index == 1 ? AHEAD_OF_TIME : List.of();
    }

    private String database(String name) {
        return "jdbc:h2:tcp://127.0.0.1:" + databases.getPort() + "/mem:" + name + ";DB_CLOSE_DELAY=-1";
    }

    /** Waits until every instance is ready and is known once. */
    void awaitReady() {
        inventories.forEach(this::awaitRegistered);
        orders.forEach(this::awaitRegistered);
    }

    /** Waits until an instance is ready and is known once. */
    void awaitRegistered(Application application) {
        application.awaitReady();
        Waiting.until(application.instanceId() + " is registered once", () -> registry.nodesOf(application) == 1);
    }

    Ensemble ensemble() {
        return ensemble;
    }

    Registry registry() {
        return registry;
    }

    List<Application> inventories() {
        return inventories;
    }

    List<Application> orders() {
        return orders;
    }

    /** Calls to all order services in turn. */
    Load load(int perSecond, Function<Application, HttpRequest> call) {
        return Load.perSecond(perSecond, http, orders.stream().map(call).toList());
    }

    HttpClient http() {
        return http;
    }

    /** Calls of all order services to an inventory service that got no answer, so far. */
    long failedCallsTo(Application inventory) {
        return orders.stream()
                .mapToLong(order -> order.failedCallsTo(inventory))
                .sum();
    }

    Runs runs() {
        return Runs.read(orderDatabase);
    }

    @Override
    public void close() {
        orders.forEach(order -> order.process().kill());
        inventories.forEach(inventory -> inventory.process().kill());
        registry.close();
        ensemble.close();
        callers.shutdown();
        databases.stop();
    }
}
