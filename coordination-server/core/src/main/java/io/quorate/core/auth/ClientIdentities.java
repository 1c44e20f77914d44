package io.quorate.core.auth;

import io.quorate.core.base.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The identities of one connection, in the order in which it gained them. They only grow, and end with the connection.
 */
public final class ClientIdentities {

    private final List<Identity> identities = new ArrayList<>(2);
    /** Whether one of {@link #identities} has the scheme super: asked by every check. */
    private boolean isSuper;
    /** Length of all of {@link #identities}. */
    private int chars;
    /** Whether one was refused for want of room. */
    private boolean overflowed;

    /**
     * Every check walks them and every forwarded write carries them, so they must not grow without end; a client with a
     * legitimate need holds a handful.
     */
    private final int maxIdentities;
    /** An id is as long as a client likes, and enters lists that say {@code auth}. */
    private final int maxChars;

    private ClientIdentities(int maxIdentities, int maxChars) {
        this.maxIdentities = maxIdentities;
        this.maxChars = maxChars;
    }

    /** Nobody in particular: world:anyone applies and nothing else. */
    public static ClientIdentities none() {
        return new ClientIdentities(
                Limits.DEFAULTS.links().maxIdentities(), Limits.DEFAULTS.links().maxIdentityChars());
    }

    /** A connection just accepted: known by its address only, in the form of {@link IpScheme#textOf}. */
    public static ClientIdentities ofAddress(String address) {
        return ofAddress(address, Limits.DEFAULTS);
    }

    /** The same, where what a connection may gain is bounded by these limits. */
    public static ClientIdentities ofAddress(String address, Limits limits) {
        ClientIdentities identities = new ClientIdentities(
                limits.links().maxIdentities(), limits.links().maxIdentityChars());
        identities.add(new Identity(IpScheme.NAME, address));
        return identities;
    }

    /** The identities that a peer forwarded with a request. The peer has bounded them, and so does its frame. */
    public static ClientIdentities of(List<Identity> forwarded) {
        ClientIdentities identities = new ClientIdentities(Integer.MAX_VALUE, Integer.MAX_VALUE);
        forwarded.forEach(identities::add);
        return identities;
    }

    /** The same identities, to be added to without changing these. */
    public ClientIdentities copy() {
        ClientIdentities copy = new ClientIdentities(maxIdentities, maxChars);
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
        if (identities.size() >= maxIdentities || length > maxChars - chars) {
            overflowed = true;
            return false;
        }
        chars += length;
        identities.add(identity);
        isSuper |= identity.scheme().equals(Identity.SUPER);
        return true;
    }

    /** Whether an identity was refused because there was no room for it. */
    public boolean hasOverflowed() {
        return overflowed;
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
