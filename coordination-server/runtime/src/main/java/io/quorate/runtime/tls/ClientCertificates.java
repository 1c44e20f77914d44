package io.quorate.runtime.tls;

/** Whether clients show certificates: ZooKeeper's {@code ssl.clientAuth}. */
public enum ClientCertificates {
    /** They are not asked for one. */
    NONE,
    /** They are asked, and may have none; one that is not trusted ends the connection. */
    WANT,
    /** Who has none that is trusted is not let in. */
    NEED
}
