/**
 * Proofs on whole servers: what a crash leaves, what malformed input does, what client libraries see, which files are
 * exchanged. Servers that have to be killed run in processes of their own.
 */
@NullMarked
package io.quorate.runtime.proof;

import org.jspecify.annotations.NullMarked;
