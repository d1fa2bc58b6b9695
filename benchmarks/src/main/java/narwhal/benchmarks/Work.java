package narwhal.benchmarks;

import java.nio.file.Path;
import java.util.SplittableRandom;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;

/// What a runner does at each step; the scripts in `benchmarks/peers` understand the same words. Inputs are drawn anew
/// before each step and that time does not count.
///
/// * `train BATCH HEIGHT WIDTH`: forward with dropout, loss, backward and Adam for the seed's network
/// * `predict BATCH HEIGHT WIDTH`: the seed's network, inference
/// * `convolution forward|gradients BATCH HEIGHT WIDTH INPUTS OUTPUTS KERNEL STRIDE`: with padding `same`; gradients are
///   those for the input and the kernel
/// * `depthwise forward BATCH HEIGHT WIDTH CHANNELS KERNEL`: the same channel by channel
/// * `pipeline files|cache BATCH HEIGHT WIDTH FOLDER`: a batch of prepared pictures with shear and zoom
/// * `product ROWS INNER COLUMNS`: a matrix product
/// * `dense BATCH INPUTS OUTPUTS`: a matrix product with bias, and its gradients for input, matrix and bias
public interface Work {
    /// Draws new inputs.
    void prepare();

    /// One step.
    void run();

    static Work of(Engine engine, int threads, String words) {
        var parts = words.split(" ", -1);
        return switch (parts[0]) {
            case "train" -> new Training(engine, number(parts, 1), number(parts, 2), number(parts, 3));
            case "predict" -> new Predicting(engine, number(parts, 1), number(parts, 2), number(parts, 3));
            case "convolution" -> new ConvolutionWork(engine, parts[1].equals("gradients"), number(parts, 2),
                    number(parts, 3), number(parts, 4), number(parts, 5), number(parts, 6), number(parts, 7),
                    number(parts, 8));
            case "depthwise" -> new DepthwiseWork(engine, number(parts, 2), number(parts, 3), number(parts, 4),
                    number(parts, 5), number(parts, 6));
            case "pipeline" -> new Pipeline(threads, parts[1].equals("cache"), number(parts, 2), number(parts, 3),
                    number(parts, 4), Path.of(parts[5]));
            case "product" -> new ProductWork(engine, number(parts, 1), number(parts, 2), number(parts, 3));
            case "dense" -> new DenseWork(engine, number(parts, 1), number(parts, 2), number(parts, 3));
            default -> throw new IllegalArgumentException("no such work: " + words);
        };
    }

    private static int number(String[] parts, int index) {
        return Integer.parseInt(parts[index]);
    }

    /// Overwrites a tensor with numbers within ±`range`, by way of a small array: garbage of the tensor's size would be
    /// collected while the step runs.
    static void draw(Engine engine, Tensor tensor, SplittableRandom random, float range) {
        int size = tensor.shape().size();
        var values = new float[Math.min(size, 1 << 14)];
        for (int from = 0; from < size; from += values.length) {
            int count = Math.min(values.length, size - from);
            for (int i = 0; i < count; i++) values[i] = (random.nextFloat() * 2 - 1) * range;
            engine.write(tensor, from, values, count);
        }
    }

    /// A tensor of numbers within ±`range`.
    static Tensor drawn(Engine engine, Shape shape, SplittableRandom random, float range) {
        var tensor = engine.zeros(shape);
        draw(engine, tensor, random, range);
        return tensor;
    }
}
