package io.quorate.sample.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One instance of one of the two services. */
final class Application {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final int CONNECT_MILLIS = 1000;
    private static final Pattern COUNT = Pattern.compile("\"COUNT\",\"value\":([0-9.E]+)");

    private final String service;
    private final String instanceId;
    private final int port;
    private final JarProcess process;
    private final HttpClient http;

    /** Starts it and does not wait. @param options of its virtual machine */
    Application(String service, int port, Path home, List<String> options, List<String> arguments, HttpClient http) {
        this.service = service;
        instanceId = service + "-" + port;
        this.port = port;
        this.http = http;
        List<String> all = new ArrayList<>(arguments);
        all.add("--server.port=" + port);
        process = new JarProcess(instanceId, Path.of("..", service, "target", service + ".jar"), home, options, all);
    }

    String service() {
        return service;
    }

    String instanceId() {
        return instanceId;
    }

    JarProcess process() {
        return process;
    }

    /** Waits until it says that it is well. */
    Application awaitReady() {
        Waiting.until(instanceId + " is ready", () -> {
            process.requireAlive();
            return accepts() && get("/actuator/health/readiness").statusCode() == 200;
        });
        return this;
    }

    /** Whether somebody listens. */
    boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(CALL_TIMEOUT);
    }

    HttpResponse<String> get(String path) {
        try {
            return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(instanceId + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Calls of this one's load balancer to an instance that did not get an answer, so far. */
    long failedCallsTo(Application other) {
        HttpResponse<String> metric = get(
                "/actuator/metrics/loadbalancer.requests.failed?tag=serviceInstance.instanceId:" + other.instanceId());
        if (metric.statusCode() == 404) {
            return 0;
        }
        Matcher count = COUNT.matcher(metric.body());
        if (!count.find()) {
            throw new AssertionError("no count in " + metric.body());
        }
        return (long) Double.parseDouble(count.group(1));
    }
}
