package narwhal.optimizers;

import java.util.ArrayList;
import java.util.List;
import narwhal.engine.Activation.Clamp;
import narwhal.engine.Engine;
import narwhal.engine.Tensor;

/// How gradients are kept small before a step. Keras has one argument for each and allows one of them at a time.
///
/// Source: `keras/src/optimizers/base_optimizer.py` of Keras 3. Where the gradients are not finite, training stops before
/// they come here.
public sealed interface Clipping {
    /// Gradients stay as they are.
    record None() implements Clipping {}

    /// A gradient whose norm is above `clipnorm` is shortened to it, each tensor on its own.
    ///
    /// @param clipnorm above 0
    record ByNorm(double clipnorm) implements Clipping {
        public ByNorm {
            Checks.argument(clipnorm > 0, "a norm is clipped above 0, got " + clipnorm);
        }
    }

    /// If the norm of all gradients together is above `globalClipnorm`, all are shortened by one factor.
    ///
    /// @param globalClipnorm above 0
    record ByGlobalNorm(double globalClipnorm) implements Clipping {
        public ByGlobalNorm {
            Checks.argument(globalClipnorm > 0, "a norm is clipped above 0, got " + globalClipnorm);
        }
    }

    /// Every element is held within ± `clipvalue`.
    ///
    /// @param clipvalue above 0
    record ByValue(double clipvalue) implements Clipping {
        public ByValue {
            Checks.argument(clipvalue > 0, "values are clipped above 0, got " + clipvalue);
        }
    }

    /// The gradients to step with, in the open scope.
    default List<Tensor> clip(Engine engine, List<Tensor> gradients) {
        return switch (this) {
            case None none -> gradients;
            case ByNorm by -> gradients.stream()
                    .map(g -> shorten(engine, g, by.clipnorm, Math.sqrt(squares(engine, g)))).toList();
            case ByGlobalNorm by -> {
                double sum = 0;
                for (var gradient : gradients) sum += squares(engine, gradient);
                double norm = Math.sqrt(sum);
                yield gradients.stream().map(g -> shorten(engine, g, by.globalClipnorm, norm)).toList();
            }
            case ByValue by -> {
                var clamp = new Clamp((float) -by.clipvalue, (float) by.clipvalue);
                var clipped = new ArrayList<Tensor>();
                for (var gradient : gradients) clipped.add(engine.activate(clamp, gradient));
                yield clipped;
            }
        };
    }

    private static double squares(Engine engine, Tensor gradient) {
        var squares = engine.multiply(gradient, gradient);
        double sum = engine.read(engine.sum(squares))[0];
        engine.release(squares);
        return sum;
    }

    private static Tensor shorten(Engine engine, Tensor gradient, double most, double norm) {
        return norm > most ? engine.scale(gradient, (float) (most / norm), 0) : gradient;
    }
}
