package io.quorate.core.auth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The identities of one connection, in the order in which it gained them. They only grow, and end with the connection.
 */
public final class ClientIdentities {

    /**
     * How many a connection may hold. Every check walks them and every forwarded write carries them, so they must not
     * grow without end; a client with a legitimate need holds a handful.
     */
    public static final int MAX = 256;
    /** How long they may be together: an id is as long as a client likes, and enters lists that say {@code auth}. */
    public static final int MAX_CHARS = 64 << 10;

    private final List<Identity> identities = new ArrayList<>(2);
    /** Whether one of {@link #identities} has the scheme super: asked by every check. */
    private boolean isSuper;
    /** Length of all of {@link #identities}. */
    private int chars;

    private ClientIdentities() {}

    /** Nobody in particular: world:anyone applies and nothing else. */
    public static ClientIdentities none() {
        return new ClientIdentities();
    }

    /** A connection just accepted: known by its address only, in the form of {@link IpScheme#textOf}. */
    public static ClientIdentities ofAddress(String address) {
        ClientIdentities identities = new ClientIdentities();
        identities.add(new Identity(IpScheme.NAME, address));
        return identities;
    }

    /** The identities that a peer forwarded with a request. */
    public static ClientIdentities of(List<Identity> forwarded) {
        ClientIdentities identities = new ClientIdentities();
        forwarded.forEach(identities::add);
        return identities;
    }

    /** The same identities, to be added to without changing these. */
    public ClientIdentities copy() {
        ClientIdentities copy = new ClientIdentities();
        copy.identities.addAll(identities);
        copy.isSuper = isSuper;
        copy.chars = chars;
        return copy;
    }

    /**
     * Adds an identity; one that is there already changes nothing.
     *
     * @return false when there is no room for it
     */
    public boolean add(Identity identity) {
        if (identities.contains(identity)) {
            return true;
        }
        int length = identity.scheme().length() + identity.id().length();
        if (identities.size() >= MAX || length > MAX_CHARS - chars) {
            return false;
        }
        chars += length;
        identities.add(identity);
        isSuper |= identity.scheme().equals(Identity.SUPER);
        return true;
    }

    /** In the order in which they were gained; a view that is not to be changed. */
    public List<Identity> asList() {
        return Collections.unmodifiableList(identities);
    }

    int size() {
        return identities.size();
    }

    Identity get(int index) {
        return identities.get(index);
    }

    public boolean isSuper() {
        return isSuper;
    }

    /** Whether there is an identity of that scheme. */
    public boolean has(String scheme) {
        for (int i = 0; i < identities.size(); i++) {
            if (identities.get(i).scheme().equals(scheme)) {
                return true;
            }
        }
        return false;
    }
}
