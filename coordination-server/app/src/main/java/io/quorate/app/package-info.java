/**
 * The server as a Spring Boot application: properties, life cycle, health and the actuator's quorum endpoint. Decides
 * nothing about data; it turns configuration into the runtime's options and shows what the runtime publishes.
 */
@NullMarked
package io.quorate.app;

import org.jspecify.annotations.NullMarked;
