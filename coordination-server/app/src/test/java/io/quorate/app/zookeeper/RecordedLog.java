package io.quorate.app.zookeeper;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.logging.Log;

/** Keeps the lines, each behind its level. */
final class RecordedLog implements Log {

    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    private void add(String level, Object message) {
        lines.add(level + " " + message);
    }

    @Override
    public void info(Object message) {
        add("INFO", message);
    }

    @Override
    public void info(Object message, Throwable failure) {
        add("INFO", message);
    }

    @Override
    public void warn(Object message) {
        add("WARN", message);
    }

    @Override
    public void warn(Object message, Throwable failure) {
        add("WARN", message);
    }

    @Override
    public void error(Object message) {
        add("ERROR", message);
    }

    @Override
    public void error(Object message, Throwable failure) {
        add("ERROR", message);
    }

    @Override
    public void fatal(Object message) {
        add("FATAL", message);
    }

    @Override
    public void fatal(Object message, Throwable failure) {
        add("FATAL", message);
    }

    @Override
    public void debug(Object message) {
        add("DEBUG", message);
    }

    @Override
    public void debug(Object message, Throwable failure) {
        add("DEBUG", message);
    }

    @Override
    public void trace(Object message) {
        add("TRACE", message);
    }

    @Override
    public void trace(Object message, Throwable failure) {
        add("TRACE", message);
    }

    @Override
    public boolean isDebugEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    public boolean isFatalEnabled() {
        return true;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isTraceEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }
}
