package io.quorate.simulation.check;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Request;
import java.util.ArrayList;
import java.util.List;

/** What the model answers to reads (client protocol 4.4, 5.9, 6.5). */
final class ModelReads {

    private final ReferenceModel model;

    ModelReads(ReferenceModel model) {
        this.model = model;
    }

    Answer read(Request request, long session) {
        if (request instanceof Request.MultiRead multi) {
            List<Answer> answers = new ArrayList<>();
            for (Request part : multi.parts()) {
                Answer answer = read(part, session);
                boolean children = part instanceof Request.GetChildren && answer.error() == Answer.OK;
                answers.add(children ? Answer.names(answer.names(), null) : answer);
            }
            return Answer.parts(answers);
        }
        if (request instanceof Request.GetEphemerals get) {
            return ephemerals(get.prefix(), session);
        }
        if (request instanceof Request.Sync sync) {
            return Answer.text(sync.path(), null);
        }
        return readNode(request);
    }

    private Answer readNode(Request request) {
        String path = path(request);
        ModelNode node = model.find(path);
        if (node == null) {
            return Answer.failed(Answer.NO_NODE);
        }
        if (request instanceof Request.GetData) {
            return Answer.text(node.data, node.stat());
        }
        if (request instanceof Request.GetChildren) {
            return Answer.names(new ArrayList<>(node.children), node.stat());
        }
        if (request instanceof Request.CountDescendants) {
            return Answer.number(descendants(path));
        }
        return Answer.text(null, node.stat());
    }

    private static String path(Request request) {
        if (request instanceof Request.GetData get) {
            return get.path();
        }
        if (request instanceof Request.GetChildren get) {
            return get.path();
        }
        if (request instanceof Request.CountDescendants count) {
            return count.path();
        }
        return ((Request.Exists) request).path();
    }

    private Answer ephemerals(String prefix, long session) {
        List<String> paths = new ArrayList<>();
        for (String path : model.ephemerals(session)) {
            if (prefix.equals(ReferenceModel.ROOT) || path.startsWith(prefix)) {
                paths.add(path);
            }
        }
        return Answer.names(paths, null);
    }

    private int descendants(String path) {
        if (path.equals(ReferenceModel.ROOT)) {
            return model.nodes().size() - 1;
        }
        int count = 0;
        for (String other : model.nodes().keySet()) {
            count += other.startsWith(path + "/") ? 1 : 0;
        }
        return count;
    }
}
