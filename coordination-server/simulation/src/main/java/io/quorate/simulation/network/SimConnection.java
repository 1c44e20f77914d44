package io.quorate.simulation.network;

/** A connection between two members, for whoever wants to break it. */
public final class SimConnection {

    final long id;
    final LinkEnd dialler;
    final LinkEnd acceptor;

    SimConnection(long id, LinkEnd dialler, LinkEnd acceptor) {
        this.id = id;
        this.dialler = dialler;
        this.acceptor = acceptor;
    }

    /** The member that connected. */
    public long from() {
        return dialler.owner.node();
    }

    public long to() {
        return acceptor.owner.node();
    }

    /** Whether one side at least believes in it. */
    public boolean isAlive() {
        return !(dialler.isClosed() && acceptor.isClosed());
    }

    /** The end that this member has. */
    LinkEnd endOf(long node) {
        return node == from() ? dialler : acceptor;
    }

    @Override
    public String toString() {
        return "connection " + id + " from " + from() + " to " + to();
    }
}
