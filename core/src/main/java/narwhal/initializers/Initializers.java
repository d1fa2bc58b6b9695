package narwhal.initializers;

import narwhal.initializers.VarianceScaling.Distribution;
import narwhal.initializers.VarianceScaling.Mode;

/// Makers of initializers, with Keras' defaults.
public final class Initializers {
    private Initializers() {
    }

    /// All 0.
    public static Constant zeros() {
        return new Constant(0);
    }

    /// All 1.
    public static Constant ones() {
        return new Constant(1);
    }

    /// All `value`.
    public static Constant constant(double value) {
        return new Constant(value);
    }

    /// Uniform within ±0.05.
    public static RandomUniform randomUniform() {
        return new RandomUniform(-0.05, 0.05);
    }

    /// Uniform from `least` to `most`.
    public static RandomUniform randomUniform(double least, double most) {
        return new RandomUniform(least, most);
    }

    /// Normal with mean 0 and standard deviation 0.05.
    public static RandomNormal randomNormal() {
        return new RandomNormal(0, 0.05);
    }

    /// Normal.
    public static RandomNormal randomNormal(double mean, double deviation) {
        return new RandomNormal(mean, deviation);
    }

    /// Normal with mean 0 and standard deviation 0.05, drawn again beyond two of them.
    public static TruncatedNormal truncatedNormal() {
        return new TruncatedNormal(0, 0.05);
    }

    /// Normal, drawn again beyond two standard deviations.
    public static TruncatedNormal truncatedNormal(double mean, double deviation) {
        return new TruncatedNormal(mean, deviation);
    }

    /// Variance 1 / inputs, truncated normal.
    public static VarianceScaling varianceScaling() {
        return new VarianceScaling(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    }

    /// Uniform with variance 2 / (inputs + outputs). Glorot and Bengio, "Understanding the difficulty of training deep
    /// feedforward neural networks", 2010.
    public static VarianceScaling glorotUniform() {
        return new VarianceScaling(1, Mode.FAN_AVG, Distribution.UNIFORM);
    }

    /// Truncated normal with variance 2 / (inputs + outputs).
    public static VarianceScaling glorotNormal() {
        return new VarianceScaling(1, Mode.FAN_AVG, Distribution.TRUNCATED_NORMAL);
    }

    /// Uniform with variance 2 / inputs. He et al., "Delving deep into rectifiers", arXiv 1502.01852.
    public static VarianceScaling heUniform() {
        return new VarianceScaling(2, Mode.FAN_IN, Distribution.UNIFORM);
    }

    /// Truncated normal with variance 2 / inputs.
    public static VarianceScaling heNormal() {
        return new VarianceScaling(2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    }

    /// Uniform with variance 1 / inputs. LeCun et al., "Efficient backprop", 1998.
    public static VarianceScaling lecunUniform() {
        return new VarianceScaling(1, Mode.FAN_IN, Distribution.UNIFORM);
    }

    /// Truncated normal with variance 1 / inputs.
    public static VarianceScaling lecunNormal() {
        return new VarianceScaling(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    }
}
