package narwhal.benchmarks;

import java.util.SplittableRandom;
import narwhal.engine.Engine;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import narwhal.engine.Window;

/// One convolution with bias, or its gradients for input and kernel.
final class ConvolutionWork implements Work {
    private final Engine engine;
    private final boolean gradients;
    private final Window window;
    private final Tensor x;
    private final Tensor kernel;
    private final Tensor bias;
    private final Tensor dy;
    private final SplittableRandom random = new SplittableRandom(1);

    ConvolutionWork(Engine engine, boolean gradients, int batch, int height, int width, int inputs, int outputs,
            int size, int stride) {
        this.engine = engine;
        this.gradients = gradients;
        window = Window.of(size, size).strides(stride, stride).padding(Padding.SAME);
        x = engine.zeros(Shape.of(batch, height, width, inputs));
        kernel = Work.drawn(engine, Shape.of(size, size, inputs, outputs), random, 0.1f);
        bias = Work.drawn(engine, Shape.of(outputs), random, 1);
        dy = engine.zeros(Shape.of(batch, window.rows(height), window.columns(width), outputs));
    }

    @Override
    public void prepare() {
        Work.draw(engine, x, random, 1);
        if (gradients) Work.draw(engine, dy, random, 1);
    }

    @Override
    public void run() {
        try (var scope = engine.scope()) {
            if (gradients) engine.conv2dGradients(x, dy, kernel, window);
            else
                engine.conv2d(x, kernel, bias, window);
        }
    }
}
