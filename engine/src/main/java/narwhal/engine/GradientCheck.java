package narwhal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import narwhal.engine.Randomness.Purpose;

/// Compares the gradients of a function written with a [Tape] with slopes measured between two points beside the one in
/// question: the oracle of every gradient, for primitives, layers and losses alike.
///
/// ```java
/// var x = engine.of(Shape.of(3), 0.5f, -1, 2);
/// assert GradientCheck.differences(engine, tape -> tape.softmax(x), List.of(x)).isEmpty();
/// ```
///
/// What is differentiated is the sum of the function's elements, each times a fixed random weight.
public final class GradientCheck {
    private static final double TOLERANCE = 2e-3;
    /// A function with a kink between the two points of a wide step is smooth between those of a narrow one; a wrong
    /// gradient agrees with neither.
    private static final float[] STEPS = {1e-2f, 1e-3f};

    private final Engine engine;
    private final Function function;

    private GradientCheck(Engine engine, Function function) {
        this.engine = engine;
        this.function = function;
    }

    /// What is to be differentiated. It is called many times and must give the same result for the same leaves.
    @FunctionalInterface
    public interface Function {
        /// Computes the function of the leaves' present values.
        Tensor of(Tape tape);
    }

    /// An element whose gradient is wrong.
    ///
    /// @param leaf place of the tensor in the list of leaves
    /// @param element place in it, row-major
    /// @param gradient what the tape says; 0 if the tape saw no connection
    /// @param slope what was measured
    public record Difference(int leaf, int element, double gradient, double slope) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "leaf %d, element %d: the tape says %.6g, measured was %.6g", leaf,
                    element,
                    gradient, slope);
        }
    }

    /// Every element of `leaves` where gradient and slope differ by more than 0.002 in sum of absolute and relative error.
    ///
    /// @param leaves made by [Engine#of] or [Engine#zeros]; their values are changed and put back. Values nearer than 0.01 to
    ///     a kink of the function can give false alarms
    public static List<Difference> differences(Engine engine, Function function, List<Tensor> leaves) {
        return new GradientCheck(engine, function).differences(leaves);
    }

    private List<Difference> differences(List<Tensor> leaves) {
        var differences = new ArrayList<Difference>();
        var gradients = gradients(leaves);
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            for (int element = 0; element < leaves.get(leaf).shape().size(); element++) {
                double gradient = gradients.get(leaf)[element];
                double slope = slope(leaves.get(leaf), element, gradient);
                if (!agree(gradient, slope)) differences.add(new Difference(leaf, element, gradient, slope));
            }
        }
        return differences;
    }

    private static boolean agree(double gradient, double slope) {
        return Math.abs(gradient - slope) <= TOLERANCE * (1 + Math.abs(gradient));
    }

    /// The slope of the first step that agrees with the gradient, otherwise of the last.
    private double slope(Tensor leaf, int element, double gradient) {
        double slope = 0;
        for (float step : STEPS) {
            slope = slope(leaf, element, step);
            if (agree(gradient, slope)) return slope;
        }
        return slope;
    }

    private double slope(Tensor leaf, int element, float step) {
        float at = engine.read(leaf)[element];
        double above = sumAt(leaf, element, at + step);
        double below = sumAt(leaf, element, at - step);
        engine.write(leaf, element, new float[]{at}, 1);
        return (above - below) / ((double) (at + step) - (at - step));
    }

    private double sumAt(Tensor leaf, int element, float value) {
        engine.write(leaf, element, new float[]{value}, 1);
        try (var scope = engine.scope()) {
            float[] y = engine.read(function.of(Tape.silent(engine)));
            float[] weights = weights(y.length);
            double sum = 0;
            for (int i = 0; i < y.length; i++) sum += (double) y[i] * weights[i];
            return sum;
        }
    }

    private List<float[]> gradients(List<Tensor> leaves) {
        try (var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            leaves.forEach(tape::watch);
            var y = function.of(tape);
            var weights = engine.of(y.shape(), weights(y.shape().size()));
            tape.backward(tape.sum(tape.multiply(y, weights)));
            return leaves.stream()
                    .map(leaf -> tape.gradient(leaf).map(engine::read).orElse(new float[leaf.shape().size()])).toList();
        }
    }

    private static float[] weights(int size) {
        var weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = (float) (2 * new Randomness(99).uniform(Purpose.INITIALISATION, 0, i) - 1);
        }
        return weights;
    }
}
