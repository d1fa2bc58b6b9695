package narwhal.engine;

/// A function of one number applied to every element, with its derivative. The scalar methods are the definition; engines
/// may compute faster.
///
/// Sources of the formulas and defaults: `keras/src/activations/activations.py` of Keras 3.
public sealed interface Activation {
    /// The function at `x`.
    float apply(float x);

    /// The derivative at `x`, where `y` is the function's value there.
    float derivative(float x, float y);

    /// `x` itself below `maxValue` where above 0, `negativeSlope·x` below 0; the derivative at exactly 0 is `negativeSlope`.
    ///
    /// @param negativeSlope at least 0
    /// @param maxValue cap, `Float.POSITIVE_INFINITY` for none
    record Relu(float negativeSlope, float maxValue) implements Activation {
        @Override
        public float apply(float x) {
            return x > 0 ? Math.min(x, maxValue) : negativeSlope * x;
        }

        @Override
        public float derivative(float x, float y) {
            if (x <= 0) return negativeSlope;
            return x < maxValue ? 1 : 0;
        }
    }

    /// `1 / (1 + e⁻ˣ)`.
    record Sigmoid() implements Activation {
        @Override
        public float apply(float x) {
            return sigmoid(x);
        }

        @Override
        public float derivative(float x, float y) {
            return y * (1 - y);
        }
    }

    /// Hyperbolic tangent.
    record Tanh() implements Activation {
        @Override
        public float apply(float x) {
            return (float) Math.tanh(x);
        }

        @Override
        public float derivative(float x, float y) {
            return 1 - y * y;
        }
    }

    /// `x` above 0, `α·(eˣ − 1)` below, all times `scale`. Elu has scale 1, selu its two fixed constants.
    record Elu(float alpha, float scale) implements Activation {
        @Override
        public float apply(float x) {
            return x > 0 ? scale * x : scale * alpha * (float) Math.expm1(x);
        }

        @Override
        public float derivative(float x, float y) {
            return x > 0 ? scale : y + scale * alpha;
        }
    }

    /// `x · sigmoid(x)`, also called swish.
    record Silu() implements Activation {
        @Override
        public float apply(float x) {
            return x * sigmoid(x);
        }

        @Override
        public float derivative(float x, float y) {
            float s = sigmoid(x);
            return s + y * (1 - s);
        }
    }

    /// `ln(1 + eˣ)`.
    record Softplus() implements Activation {
        @Override
        public float apply(float x) {
            return Math.max(x, 0) + (float) Math.log1p(Math.exp(-Math.abs(x)));
        }

        @Override
        public float derivative(float x, float y) {
            return sigmoid(x);
        }
    }

    /// `x / 6 + 1/2`, held within 0 and 1.
    record HardSigmoid() implements Activation {
        @Override
        public float apply(float x) {
            return Math.clamp(x / 6 + 0.5f, 0f, 1f);
        }

        @Override
        public float derivative(float x, float y) {
            return Math.abs(x) < 3 ? 1f / 6 : 0;
        }
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }
}
