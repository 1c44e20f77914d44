/**
 * Transactions: what the log holds, what replication carries, what changes the tree. Values and their bytes.
 */
@NullMarked
package io.quorate.core.txn;

import org.jspecify.annotations.NullMarked;
