package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.config.content.ChangedKeys;
import io.quorate.cloud.zk.config.content.ConfigContext;
import io.quorate.cloud.zk.config.content.ConfigSnapshot;
import io.quorate.cloud.zk.config.content.ContextContent;
import io.quorate.cloud.zk.config.content.ContextFormat;
import io.quorate.cloud.zk.config.content.NodeSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A context that was imported: what of it the environment has, and what the environment shall have next. Thread-safe.
 *
 * <p>Content is <em>prepared</em> when the loader has handed it to an environment in the making, and <em>applied</em>
 * when the application has that environment, which it has not if the making fails. The watcher <em>offers</em> content;
 * the loader of the refresh that follows takes the offer instead of reading. Content that the application could not
 * live with is <em>refused</em>, and not offered again.
 */
final class ImportedContext {

    private final ConfigContext context;
    private final ContextFormat format;
    /** Stands for content that was never read. */
    private final ContextContent nothing;

    private @Nullable ContextContent prepared;
    private @Nullable ContextContent applied;
    private @Nullable ContextContent previous;
    private @Nullable ContextContent offered;
    private @Nullable ContextContent refused;
    /** Names of all property sources that any content had; an environment keeps those that a refresh leaves out. */
    private final List<String> partNames = new ArrayList<>();

    private @Nullable Object complaint;
    /** Whether the last environment of the application asked for it. */
    private boolean followed = true;

    ImportedContext(ConfigContext context, ContextFormat format) {
        this.context = context;
        this.format = format;
        this.nothing = format.parse(context, ConfigSnapshot.empty());
    }

    ConfigContext context() {
        return context;
    }

    NodeSelection selection() {
        return format.selection(context);
    }

    ContextContent parse(ConfigSnapshot snapshot) {
        return format.parse(context, snapshot);
    }

    /** What the environment has of this context; empty if it was never read. */
    synchronized Optional<ContextContent> applied() {
        return Optional.ofNullable(applied);
    }

    /** What the loader shall take next. */
    synchronized Optional<ContextContent> offered() {
        return Optional.ofNullable(offered);
    }

    synchronized void offer(ContextContent content) {
        offered = content;
    }

    /** Offers what is there already, so that a refresh that brings other contexts need not read this one. */
    synchronized void offerUnchanged() {
        if (offered == null) {
            offered = appliedOrEmpty();
        }
    }

    synchronized void withdraw() {
        offered = null;
    }

    /** Forgets what an earlier environment was given that came to nothing. */
    synchronized void beginPreparation() {
        prepared = null;
    }

    /** Notes that an environment in the making is being given {@code content}, and ends an offer of it. */
    synchronized void prepare(ContextContent content) {
        if (offered == content) {
            offered = null;
        }
        if (content != nothing) {
            prepared = content;
        }
    }

    /** Notes that the application has the environment that was prepared last. */
    synchronized void apply() {
        if (prepared != null) {
            previous = appliedOrEmpty();
            applied = prepared;
            prepared = null;
        }
    }

    /**
     * Notes that the application could not live with what was prepared or applied last, and offers what it had before.
     */
    synchronized void refuse() {
        if (prepared != null) {
            refused = prepared;
            offered = appliedOrEmpty();
            prepared = null;
        } else if (previous != null) {
            refused = applied;
            offered = previous;
        }
    }

    /** Whether something was refused and {@code content} is something else. */
    synchronized boolean differsFromRefused(ContextContent content) {
        return refused != null && !ChangedKeys.between(refused, content).isEmpty();
    }

    /** What was refused may be offered again. */
    synchronized void pardon() {
        refused = null;
    }

    /**
     * The keys by which {@code content} differs from what is applied, none if it is what was refused. Without a
     * difference the newer write is remembered.
     */
    synchronized Set<String> differenceTo(ContextContent content) {
        if (refused != null && ChangedKeys.between(refused, content).isEmpty()) {
            return Set.of();
        }
        Set<String> keys = ChangedKeys.between(applied, content);
        if (keys.isEmpty()) {
            applied = content;
            refused = null;
        }
        return keys;
    }

    /**
     * The property sources for an environment in the making, a later one wins: those of the content that was prepared,
     * otherwise of the applied one, and an empty one for each that earlier content had.
     */
    synchronized List<ContextContent.Part> parts() {
        List<ContextContent.Part> parts = new ArrayList<>((prepared == null ? appliedOrEmpty() : prepared).parts());
        List<String> present = parts.stream().map(ContextContent.Part::name).toList();
        partNames.stream()
                .filter(name -> !present.contains(name))
                .forEach(name -> parts.add(new ContextContent.Part(name, Map.of())));
        present.stream().filter(name -> !partNames.contains(name)).forEach(partNames::add);
        return parts;
    }

    /** Whether changes concern the application: not those of a context that it imports no longer. */
    synchronized boolean followed() {
        return followed;
    }

    /**
     * Notes whether the environment that the application has now asked for it.
     *
     * @return whether that is another answer than before
     */
    synchronized boolean follow(boolean asked) {
        boolean other = followed != asked;
        followed = asked;
        if (!asked) {
            offered = null;
        }
        return other;
    }

    /** Whether {@code complaint} is another one than the last; null says that there is none any more. */
    synchronized boolean complains(@Nullable Object complaint) {
        boolean anew = complaint != null && !complaint.equals(this.complaint);
        this.complaint = complaint;
        return anew;
    }

    private ContextContent appliedOrEmpty() {
        return applied == null ? nothing : applied;
    }

    @Override
    public String toString() {
        return context.name();
    }
}
