package narwhal.benchmarks.libtorch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import narwhal.benchmarks.Runner;
import narwhal.benchmarks.Work;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// libtorch's side of a race: the words of a [Work], as far as they are networks and convolutions. Pictures are batch ×
/// channels × height × width, as in PyTorch when it runs eagerly.
public final class LibtorchRunner {
    private static final int[][] BLOCKS = {{32, 50}, {32, 60}, {32, 60}, {64, 60}, {64, 60}, {64, 60}, {128, 60}};
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] NONE = {0, 0};

    private LibtorchRunner() {
    }

    /// @param args threads, then the words of a [Work]
    public static void main(String[] args) throws IOException {
        torch.set_num_threads(Integer.parseInt(args[0]));
        torch.manual_seed(1);
        int[] numbers = java.util.Arrays.stream(args).skip(1).filter(word -> word.matches("\\d+"))
                .mapToInt(Integer::parseInt).toArray();
        var work = switch (args[1]) {
            case "train" -> new Network(numbers, true);
            case "predict" -> new Network(numbers, false);
            case "convolution" -> new Convolution(numbers, args[2].equals("gradients"));
            default -> throw new IllegalArgumentException("libtorch does not run " + args[1]);
        };
        work.prepare();
        work.run();
        Runner.serve(work, "libtorch 2.10 from Java " + Runtime.version().feature());
    }

    private static Tensor uniform(double range, long... shape) {
        return torch.torch_rand(shape).mul_(new Scalar(2 * range)).sub_(new Scalar(range));
    }

    /// The seed's network: a training step, or a prediction.
    private static final class Network implements Work {
        private final long[] shape;
        private final boolean training;
        private final List<Tensor> parameters = new ArrayList<>();
        private final Adam adam;
        private Tensor x = new Tensor();
        private Tensor targets = new Tensor();

        Network(int[] sizes, boolean training) {
            shape = new long[]{sizes[0], 3, sizes[1], sizes[2]};
            this.training = training;
            long channels = 3;
            long cells = (long) (sizes[1] >> BLOCKS.length) * (sizes[2] >> BLOCKS.length);
            for (var block : BLOCKS) {
                for (int twice = 0; twice < 2; twice++) {
                    parameter(0.05, block[0], channels, 7, 7);
                    parameter(0.05, block[0]);
                    channels = block[0];
                }
            }
            long[] units = {channels * cells, 512, 512, 1};
            for (int i = 0; i + 1 < units.length; i++) {
                parameter(0.05, units[i + 1], units[i]);
                parameter(0.05, units[i + 1]);
            }
            var options = new AdamOptions(3e-5);
            options.eps().put(1e-7);
            adam = new Adam(new TensorVector(parameters.toArray(Tensor[]::new)), options);
        }

        private void parameter(double range, long... shape) {
            parameters.add(uniform(range, shape).set_requires_grad(training));
        }

        @Override
        public void prepare() {
            x.close();
            targets.close();
            x = uniform(1, shape);
            targets = torch.torch_rand(shape[0], 1).round();
        }

        @Override
        public void run() {
            try (var scope = new PointerScope()) {
                if (training) {
                    adam.zero_grad();
                    torch.binary_cross_entropy_with_logits(logits(), targets).backward();
                    adam.step();
                } else {
                    try (var mode = new InferenceMode()) {
                        torch.sigmoid(logits());
                    }
                }
            }
        }

        private Tensor logits() {
            var y = x;
            int at = 0;
            for (var block : BLOCKS) {
                for (int twice = 0; twice < 2; twice++, at += 2) {
                    y = torch.conv2d(y, parameters.get(at), new TensorOptional(parameters.get(at + 1)), ONE,
                            new long[]{3, 3}, ONE, 1);
                }
                y = torch.max_pool2d(torch.relu(y), TWO);
                y = torch.dropout(y, block[1] / 100.0, training);
            }
            y = torch.flatten(y, 1, -1);
            for (; at < parameters.size(); at += 2) {
                y = torch.linear(y, parameters.get(at), new TensorOptional(parameters.get(at + 1)));
                if (at + 2 < parameters.size()) y = torch.relu(y);
            }
            return y;
        }
    }

    /// One convolution with bias, or its gradients for input and kernel.
    private static final class Convolution implements Work {
        private final long[] shape;
        private final boolean gradients;
        private final Tensor kernel;
        private final Tensor bias;
        private final long[] stride;
        private final long[] padding;
        private Tensor x = new Tensor();
        private Tensor dy = new Tensor();
        /// Input and kernel, not the bias.
        private final BoolPointer both = new BoolPointer(3).put(0, true).put(1, true).put(2, false);

        Convolution(int[] sizes, boolean gradients) {
            shape = new long[]{sizes[0], sizes[3], sizes[1], sizes[2]};
            this.gradients = gradients;
            kernel = uniform(0.1, sizes[4], sizes[3], sizes[5], sizes[5]);
            bias = uniform(1, sizes[4]);
            stride = new long[]{sizes[6], sizes[6]};
            padding = new long[]{(sizes[5] - 1) / 2, (sizes[5] - 1) / 2};
        }

        private Tensor forward() {
            return torch.conv2d(x, kernel, new TensorOptional(bias), stride, padding, ONE, 1);
        }

        @Override
        public void prepare() {
            x.close();
            x = uniform(1, shape);
            if (!gradients) return;
            dy.close();
            try (var y = forward()) {
                dy = torch.rand_like(y).mul_(new Scalar(2)).sub_(new Scalar(1));
            }
        }

        @Override
        public void run() {
            try (var scope = new PointerScope(); var mode = new InferenceMode()) {
                if (gradients) {
                    torch.convolution_backward(dy, x, kernel, new LongArrayRefOptional(), stride, padding, ONE, false,
                            NONE, 1, both);
                } else {
                    forward();
                }
            }
        }
    }
}
