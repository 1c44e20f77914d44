package io.quorate.app.chaos;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What the nemesis can do. Each begins at once and lasts until {@link Ensemble#mend}. */
enum Fault {
    KILL_LEADER {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return kill(ensemble, List.of(leader(ensemble, random)));
        }
    },
    KILL_FOLLOWER {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return kill(ensemble, List.of(follower(ensemble, random)));
        }
    },
    KILL_MAJORITY {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return kill(ensemble, ensemble.shuffled(random).subList(0, ensemble.size() / 2 + 1));
        }
    },
    KILL_ALL {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return kill(ensemble, ensemble.shuffled(random));
        }
    },
    STOP_LEADER {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return stop(ensemble, List.of(leader(ensemble, random)));
        }
    },
    STOP_FOLLOWER {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return stop(ensemble, List.of(follower(ensemble, random)));
        }
    },
    STOP_MAJORITY {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return stop(ensemble, ensemble.shuffled(random).subList(0, ensemble.size() / 2 + 1));
        }
    },
    CUT_IN_HALVES {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return halves(ensemble, random, Wire.Condition.CUT);
        }
    },
    HOLD_IN_HALVES {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return halves(ensemble, random, Wire.Condition.HELD);
        }
    },
    CUT_LEADER_OFF {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return isolate(ensemble, leader(ensemble, random), Wire.Condition.CUT);
        }
    },
    HOLD_LEADER_OFF {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return isolate(ensemble, leader(ensemble, random), Wire.Condition.HELD);
        }
    },
    LEADER_UNHEARD {
        @Override
        String begin(Ensemble ensemble, Random random) {
            int leader = leader(ensemble, random);
            others(ensemble, leader).forEach(other -> ensemble.wire(leader, other, Wire.Condition.HELD));
            return "nothing of server " + leader + " arrives";
        }
    },
    LEADER_DEAF {
        @Override
        String begin(Ensemble ensemble, Random random) {
            int leader = leader(ensemble, random);
            others(ensemble, leader).forEach(other -> ensemble.wire(other, leader, Wire.Condition.HELD));
            return "nothing arrives at server " + leader;
        }
    },
    BRIDGE {
        /** Two halves that only one member can talk to both of. */
        @Override
        String begin(Ensemble ensemble, Random random) {
            List<Integer> ids = ensemble.shuffled(random);
            int bridge = ids.remove(0);
            separate(ensemble, ids.subList(0, ids.size() / 2), ids.subList(ids.size() / 2, ids.size()), random);
            return "only server " + bridge + " reaches all: " + ids;
        }

        private void separate(Ensemble ensemble, List<Integer> ones, List<Integer> others, Random random) {
            Wire.Condition condition = random.nextBoolean() ? Wire.Condition.CUT : Wire.Condition.HELD;
            ones.forEach(one -> others.forEach(other -> ensemble.link(one, other, condition)));
        }
    },
    RESET_ALL {
        /** For a moment: most connections are made again at once. */
        @Override
        String begin(Ensemble ensemble, Random random) {
            ensemble.resetLinks();
            return "every connection between members is reset";
        }
    },
    SLOW_LINKS {
        @Override
        String begin(Ensemble ensemble, Random random) {
            long delay = TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(180));
            everyLink(ensemble, Wire.Condition.slow(delay, delay));
            return TimeUnit.NANOSECONDS.toMillis(delay) + " ms and more each way";
        }
    },
    NARROW_LINKS {
        @Override
        String begin(Ensemble ensemble, Random random) {
            int bytesPerSecond = 4_000 + random.nextInt(30_000);
            everyLink(ensemble, Wire.Condition.narrow(bytesPerSecond));
            return bytesPerSecond + " bytes per second";
        }
    },
    CLIENTS_CUT_OFF {
        @Override
        String begin(Ensemble ensemble, Random random) {
            int member = random.nextBoolean() ? leader(ensemble, random) : follower(ensemble, random);
            Wire.Condition condition = random.nextBoolean() ? Wire.Condition.CUT : Wire.Condition.HELD;
            ensemble.link(Ensemble.CLIENTS, member, condition);
            return "no client reaches server " + member + (condition.cut() ? " (cut)" : " (held)");
        }
    },
    DISK_FULL_LEADER {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return fill(ensemble, leader(ensemble, random));
        }

        @Override
        boolean isPossible(Ensemble ensemble) {
            return ensemble.member(1).volume().canBeFilled();
        }
    },
    DISK_FULL_FOLLOWER {
        @Override
        String begin(Ensemble ensemble, Random random) {
            return fill(ensemble, follower(ensemble, random));
        }

        @Override
        boolean isPossible(Ensemble ensemble) {
            return ensemble.member(1).volume().canBeFilled();
        }
    };

    /** @return whom it hit, for the log */
    abstract String begin(Ensemble ensemble, Random random);

    boolean isPossible(Ensemble ensemble) {
        return true;
    }

    /** Anybody, when nobody leads. */
    private static int leader(Ensemble ensemble, Random random) {
        int leader = ensemble.leader();
        return leader == 0 ? 1 + random.nextInt(ensemble.size()) : leader;
    }

    private static int follower(Ensemble ensemble, Random random) {
        List<Integer> others = others(ensemble, leader(ensemble, random));
        return others.get(random.nextInt(others.size()));
    }

    private static List<Integer> others(Ensemble ensemble, int id) {
        return ensemble.members().stream()
                .map(Member::id)
                .filter(other -> other != id)
                .toList();
    }

    private static String kill(Ensemble ensemble, List<Integer> ids) {
        ids.forEach(id -> ensemble.member(id).kill());
        return "kill -9 of " + ids;
    }

    private static String stop(Ensemble ensemble, List<Integer> ids) {
        ids.stream().map(ensemble::member).filter(member -> !member.isPaused()).forEach(Member::pause);
        return "SIGSTOP to " + ids;
    }

    private static String isolate(Ensemble ensemble, int id, Wire.Condition condition) {
        others(ensemble, id).forEach(other -> ensemble.link(id, other, condition));
        return "server " + id + " is alone";
    }

    private static String halves(Ensemble ensemble, Random random, Wire.Condition condition) {
        List<Integer> ids = ensemble.shuffled(random);
        List<Integer> minority = ids.subList(0, ids.size() / 2);
        List<Integer> majority = ids.subList(ids.size() / 2, ids.size());
        minority.forEach(one -> majority.forEach(other -> ensemble.link(one, other, condition)));
        return minority + " and " + majority;
    }

    private static void everyLink(Ensemble ensemble, Wire.Condition condition) {
        for (int one = 1; one <= ensemble.size(); one++) {
            for (int other = one + 1; other <= ensemble.size(); other++) {
                ensemble.link(one, other, condition);
            }
        }
    }

    private static String fill(Ensemble ensemble, int id) {
        ensemble.member(id).fillDisk();
        return "no space left for server " + id;
    }
}
