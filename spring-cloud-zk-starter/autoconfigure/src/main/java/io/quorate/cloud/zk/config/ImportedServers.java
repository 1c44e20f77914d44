package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ImportedZkClient;
import io.quorate.cloud.zk.SessionRequests;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.config.content.ConfigContext;
import io.quorate.cloud.zk.config.content.ContextFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.curator.framework.imps.DefaultACLProvider;

/** One list of servers that configuration was imported from: its client, and the contexts in order. Thread-safe. */
final class ImportedServers {

    private final String connectString;
    private final boolean applications;
    private final ImportedZkClient client;
    private final Map<String, ImportedContext> contexts = new LinkedHashMap<>();
    private Contact contact = Contact.NONE;

    /** What has come of attempts to read from the servers, while an environment was prepared. */
    enum Contact {
        NONE,
        REACHED,
        IN_VAIN
    }

    /** @param applications whether the client becomes the application's client */
    ImportedServers(String connectString, boolean applications, ImportedZkClient client) {
        this.connectString = connectString;
        this.applications = applications;
        this.client = client;
    }

    String connectString() {
        return connectString;
    }

    /** Whoever uses the client asks each time: connection details may put another in its place. */
    ImportedZkClient client() {
        return client;
    }

    /** Requests to the servers, through the client of the moment. */
    ZkRequests requests() {
        // Nothing is created, so that no access list is needed.
        return new SessionRequests(client.handle().client(), new DefaultACLProvider());
    }

    /** The context of that path, added if it is not known yet. */
    synchronized ImportedContext context(ConfigContext context, ContextFormat format) {
        return contexts.computeIfAbsent(
                context.path(),
                path -> new ImportedContext(applications ? context : context.at(connectString), format));
    }

    synchronized List<ImportedContext> contexts() {
        return List.copyOf(contexts.values());
    }

    /** Those that the application still imports. */
    List<ImportedContext> followedContexts() {
        return contexts().stream().filter(ImportedContext::followed).toList();
    }

    synchronized Contact contact() {
        return contact;
    }

    synchronized void foundReachable() {
        contact = Contact.REACHED;
    }

    synchronized void foundUnreachable() {
        contact = Contact.IN_VAIN;
    }
}
