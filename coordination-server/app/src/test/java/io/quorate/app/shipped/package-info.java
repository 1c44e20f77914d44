/** Black-box tests: the jar that is shipped, as a process, against ZooKeeper's own client. */
@NullMarked
package io.quorate.app.shipped;

import org.jspecify.annotations.NullMarked;
