package narwhal.engine;

import static narwhal.engine.FiniteDifferences.random;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Prints a number for the bits of convolutions of many shapes, each in the way that the engine picks for it.
final class ConvolutionDigest {
    private ConvolutionDigest() {
    }

    static void main() {
        lines().forEach(IO::println);
    }

    /// Batch, height, width, channels, filters, side of the kernel.
    private static final int[][] SHAPES = {
        {3, 17, 23, 3, 5, 3}, {4, 33, 40, 3, 8, 7}, {2, 32, 32, 8, 8, 7}, {2, 40, 40, 12, 20, 5},
        {1, 16, 16, 32, 16, 7},
        {8, 32, 32, 16, 24, 7}, {3, 64, 50, 1, 32, 9}, {4, 20, 20, 24, 8, 7}, {2, 9, 9, 40, 72, 1},
        {16, 48, 48, 4, 4, 5}};

    static List<String> lines() {
        try (var engine = Engine.cpu(1); var scope = engine.scope()) {
            return Arrays.stream(SHAPES).map(s -> Arrays.toString(s) + " "
                    + results(engine, s).map(engine::read).map(Arrays::hashCode).toList()).toList();
        }
    }

    private static Stream<Tensor> results(Engine engine, int[] s) {
        var x = tensor(engine, 1, s[0], s[1], s[2], s[3]);
        var window = Window.of(s[5], s[5]).padding(Padding.SAME);
        var first = new Filters(tensor(engine, 2, s[5], s[5], s[3], s[4]), tensor(engine, 3, s[4]), window);
        var second = new Filters(tensor(engine, 4, s[5], s[5], s[4], s[4]), tensor(engine, 5, s[4]), window);
        var y = engine.conv2d(x, first.kernel(), first.bias(), window);
        var gradients = engine.conv2dGradients(x, y, first.kernel(), window);
        var pair = engine.conv2dPair(x, first, second);
        var pairGradients = engine.conv2dPairGradients(x, pair, first, second);
        return Stream.of(y, gradients.input(), gradients.kernel(), pair, pairGradients.firstKernel(),
                pairGradients.firstBias(), pairGradients.secondKernel(), pairGradients.secondBias());
    }

    private static Tensor tensor(Engine engine, int stream, int... dimensions) {
        var shape = Shape.of(dimensions);
        return engine.of(shape, random(stream, shape.size()));
    }
}
