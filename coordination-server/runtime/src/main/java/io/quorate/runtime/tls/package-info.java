/** What encryption of client connections is made of, in the JDK's own terms: keys, trust, and demands on clients. */
@NullMarked
package io.quorate.runtime.tls;

import org.jspecify.annotations.NullMarked;
