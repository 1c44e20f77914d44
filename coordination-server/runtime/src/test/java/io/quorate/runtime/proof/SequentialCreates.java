package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Creates sequential nodes below a parent that several clients share. Every acknowledged name is there, no number is
 * given twice, and no request takes effect twice.
 */
final class SequentialCreates implements AcknowledgedWrites {

    private static final int SUFFIX_DIGITS = 10;

    private final String parent;
    private final String prefix;
    /** Names acknowledged since the last check, and everything that was there then. */
    private final Set<String> expected = new HashSet<>();

    private volatile long acknowledged;
    private int inDoubt;
    private String lastName = "";

    /** @param name of this client, not the beginning of another's */
    SequentialCreates(String parent, String name) {
        this.parent = parent;
        this.prefix = name + "-";
    }

    @Override
    public void prepare(KitSession session) {
        // Another client may have created it.
        session.create(parent);
    }

    @Override
    public void send(KitSession session) {
        session.send(
                Op.CREATE,
                Bodies.create(parent + "/" + prefix, Bodies.bytes(""), Acl.OPEN, Flags.PERSISTENT_SEQUENTIAL));
        inDoubt++;
    }

    @Override
    public void receive(KitSession session) {
        String name = session.receive().path().substring(parent.length() + 1);
        assertThat(expected.add(name)).as("%s was given once", name).isTrue();
        assertThat(suffix(name)).as("number behind that of %s", lastName).isGreaterThan(suffix(lastName));
        lastName = name;
        inDoubt--;
        acknowledged++;
    }

    @Override
    public void check(KitSession session) {
        List<String> all = session.getChildren(parent, false).children();
        assertThat(all.stream().map(SequentialCreates::suffix))
                .as("numbers of all clients")
                .doesNotHaveDuplicates();
        List<String> mine = all.stream().filter(name -> name.startsWith(prefix)).toList();
        assertThat(mine).as("acknowledged names").containsAll(expected);
        assertThat(mine.size() - expected.size()).as("names never acknowledged").isBetween(0, inDoubt);
        expected.addAll(mine);
        inDoubt = 0;
    }

    private static String suffix(String name) {
        return name.substring(Math.max(0, name.length() - SUFFIX_DIGITS));
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }
}
