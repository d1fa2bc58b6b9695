package narwhal.optimizers;

/// A straight line from 0 to where another schedule starts, then that schedule.
///
/// @param steps of the line, at least 1
/// @param after from its beginning
record Warmup(long steps, Schedule after) implements Schedule {
    Warmup {
        Checks.argument(steps >= 1, "a warm-up has at least 1 step, got " + steps);
    }

    @Override
    public double at(long iteration) {
        return iteration < steps ? after.at(0) * iteration / steps : after.at(iteration - steps);
    }
}
