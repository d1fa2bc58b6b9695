package narwhal.optimizers;

/// What optimizers and schedules ask of their arguments.
final class Checks {
    private Checks() {
    }

    static void argument(boolean holds, String message) {
        if (!holds) throw new IllegalArgumentException(message);
    }

    static void rate(String what, double rate) {
        argument(rate > 0, what + " needs a learning rate above 0, got " + rate);
    }

    /// With a schedule, a warm-up may begin at 0.
    static void rate(String what, double rate, Options options) {
        if (options.schedule().isEmpty() || rate != 0) rate(what, rate);
    }

    static void steps(String what, long steps) {
        argument(steps >= 1, what + " needs at least 1 step, got " + steps);
    }

    /// A share that is kept from step to step.
    static void share(String what, String name, double share) {
        argument(share >= 0 && share < 1, what + " needs a " + name + " of 0 or more and less than 1, got " + share);
    }

    static void above0(String what, String name, double value) {
        argument(value > 0, what + " needs an " + name + " above 0, got " + value);
    }
}
