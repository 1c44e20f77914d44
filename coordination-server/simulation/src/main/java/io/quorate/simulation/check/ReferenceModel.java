package io.quorate.simulation.check;

import io.quorate.simulation.Violation;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The service as client protocol 4.3, 5 and 6 describe it. A write either changes the model and says so, or changes
 * nothing.
 */
final class ReferenceModel {

    static final String ROOT = "/";

    private final TreeMap<String, ModelNode> nodes = new TreeMap<>();
    /** Open sessions and their timeouts, in milliseconds. */
    private final TreeMap<Long, Integer> sessions = new TreeMap<>();
    /** How to take back what the operation under way has done so far. */
    private final ArrayList<Runnable> undo = new ArrayList<>();

    /** The transaction that an operation belongs to. */
    record Moment(long session, long zxid, long timeMillis) {}

    ReferenceModel() {
        ModelNode root = new ModelNode();
        root.data = "";
        nodes.put(ROOT, root);
        for (String path : List.of("/zookeeper", "/zookeeper/config", "/zookeeper/quota")) {
            nodes.put(path, new ModelNode());
            existing(parent(path)).children.add(name(path));
        }
    }

    Map<String, ModelNode> nodes() {
        return nodes;
    }

    Map<Long, Integer> sessions() {
        return sessions;
    }

    @Nullable
    ModelNode find(String path) {
        return nodes.get(path);
    }

    private ModelNode existing(String path) {
        ModelNode node = nodes.get(path);
        Violation.unless(node != null, "S3", "the model has no %s", path);
        return node;
    }

    // ------------------------------------------------------------------------------------------------------ sessions

    void openSession(long session, int timeoutMillis) {
        Integer before = sessions.put(session, timeoutMillis);
        Violation.unless(before == null, "S4", "session 0x%x is opened twice", session);
    }

    /** Paths of the session's ephemerals. */
    TreeSet<String> ephemerals(long session) {
        TreeSet<String> paths = new TreeSet<>();
        nodes.forEach((path, node) -> {
            if (node.owner == session) {
                paths.add(path);
            }
        });
        return paths;
    }

    /** Removes the session and its nodes, in the order given, which must be all of them. */
    void closeSession(Moment moment, List<String> paths, List<Change> changes) {
        long session = moment.session();
        TreeSet<String> owned = ephemerals(session);
        Violation.unless(
                owned.equals(new TreeSet<>(paths)) && owned.size() == paths.size(),
                "S4",
                "closing 0x%x at 0x%x removes %s, but it owns %s",
                session,
                moment.zxid(),
                paths,
                owned);
        sessions.remove(session);
        for (String path : paths) {
            remove(path, moment, changes);
        }
        undo.clear();
    }

    /** A container is removed because it is empty. */
    void reap(String path, Moment moment, List<Change> changes) {
        ModelNode node = nodes.get(path);
        Violation.unless(
                node != null && node.container && node.children.isEmpty() && node.creations > 0,
                "S3",
                "%s is reaped at 0x%x and is no container without use",
                path,
                moment.zxid());
        remove(path, moment, changes);
        undo.clear();
    }

    // -------------------------------------------------------------------------------------------------------- writes

    /** Carries out a write, or finds out why not and leaves everything as it was. */
    Answer write(Request request, Moment moment, List<Change> changes) {
        undo.clear();
        Answer answer = request instanceof Request.Multi multi
                ? multi(multi, moment, changes)
                : writeOne(request, moment, changes);
        undo.clear();
        return answer;
    }

    private Answer multi(Request.Multi multi, Moment moment, List<Change> changes) {
        int before = changes.size();
        List<Answer> answers = new ArrayList<>();
        for (Request part : multi.parts()) {
            Answer answer = writeOne(part, moment, changes);
            answers.add(answer);
            if (answer.error() != Answer.OK) {
                takeBack();
                changes.subList(before, changes.size()).clear();
                return failedMulti(multi.parts().size(), answers.size() - 1, answer.error());
            }
        }
        return Answer.parts(answers);
    }

    private void takeBack() {
        for (int i = undo.size() - 1; i >= 0; i--) {
            undo.get(i).run();
        }
    }

    /** Client protocol 6.4. */
    private static Answer failedMulti(int size, int failed, int error) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (i < failed) {
                answers.add(Answer.failed(Answer.OK));
            } else {
                answers.add(Answer.failed(i == failed ? error : Answer.RUNTIME_INCONSISTENCY));
            }
        }
        return Answer.parts(answers);
    }

    private Answer writeOne(Request request, Moment moment, List<Change> changes) {
        if (request instanceof Request.Create create) {
            return create(create, moment, changes);
        }
        if (request instanceof Request.Delete delete) {
            return delete(delete, moment, changes);
        }
        if (request instanceof Request.SetData set) {
            return setData(set, moment, changes);
        }
        Request.Check check = (Request.Check) request;
        return Answer.failed(refusal(check.path(), check.version()));
    }

    private Answer create(Request.Create create, Moment moment, List<Change> changes) {
        if (create.path().lastIndexOf('/') < 0) {
            return Answer.failed(Answer.BAD_ARGUMENTS);
        }
        ModelNode above = nodes.get(parent(create.path()));
        if (above == null) {
            return Answer.failed(Answer.NO_NODE);
        }
        String suffix = create.kind().isSequential() ? String.format("%010d", above.creations) : "";
        String path = create.path() + suffix;
        if (!isValid(path)) {
            return Answer.failed(Answer.BAD_ARGUMENTS);
        }
        if (nodes.containsKey(path)) {
            return Answer.failed(Answer.NODE_EXISTS);
        }
        if (above.owner != 0) {
            return Answer.failed(Answer.NO_CHILDREN_FOR_EPHEMERALS);
        }
        ModelNode node = newNode(create, moment);
        add(path, node, above, moment);
        changes.add(new Change(Change.Kind.CREATED, path));
        boolean withStat = create.withStat() || node.container;
        return Answer.text(path, withStat ? node.stat() : null);
    }

    private static ModelNode newNode(Request.Create create, Moment moment) {
        ModelNode node = new ModelNode();
        node.data = create.data();
        node.czxid = moment.zxid();
        node.mzxid = moment.zxid();
        node.pzxid = moment.zxid();
        node.ctime = moment.timeMillis();
        node.mtime = moment.timeMillis();
        node.owner = create.kind().isEphemeral() ? moment.session() : 0;
        node.container = create.kind() == Request.Kind.CONTAINER;
        return node;
    }

    private void add(String path, ModelNode node, ModelNode above, Moment moment) {
        long pzxid = above.pzxid;
        nodes.put(path, node);
        above.children.add(name(path));
        above.creations++;
        above.pzxid = moment.zxid();
        undo.add(() -> {
            nodes.remove(path);
            above.children.remove(name(path));
            above.creations--;
            above.pzxid = pzxid;
        });
    }

    private Answer delete(Request.Delete delete, Moment moment, List<Change> changes) {
        String path = delete.path();
        if (path.lastIndexOf('/') < 0 || path.equals(ROOT) || path.startsWith("/zookeeper")) {
            return Answer.failed(Answer.BAD_ARGUMENTS);
        }
        ModelNode node = nodes.get(path);
        if (node == null) {
            return Answer.failed(Answer.NO_NODE);
        }
        if (delete.version() != Request.ANY && delete.version() != node.version) {
            return Answer.failed(Answer.BAD_VERSION);
        }
        if (!node.children.isEmpty()) {
            return Answer.failed(Answer.NOT_EMPTY);
        }
        remove(path, moment, changes);
        return Answer.DONE;
    }

    private void remove(String path, Moment moment, List<Change> changes) {
        ModelNode above = existing(parent(path));
        ModelNode node = existing(path);
        long pzxid = above.pzxid;
        nodes.remove(path);
        above.children.remove(name(path));
        above.pzxid = moment.zxid();
        changes.add(new Change(Change.Kind.DELETED, path));
        undo.add(() -> {
            nodes.put(path, node);
            above.children.add(name(path));
            above.pzxid = pzxid;
        });
    }

    private Answer setData(Request.SetData set, Moment moment, List<Change> changes) {
        int refusal = refusal(set.path(), set.version());
        if (refusal != Answer.OK) {
            return Answer.failed(refusal);
        }
        ModelNode node = existing(set.path());
        String data = node.data;
        long mzxid = node.mzxid;
        long mtime = node.mtime;
        node.data = set.data();
        node.version++;
        node.mzxid = moment.zxid();
        node.mtime = moment.timeMillis();
        undo.add(() -> {
            node.data = data;
            node.version--;
            node.mzxid = mzxid;
            node.mtime = mtime;
        });
        changes.add(new Change(Change.Kind.DATA_CHANGED, set.path()));
        return Answer.text(null, node.stat());
    }

    private int refusal(String path, int version) {
        if (!isValid(path)) {
            return Answer.BAD_ARGUMENTS;
        }
        ModelNode node = nodes.get(path);
        if (node == null) {
            return Answer.NO_NODE;
        }
        return version == Request.ANY || version == node.version ? Answer.OK : Answer.BAD_VERSION;
    }

    // --------------------------------------------------------------------------------------------------------- paths

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : path.substring(0, slash);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Client protocol 5.1, as far as workloads go. */
    private static boolean isValid(String path) {
        if (path.equals(ROOT)) {
            return true;
        }
        if (!path.startsWith(ROOT) || path.endsWith(ROOT)) {
            return false;
        }
        for (String part : path.substring(1).split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
