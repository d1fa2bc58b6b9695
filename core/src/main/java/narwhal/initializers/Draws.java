package narwhal.initializers;

import java.util.function.DoubleSupplier;

/// Normal numbers from uniform ones. `StrictMath`, since these bits are stored for ever.
final class Draws {
    private Draws() {
    }

    /// Mean 0 and variance 1, by Box and Muller.
    static double normal(DoubleSupplier uniform) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform.getAsDouble()));
        return radius * StrictMath.cos(2 * Math.PI * uniform.getAsDouble());
    }

    /// The same, drawn again beyond two standard deviations.
    static double truncated(DoubleSupplier uniform) {
        while (true) {
            double z = normal(uniform);
            if (Math.abs(z) <= 2) return z;
        }
    }
}
