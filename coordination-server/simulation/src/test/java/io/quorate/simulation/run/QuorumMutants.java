package io.quorate.simulation.run;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.replica.EnsembleOptions;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import io.quorate.simulation.server.Wiring;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Faults of a member's part in the quorum, as its ports show them. Each makes the wiring of one member. */
final class QuorumMutants {

    /** Forces that nobody has asked for have tickets that nobody knows. */
    private static final long OWN_TICKET = -77;

    /** Where a transaction's header has the last byte of its time. */
    private static final int TIME_OFFSET = 27;

    private static final int SYNC_OPERATION = 9;

    private QuorumMutants() {}

    /** Every packet of one type may be changed, dropped or doubled on its way out. */
    private static Wiring outgoing(int type, UnaryOperator<List<QuorumPacket>> change) {
        return new MutatedPackets() {
            @Override
            List<QuorumPacket> out(long link, List<QuorumPacket> packets) {
                List<QuorumPacket> changed = new ArrayList<>();
                for (QuorumPacket packet : packets) {
                    changed.addAll(packet.type() == type ? change.apply(List.of(packet)) : List.of(packet));
                }
                return changed;
            }
        };
    }

    static Wiring acknowledgeAnotherZxid() {
        return outgoing(PacketType.ACK, packets -> {
            QuorumPacket ack = packets.get(0);
            return Zxid.counter(ack.zxid()) == 0 ? packets : List.of(QuorumPacket.of(PacketType.ACK, ack.zxid() + 1));
        });
    }

    static Wiring changeProposal() {
        BooleanSupplier now = DiskMutants.every(25);
        return outgoing(PacketType.PROPOSAL, packets -> {
            QuorumPacket proposal = packets.get(0);
            byte[] data = proposal.data();
            if (data == null || !now.getAsBoolean()) {
                return packets;
            }
            byte[] changed = data.clone();
            changed[TIME_OFFSET]++;
            return List.of(QuorumPacket.of(PacketType.PROPOSAL, proposal.zxid(), changed));
        });
    }

    static Wiring commitOutOfOrder() {
        BooleanSupplier now = DiskMutants.every(5);
        return new MutatedPackets() {
            private final Map<Long, QuorumPacket> held = new HashMap<>();

            @Override
            List<QuorumPacket> out(long link, List<QuorumPacket> packets) {
                List<QuorumPacket> changed = new ArrayList<>();
                for (QuorumPacket packet : packets) {
                    QuorumPacket late = held.get(link);
                    if (packet.type() != PacketType.COMMIT) {
                        changed.add(packet);
                    } else if (late != null) {
                        changed.add(packet);
                        changed.add(late);
                        held.remove(link);
                    } else if (now.getAsBoolean()) {
                        held.put(link, packet);
                    } else {
                        changed.add(packet);
                    }
                }
                return changed;
            }
        };
    }

    /** What a leader proposes counts as acknowledged by everybody whom it is sent to. */
    static Wiring countProposalAsAcknowledged() {
        return new MutatedPackets() {
            private final Map<Long, List<QuorumPacket>> forged = new HashMap<>();

            @Override
            List<QuorumPacket> out(long link, List<QuorumPacket> packets) {
                for (QuorumPacket packet : packets) {
                    if (packet.type() == PacketType.PROPOSAL) {
                        forged.computeIfAbsent(link, absent -> new ArrayList<>())
                                .add(QuorumPacket.of(PacketType.ACK, packet.zxid()));
                    }
                }
                return packets;
            }

            @Override
            List<QuorumPacket> before(long link) {
                List<QuorumPacket> acks = forged.remove(link);
                return acks == null ? List.of() : acks;
            }
        };
    }

    /** Learners are told to commit what a leader proposes as soon as it is proposed, and answer their clients then. */
    static Wiring commitWithProposal() {
        return new MutatedPackets() {
            @Override
            List<QuorumPacket> out(long link, List<QuorumPacket> packets) {
                List<QuorumPacket> changed = new ArrayList<>();
                for (QuorumPacket packet : packets) {
                    if (packet.type() != PacketType.COMMIT) {
                        changed.add(packet);
                    }
                    if (packet.type() == PacketType.PROPOSAL) {
                        changed.add(QuorumPacket.of(PacketType.COMMIT, packet.zxid()));
                    }
                }
                return changed;
            }
        };
    }

    /** Observers vote, and count for every quorum. */
    static Wiring countObserversAsVoters() {
        return new Wiring() {
            @Override
            public ReplicaOptions options(ReplicaOptions options) {
                EnsembleOptions ensemble = options.ensemble();
                return ensemble == null ? options : options.withEnsemble(withVotingObservers(ensemble));
            }
        };
    }

    private static EnsembleOptions withVotingObservers(EnsembleOptions ensemble) {
        List<PeerServer> voters = new ArrayList<>();
        for (PeerServer server : ensemble.membership().servers()) {
            voters.add(new PeerServer(server.id(), server.addresses(), false, server.client()));
        }
        return new EnsembleOptions(
                ensemble.serverId(),
                Membership.majority(ensemble.membership().version(), voters),
                ensemble.tickMillis(),
                ensemble.initLimitTicks(),
                ensemble.syncLimitTicks(),
                ensemble.connectLimitTicks(),
                ensemble.connectTimeoutMillis(),
                ensemble.finalizeWaitMillis(),
                ensemble.minNotificationMillis(),
                ensemble.maxNotificationMillis(),
                ensemble.windowTxns(),
                ensemble.windowBytes(),
                ensemble.leaderServes());
    }

    /** A learner answers its clients' syncs by itself. */
    static Wiring answerSyncAlone() {
        return new MutatedPackets() {
            private final Map<Long, List<QuorumPacket>> answers = new HashMap<>();

            @Override
            List<QuorumPacket> out(long link, List<QuorumPacket> packets) {
                List<QuorumPacket> kept = new ArrayList<>();
                for (QuorumPacket packet : packets) {
                    byte[] data = packet.data();
                    boolean sync = packet.type() == PacketType.REQUEST
                            && data != null
                            && ByteBuffer.wrap(data).getInt(Long.BYTES + Integer.BYTES) == SYNC_OPERATION;
                    if (sync) {
                        answers.computeIfAbsent(link, absent -> new ArrayList<>())
                                .add(QuorumPacket.of(PacketType.SYNC, 0));
                    } else {
                        kept.add(packet);
                    }
                }
                return kept;
            }

            @Override
            List<QuorumPacket> before(long link) {
                List<QuorumPacket> due = answers.remove(link);
                return due == null ? List.of() : due;
            }
        };
    }

    private static Wiring logLane(UnaryOperator<Disk> mutation) {
        return new Wiring() {
            @Override
            public Disk logLane(Disk lane) {
                return mutation.apply(lane);
            }
        };
    }

    /** What an epoch file holds is not forced before it takes the place of the last one. */
    static Wiring leaveEpochUnforced() {
        return logLane(lane -> new ForwardingDisk(lane) {
            @Override
            public void force(long ticket, DiskFile file) {
                if (file.name().contains("Epoch")) {
                    skip(ticket, file);
                } else {
                    super.force(ticket, file);
                }
            }
        });
    }

    static Wiring promiseWithoutWriting() {
        return logLane(lane -> new ForwardingDisk(lane) {
            @Override
            public void rename(long ticket, DiskFile from, DiskFile to) {
                if (to.name().equals("acceptedEpoch")) {
                    skip(ticket, from);
                } else {
                    super.rename(ticket, from, to);
                }
            }
        });
    }

    /** The log is forced only once the current epoch has been written. */
    static Wiring enterEpochBeforeHistory() {
        return new Wiring() {
            @Override
            public Disk logLane(Disk lane) {
                List<DiskFile> unforced = new ArrayList<>();
                return new ForwardingDisk(lane) {
                    private boolean entered;

                    @Override
                    public void force(long ticket, DiskFile file) {
                        if (!entered && file.name().startsWith("log.")) {
                            unforced.add(file);
                            skip(ticket, file);
                        } else {
                            super.force(ticket, file);
                        }
                    }

                    @Override
                    public void rename(long ticket, DiskFile from, DiskFile to) {
                        super.rename(ticket, from, to);
                        if (to.name().equals("currentEpoch")) {
                            entered = true;
                            unforced.forEach(file -> super.force(OWN_TICKET, file));
                            unforced.clear();
                        }
                    }
                };
            }

            @Override
            public Disk.Completions completions(Disk.Completions completions) {
                return (ticket, outcome) -> {
                    if (ticket != OWN_TICKET) {
                        completions.onDiskCompleted(ticket, outcome);
                    }
                };
            }
        };
    }

    /** What a leader orders to be cut off stays in the log. */
    static Wiring skipTruncation() {
        return logLane(lane -> new ForwardingDisk(lane) {
            @Override
            public void examine(long ticket, Consumer<DiskImage> work) {
                super.examine(
                        ticket,
                        image -> work.accept(new ForwardingImage(image) {
                            @Override
                            public void truncate(DiskFile file, long sizeBytes) {
                                // stays as it is
                            }
                        }));
            }
        });
    }

    /** Log files that a leader's snapshot has made void stay. */
    static Wiring keepVoidLogs() {
        return logLane(lane -> new ForwardingDisk(lane) {
            @Override
            public void delete(long ticket, DiskFile file) {
                if (file.name().startsWith("log.")) {
                    skip(ticket, file);
                } else {
                    super.delete(ticket, file);
                }
            }
        });
    }
}
