package narwhal.cli;

import java.util.Locale;

/// The optimizers that have a name on the command line.
enum OptimizerName {
    ADAM,
    SGD;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
