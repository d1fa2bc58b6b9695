package narwhal.training;

import narwhal.layers.Conv2D;
import narwhal.layers.Flatten;
import narwhal.models.Model;
import narwhal.optimizers.Adam;
import narwhal.optimizers.Optimizer;
import narwhal.optimizers.Sgd;

/// How much memory a training takes, before its first step.
///
/// * For each parameter: its value, its gradient, the optimizer's memory, and once more value and optimizer's memory as the
///   copy that a checkpoint is written from.
/// * For each picture of a batch: what every layer hands on (the tape keeps it for the gradients), twice the largest of
///   these on the way back, and the batches that the loaders prepare.
/// * The work space of the convolutions.
///
/// @param fixedBytes whatever the batch
/// @param bytesPerPicture of a batch
/// @param largestOutput numbers that the largest of the layers' outputs has for a picture; a batch of them is one tensor,
///     which has at most `Integer.MAX_VALUE` numbers
public record MemoryEstimate(long fixedBytes, long bytesPerPicture, long largestOutput) {
    private static final int FLOAT = 4;
    /// The virtual machine with its classes, and what was not counted.
    private static final long BASE = 48L << 20;

    /// What a model needs to be trained.
    ///
    /// @param loaders threads that prepare batches
    public static MemoryEstimate of(Model model, Optimizer optimizer, int loaders) {
        long parameters = model.parameters().stream().mapToLong(p -> p.value().shape().size()).sum();
        int slots = switch (optimizer) {
            case Adam adam -> 2;
            case Sgd sgd -> sgd.momentum() > 0 ? 1 : 0;
            default -> 2;
        };
        long handedOn = 0;
        long largest = model.input().size();
        long work = 0;
        var input = model.input();
        for (var layer : model.layers()) {
            if (!(layer.layer() instanceof Flatten)) handedOn += layer.output().size();
            largest = Math.max(largest, layer.output().size());
            if (layer.layer() instanceof Conv2D conv && conv.window().height() * conv.window().width() > 1)
                work += convolution(input.last(), conv.filters());
            input = layer.output();
        }
        long pictures = (2L * loaders + 3) * model.input().size();
        return new MemoryEstimate(BASE + FLOAT * parameters * (3L + 2 * slots) + work,
                FLOAT * (handedOn + 2 * largest + pictures), largest);
    }

    /// Spectra of the kernel and of the sums of its gradient, 16 × 16 points of which half is kept, for whole batches and
    /// for the smaller last one.
    private static long convolution(int inputs, int outputs) {
        long spectrum = 9L * 16 * Math.ceilDiv(inputs, 8) * 8 * Math.ceilDiv(outputs, 8) * 8 * 2 * FLOAT;
        return 10 * spectrum;
    }

    /// For a batch of this size.
    public long bytes(int batchSize) {
        return fixedBytes + batchSize * bytesPerPicture;
    }

    /// The largest batch that fits; 0 if not even one picture does.
    public long largestBatch(long available) {
        return Math.clamp((available - fixedBytes) / bytesPerPicture, 0, Integer.MAX_VALUE / largestOutput);
    }
}
