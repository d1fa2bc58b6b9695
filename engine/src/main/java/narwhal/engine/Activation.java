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

    /// `x` above `threshold`, `maxValue` at most, and `negativeSlope·(x − threshold)` up to the threshold: Keras' ReLU layer
    /// with all its arguments.
    ///
    /// @param negativeSlope at least 0
    /// @param maxValue cap, `Float.POSITIVE_INFINITY` for none
    /// @param threshold least value that passes, above 0; [Relu] has the threshold 0
    record ThresholdRelu(float negativeSlope, float maxValue, float threshold) implements Activation {
        @Override
        public float apply(float x) {
            return x > threshold ? Math.min(x, maxValue) : negativeSlope * (x - threshold);
        }

        @Override
        public float derivative(float x, float y) {
            if (x <= threshold) return negativeSlope;
            return x < maxValue ? 1 : 0;
        }
    }

    /// `x · Φ(x)`, Φ being the distribution function of the normal distribution; `approximate` replaces it by
    /// `(1 + tanh(√(2/π)·(x + 0.044715·x³))) / 2`. Hendrycks and Gimpel, arXiv 1606.08415.
    record Gelu(boolean approximate) implements Activation {
        private static final double ROOT = Math.sqrt(2 / Math.PI);

        @Override
        public float apply(float x) {
            return (float) (x * (approximate ? (1 + Math.tanh(inner(x))) / 2 : Normal.below(x)));
        }

        @Override
        public float derivative(float x, float y) {
            if (!approximate) return (float) (Normal.below(x) + x * Normal.density(x));
            double tanh = Math.tanh(inner(x));
            return (float) ((1 + tanh) / 2 + x * (1 - tanh * tanh) / 2 * ROOT * (1 + 3 * 0.044715 * x * x));
        }

        private static double inner(double x) {
            return ROOT * (x + 0.044715 * x * x * x);
        }
    }

    /// `eˣ`.
    record Exponential() implements Activation {
        @Override
        public float apply(float x) {
            return (float) Math.exp(x);
        }

        @Override
        public float derivative(float x, float y) {
            return y;
        }
    }

    /// `x / (1 + |x|)`.
    record Softsign() implements Activation {
        @Override
        public float apply(float x) {
            return x / (1 + Math.abs(x));
        }

        @Override
        public float derivative(float x, float y) {
            float d = 1 + Math.abs(x);
            return 1 / (d * d);
        }
    }

    /// `x` times [HardSigmoid]; also called hard swish.
    record HardSilu() implements Activation {
        @Override
        public float apply(float x) {
            return x * Math.clamp(x / 6 + 0.5f, 0f, 1f);
        }

        @Override
        public float derivative(float x, float y) {
            if (x <= -3) return 0;
            return x < 3 ? x / 3 + 0.5f : 1;
        }
    }

    /// `x · tanh(ln(1 + eˣ))`. Misra, arXiv 1908.08681.
    record Mish() implements Activation {
        @Override
        public float apply(float x) {
            return (float) (x * Math.tanh(softplus(x)));
        }

        @Override
        public float derivative(float x, float y) {
            double tanh = Math.tanh(softplus(x));
            return (float) (tanh + x * (1 - tanh * tanh) * sigmoid(x));
        }

        private static double softplus(double x) {
            return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        }
    }

    /// `|x|`, with derivative 0 at 0.
    record Abs() implements Activation {
        @Override
        public float apply(float x) {
            return Math.abs(x);
        }

        @Override
        public float derivative(float x, float y) {
            return Math.signum(x);
        }
    }

    /// `x` held within `least` and `most`.
    record Clamp(float least, float most) implements Activation {
        @Override
        public float apply(float x) {
            return Math.min(Math.max(x, least), most);
        }

        @Override
        public float derivative(float x, float y) {
            return x > least && x < most ? 1 : 0;
        }
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }
}
