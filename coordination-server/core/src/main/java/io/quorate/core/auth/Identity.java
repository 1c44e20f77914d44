package io.quorate.core.auth;

/** Something a connection is, by the rules of a scheme (client protocol 9.4). */
public record Identity(String scheme, String id) {

    /** The scheme of an identity that bypasses every list. Never stored in a list. */
    public static final String SUPER = "super";
}
