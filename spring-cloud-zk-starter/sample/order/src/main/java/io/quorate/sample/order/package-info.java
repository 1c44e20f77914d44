/** The order service of the sample: offers, orders, and a job that ships them on one instance only. */
@NullMarked
package io.quorate.sample.order;

import org.jspecify.annotations.NullMarked;
