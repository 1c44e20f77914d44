package io.quorate.core.txn;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a transaction does, in one line for people. */
public final class TxnText {

    private final boolean withData;

    /** @param withData whether data is written out in base64, or only its length */
    public TxnText(boolean withData) {
        this.withData = withData;
    }

    /** For example {@code setData /a 3 bytes version 2}. */
    public String of(TxnBody body) {
        if (body instanceof TxnBody.Multi multi) {
            StringJoiner parts = new StringJoiner("; ", "multi [", "]");
            multi.parts().forEach(part -> parts.add(of(part)));
            return parts.toString();
        }
        if (body instanceof TxnBody.CreateSession create) {
            return "createSession " + create.timeoutMillis() + "ms";
        }
        if (body instanceof TxnBody.CloseSession close) {
            return "closeSession" + paths(close.paths());
        }
        if (body instanceof TxnBody.Failed failed) {
            return "error " + failed.code();
        }
        return ofTreeChange(body);
    }

    private String ofTreeChange(TxnBody body) {
        if (body instanceof TxnBody.Create create) {
            return (create.type() == TxnType.CREATE ? "create " : "create2 ")
                    + created(create.path(), create.data(), create.acl(), create.parentCversion())
                    + (create.ephemeral() ? " ephemeral" : "");
        }
        if (body instanceof TxnBody.CreateContainer create) {
            return "createContainer " + created(create.path(), create.data(), create.acl(), create.parentCversion());
        }
        if (body instanceof TxnBody.CreateTtl create) {
            return "createTTL " + created(create.path(), create.data(), create.acl(), create.parentCversion()) + " ttl "
                    + create.ttlMillis() + "ms";
        }
        if (body instanceof TxnBody.SetData set) {
            return "setData " + set.path() + " " + data(set.data()) + " version " + set.newVersion();
        }
        return ofOther(body);
    }

    private String ofOther(TxnBody body) {
        if (body instanceof TxnBody.Reconfig reconfig) {
            return "reconfig " + reconfig.path() + " " + data(reconfig.data()) + " version " + reconfig.newVersion();
        }
        if (body instanceof TxnBody.SetAcl set) {
            return "setACL " + set.path() + " acl " + acl(set.acl()) + " aversion " + set.newVersion();
        }
        if (body instanceof TxnBody.Delete delete) {
            return "delete " + delete.path();
        }
        if (body instanceof TxnBody.DeleteContainer delete) {
            return "deleteContainer " + delete.path();
        }
        if (body instanceof TxnBody.Check check) {
            return "check " + check.path() + " version " + check.version();
        }
        return body.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private String created(NodePath path, byte @Nullable [] data, List<Acl> acl, int parentCversion) {
        return path + " " + data(data) + " acl " + acl(acl) + " parentCversion " + parentCversion;
    }

    private static String paths(@Nullable List<NodePath> paths) {
        if (paths == null) {
            return " (without list)";
        }
        StringJoiner list = new StringJoiner(" ", " [", "]");
        paths.forEach(path -> list.add(path.toString()));
        return list.toString();
    }

    /** {@code null}, or the length, or the base64. */
    public String data(byte @Nullable [] data) {
        if (data == null) {
            return "null";
        }
        return withData ? "base64:" + Base64.getEncoder().encodeToString(data) : data.length + " bytes";
    }

    /** As the command-line shell has it: {@code world:anyone:cdrwa}. */
    public static String acl(List<Acl> list) {
        StringJoiner entries = new StringJoiner(",");
        list.forEach(entry -> entries.add(entry.scheme() + ":" + entry.id() + ":" + permissions(entry.perms())));
        return entries.toString();
    }

    private static String permissions(int bits) {
        StringBuilder text = new StringBuilder();
        append(text, bits, Acl.CREATE, 'c');
        append(text, bits, Acl.DELETE, 'd');
        append(text, bits, Acl.READ, 'r');
        append(text, bits, Acl.WRITE, 'w');
        append(text, bits, Acl.ADMIN, 'a');
        return text.toString();
    }

    private static void append(StringBuilder text, int bits, int bit, char letter) {
        if ((bits & bit) != 0) {
            text.append(letter);
        }
    }
}
