package narwhal.benchmarks;

import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import org.jspecify.annotations.Nullable;

/// Multiplications and additions that an operation of the engine would take if it were done by its definition. Fourier
/// transforms take fewer, so a convolution may seem to be faster than the machine.
final class Flops {
    private Flops() {
    }

    /// @return 0 for operations that are not products
    static double of(String operation, @Nullable Object[] args, @Nullable Object result) {
        return switch (operation) {
            case "conv2d" -> convolution(shape(result), shape(args[1]));
            case "conv2dInputGradient" -> convolution(shape(args[0]), shape(args[1]));
            case "conv2dKernelGradient" -> convolution(shape(args[1]), shape(args[2]));
            case "conv2dGradients" -> 2 * convolution(shape(args[1]), shape(args[2]));
            // m·k, k·n and m·n give m·n·k.
            case "matmul" ->
                2 * Math.sqrt((double) shape(args[0]).size() * shape(args[2]).size() * shape(result).size());
            default -> 0;
        };
    }

    private static double convolution(Shape y, Shape kernel) {
        return 2.0 * y.size() * kernel.size() / kernel.last();
    }

    private static Shape shape(@Nullable Object value) {
        return switch (value) {
            case Tensor tensor -> tensor.shape();
            case Shape shape -> shape;
            case null, default -> throw new IllegalArgumentException("has no shape: " + value);
        };
    }
}
