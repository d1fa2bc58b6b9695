package narwhal.engine.cpu;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import narwhal.engine.Activation;
import narwhal.engine.Engine;
import narwhal.engine.Filters;
import narwhal.engine.Interpolation;
import narwhal.engine.Scope;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import narwhal.engine.Window;
import narwhal.engine.cpu.Memory.CpuTensor;
import narwhal.engine.cpu.Pooling.Plane;
import narwhal.engine.cpu.convolution.Convolution;
import narwhal.engine.cpu.convolution.ConvolutionPair;
import narwhal.engine.cpu.convolution.Geometry;
import narwhal.engine.cpu.convolution.PairGeometry;
import org.jspecify.annotations.Nullable;

/// The engine in pure Java: checks shapes, finds memory, cuts the work into pieces by its shape and leaves the arithmetic to
/// the kernels.
public final class CpuEngine implements Engine {
    /// Elements of one piece of elementwise work: 64 KiB of floats, so that three operands fit the second-level cache.
    private static final int PIECE = 1 << 14;
    /// Rows of one piece of a sum; its partial sums are added in order of the pieces.
    private static final int ROWS = 1 << 11;

    private final Memory memory = new Memory();
    private final Workers workers;
    private final Elementwise elements;
    private final Pooling pooling;
    private final Products products;
    /// Looked up, never iterated.
    private final Map<Geometry, Convolution> convolutions = new HashMap<>();
    private final Map<PairGeometry, Optional<ConvolutionPair>> pairs = new HashMap<>();

    private CpuEngine(Workers workers, Elementwise elements, Pooling pooling, Products products) {
        this.workers = workers;
        this.elements = elements;
        this.pooling = pooling;
        this.products = products;
    }

    /// With vectors where the Java virtual machine was started with them.
    ///
    /// @param threads at least 1
    public static CpuEngine fast(int threads) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            System.getLogger("narwhal.engine").log(System.Logger.Level.WARNING,
                    "The vector instructions are not used; start java with --add-modules jdk.incubator.vector to be many times faster.");
            return reference();
        }
        var workers = new Workers(threads);
        return new CpuEngine(workers, new VectorElementwise(), new VectorPooling(), new FastProducts(workers));
    }

    /// With the scalar definitions only, on one thread.
    public static CpuEngine reference() {
        var workers = new Workers(1);
        return new CpuEngine(workers, new ScalarElementwise(), new ScalarPooling(), new ReferenceProducts(workers));
    }

    // ---- memory

    @Override
    public Scope scope() {
        return memory.open();
    }

    @Override
    public Tensor zeros(Shape shape) {
        return memory.persistent(shape);
    }

    @Override
    public Tensor of(Shape shape, float... values) {
        require(values.length == shape.size(), "of", "%s values for shape %s", values.length, shape);
        var tensor = memory.persistent(shape);
        System.arraycopy(values, 0, tensor.storage().data, 0, values.length);
        return tensor;
    }

    @Override
    public void write(Tensor target, int from, float[] values, int length) {
        require(from >= 0 && length >= 0 && length <= values.length && from <= target.shape().size() - length, "write",
                "%s values at %s of shape %s", length, from, target.shape());
        System.arraycopy(values, 0, data(target), from, length);
    }

    @Override
    public float[] read(Tensor tensor) {
        return Arrays.copyOf(data(tensor), tensor.shape().size());
    }

    @Override
    public void release(Tensor tensor) {
        memory.release((CpuTensor) tensor);
    }

    @Override
    public Tensor reshape(Tensor x, Shape shape) {
        require(x.shape().size() == shape.size(), "reshape", "%s to %s", x.shape(), shape);
        return memory.view((CpuTensor) x, shape);
    }

    // ---- elements

    @Override
    public Tensor filled(Shape shape, float value) {
        var y = memory.result(shape);
        Arrays.fill(data(y), 0, shape.size(), value);
        return y;
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        same("add", a, b);
        var y = memory.result(a.shape());
        float[] from = data(a);
        float[] and = data(b);
        float[] to = data(y);
        elementwise(y, (first, end) -> elements.add(from, and, to, first, end));
        return y;
    }

    @Override
    public Tensor multiply(Tensor a, Tensor b) {
        same("multiply", a, b);
        var y = memory.result(a.shape());
        float[] from = data(a);
        float[] by = data(b);
        float[] to = data(y);
        elementwise(y, (first, end) -> elements.multiply(from, by, to, first, end));
        return y;
    }

    @Override
    public Tensor scale(Tensor x, float factor, float offset) {
        var y = memory.result(x.shape());
        float[] from = data(x);
        float[] to = data(y);
        elementwise(y, (first, end) -> elements.scale(from, factor, offset, to, first, end));
        return y;
    }

    @Override
    public Tensor addBias(Tensor x, Tensor bias) {
        int channels = channels("addBias", x, bias);
        var y = memory.result(x.shape());
        float[] from = data(x);
        float[] plus = data(bias);
        float[] to = data(y);
        rows(x, (first, end) -> elements.addBias(from, plus, channels, to, first, end));
        return y;
    }

    @Override
    public Tensor sumToLast(Tensor x) {
        float[] from = data(x);
        int channels = x.shape().last();
        return sumPieces(x, 1, (first, end, sums, at) -> elements.sumRows(from, channels, first, end, sums, at));
    }

    @Override
    public Tensor sum(Tensor x) {
        double sum = 0;
        float[] from = data(x);
        for (int i = 0; i < x.shape().size(); i++) sum += from[i];
        var y = memory.result(Shape.of());
        data(y)[0] = (float) sum;
        return y;
    }

    @Override
    public Tensor activate(Activation function, Tensor x) {
        var y = memory.result(x.shape());
        float[] from = data(x);
        float[] to = data(y);
        elementwise(y, (first, end) -> elements.activate(function, from, to, first, end));
        return y;
    }

    @Override
    public Tensor activateGradient(Activation function, Tensor x, Tensor y, Tensor dy) {
        same("activateGradient", x, dy);
        var dx = memory.result(x.shape());
        float[] in = data(x);
        float[] out = data(y);
        float[] from = data(dy);
        float[] to = data(dx);
        elementwise(dx, (first, end) -> elements.activateGradient(function, in, out, from, to, first, end));
        return dx;
    }

    @Override
    public Tensor softmax(Tensor x) {
        var y = memory.result(x.shape());
        int n = x.shape().last();
        for (int at = 0; at < x.shape().size(); at += n) Losses.softmax(data(x), at, n, data(y));
        return y;
    }

    @Override
    public Tensor softmaxGradient(Tensor y, Tensor dy) {
        same("softmaxGradient", y, dy);
        var dx = memory.result(y.shape());
        int n = y.shape().last();
        for (int at = 0; at < y.shape().size(); at += n) Losses.softmaxGradient(data(y), data(dy), at, n, data(dx));
        return dx;
    }

    @Override
    public Tensor dropout(Tensor x, float rate, long key) {
        require(rate >= 0 && rate < 1, "dropout", "rate %s, expected 0 or more and less than 1", rate);
        var y = memory.result(x.shape());
        float[] from = data(x);
        float[] to = data(y);
        elementwise(y, (first, end) -> elements.dropout(from, rate, key, to, first, end));
        return y;
    }

    @Override
    public boolean isFinite(Tensor x) {
        float[] from = data(x);
        // 0 · x is 0 for every finite x and not a number for all others, and a sum with one of those stays one.
        float sum = 0;
        for (int i = 0; i < x.shape().size(); i++) sum += 0 * from[i];
        return sum == 0;
    }

    @Override
    public Tensor maximum(Tensor a, Tensor b) {
        same("maximum", a, b);
        var y = memory.result(a.shape());
        float[] from = data(a);
        float[] and = data(b);
        float[] to = data(y);
        elementwise(y, (first, end) -> {
            for (int i = first; i < end; i++) to[i] = Math.max(from[i], and[i]);
        });
        return y;
    }

    @Override
    public Tensor maximumGradient(Tensor a, Tensor b, Tensor dy) {
        same("maximumGradient", a, b);
        same("maximumGradient", a, dy);
        var da = memory.result(a.shape());
        float[] x = data(a);
        float[] and = data(b);
        float[] from = data(dy);
        float[] to = data(da);
        elementwise(da, (first, end) -> {
            for (int i = first; i < end; i++) to[i] = x[i] >= and[i] ? from[i] : 0;
        });
        return da;
    }

    @Override
    public Tensor normal(Shape shape, long key) {
        var y = memory.result(shape);
        float[] to = data(y);
        elementwise(y, (first, end) -> Noise.normal(key, to, first, end));
        return y;
    }

    // ---- places

    @Override
    public Tensor transpose(Tensor x, int... order) {
        int rank = x.shape().rank();
        require(order.length == rank && Arrays.stream(order).sorted().boxed().toList()
                .equals(IntStream.range(0, rank).boxed().toList()), "transpose", "axes %s of %s",
                Arrays.toString(order), x.shape());
        int[] extents = new int[rank];
        int[] strides = new int[rank];
        int[] of = Places.strides(x.shape());
        for (int i = 0; i < rank; i++) {
            extents[i] = x.shape().dim(order[i]);
            strides[i] = of[order[i]];
        }
        var y = memory.result(Shape.of(extents));
        Places.of(extents, strides, Places.strides(y.shape())).copy(workers, data(x), 0, data(y), 0);
        return y;
    }

    @Override
    public Tensor slice(Tensor x, Shape shape, int... from) {
        inside("slice", shape, x.shape(), from);
        var y = memory.result(shape);
        Places.of(shape, x.shape(), shape).copy(workers, data(x), Places.at(x.shape(), from), data(y), 0);
        return y;
    }

    @Override
    public Tensor place(Tensor x, Shape shape, int... from) {
        inside("place", x.shape(), shape, from);
        var y = filled(shape, 0);
        Places.of(x.shape(), x.shape(), shape).copy(workers, data(x), 0, data(y), Places.at(shape, from));
        return y;
    }

    private static void inside(String operation, Shape box, Shape around, int... from) {
        boolean fits = box.rank() == around.rank() && from.length == around.rank();
        for (int i = 0; fits && i < from.length; i++) fits = from[i] >= 0 && from[i] + box.dim(i) <= around.dim(i);
        require(fits, operation, "a box %s at %s in %s", box, Arrays.toString(from), around);
    }

    @Override
    public Tensor concatenate(List<Tensor> parts, int axis) {
        var first = parts.getFirst().shape();
        int sum = 0;
        for (var part : parts) {
            require(axis >= 0 && axis < first.rank() && part.shape().rank() == first.rank()
                    && with(part.shape(), axis, 1).equals(with(first, axis, 1)), "concatenate",
                    "%s and %s along axis %s",
                    first, part.shape(), axis);
            sum += part.shape().dim(axis);
        }
        var y = memory.result(with(first, axis, sum));
        int[] from = new int[first.rank()];
        for (var part : parts) {
            Places.of(part.shape(), part.shape(), y.shape()).copy(workers, data(part), 0, data(y),
                    Places.at(y.shape(), from));
            from[axis] += part.shape().dim(axis);
        }
        return y;
    }

    private static Shape with(Shape shape, int axis, int extent) {
        int[] extents = new int[shape.rank()];
        for (int i = 0; i < extents.length; i++) extents[i] = i == axis ? extent : shape.dim(i);
        return Shape.of(extents);
    }

    @Override
    public Tensor broadcast(Tensor x, Shape shape) {
        repeats("broadcast", x.shape(), shape);
        var y = memory.result(shape);
        Places.repeating(x.shape(), shape).copy(workers, data(x), 0, data(y), 0);
        return y;
    }

    @Override
    public Tensor sumTo(Tensor x, Shape shape) {
        repeats("sumTo", shape, x.shape());
        var y = memory.result(shape);
        Places.repeating(shape, x.shape()).sum(workers, data(x), data(y), shape.size());
        return y;
    }

    private static void repeats(String operation, Shape small, Shape large) {
        boolean fits = small.rank() == large.rank();
        for (int i = 0; fits && i < small.rank(); i++) fits = small.dim(i) == large.dim(i) || small.dim(i) == 1;
        require(fits, operation, "%s and %s, expected equal extents or 1", small, large);
    }

    @Override
    public Tensor resize(Tensor x, int height, int width, Interpolation interpolation) {
        require(x.shape().rank() == 4 && height > 0 && width > 0, "resize", "%s to %s×%s", x.shape(), height, width);
        var resizing = new Resizing(x.shape(), height, width, interpolation);
        var y = memory.result(Shape.of(x.shape().dim(0), height, width, x.shape().last()));
        float[] from = data(x);
        float[] to = data(y);
        workers.run(x.shape().dim(0), b -> resizing.forward(from, b, to));
        return y;
    }

    @Override
    public Tensor resizeGradient(Tensor dy, Shape shape, Interpolation interpolation) {
        require(shape.rank() == 4 && dy.shape().rank() == 4 && dy.shape().dim(0) == shape.dim(0)
                && dy.shape().last() == shape.last(), "resizeGradient", "gradient %s for %s", dy.shape(), shape);
        var resizing = new Resizing(shape, dy.shape().dim(1), dy.shape().dim(2), interpolation);
        var dx = memory.result(shape);
        float[] from = data(dy);
        float[] to = data(dx);
        workers.run(shape.dim(0), b -> resizing.backward(from, b, to));
        return dx;
    }

    // ---- products

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        require(a.shape().rank() == 2 && b.shape().rank() == 2, "matmul", "%s by %s, expected rank 2", a.shape(),
                b.shape());
        int rows = a.shape().dim(transposeA ? 1 : 0);
        int inner = a.shape().dim(transposeA ? 0 : 1);
        int columns = b.shape().dim(transposeB ? 0 : 1);
        require(b.shape().dim(transposeB ? 1 : 0) == inner, "matmul", "%s by %s: inner extents differ", a.shape(),
                b.shape());
        var y = memory.result(Shape.of(rows, columns));
        products.matmul(data(a), transposeA, data(b), transposeB, data(y), rows, inner, columns);
        return y;
    }

    @Override
    public Tensor conv2d(Tensor x, Tensor kernel, @Nullable Tensor bias, Window window) {
        var y = memory.result(convolved(x.shape(), kernel.shape(), window));
        convolution(x.shape(), kernel.shape(), window).forward(data(x), data(kernel), bias == null ? null : data(bias),
                data(y));
        return y;
    }

    @Override
    public Tensor conv2dInputGradient(Tensor dy, Tensor kernel, Shape shape, Window window) {
        require(convolved(shape, kernel.shape(), window).equals(dy.shape()), "conv2dInputGradient", "gradient %s",
                dy.shape());
        var dx = memory.result(shape);
        convolution(shape, kernel.shape(), window).inputGradient(data(dy), data(kernel), data(dx));
        return dx;
    }

    @Override
    public Tensor conv2dKernelGradient(Tensor x, Tensor dy, Shape shape, Window window) {
        require(convolved(x.shape(), shape, window).equals(dy.shape()), "conv2dKernelGradient", "gradient %s",
                dy.shape());
        var dkernel = memory.result(shape);
        convolution(x.shape(), shape, window).kernelGradient(data(x), data(dy), data(dkernel));
        return dkernel;
    }

    @Override
    public ConvolutionGradients conv2dGradients(Tensor x, Tensor dy, Tensor kernel, Window window) {
        require(convolved(x.shape(), kernel.shape(), window).equals(dy.shape()), "conv2dGradients", "gradient %s",
                dy.shape());
        var dx = memory.result(x.shape());
        var dkernel = memory.result(kernel.shape());
        convolution(x.shape(), kernel.shape(), window).gradients(data(x), data(dy), data(kernel), data(dx),
                data(dkernel));
        return new ConvolutionGradients(dx, dkernel);
    }

    private Convolution convolution(Shape x, Shape kernel, Window w) {
        return convolutions.computeIfAbsent(geometry(x, kernel.last(), w), products::convolution);
    }

    @Override
    public boolean paysAsPair(Shape x, Filters first, Filters second) {
        return pair(x, first, second).isPresent();
    }

    @Override
    public Tensor conv2dPair(Tensor x, Filters first, Filters second) {
        var pair = pair(x.shape(), first, second);
        if (pair.isEmpty()) return Engine.super.conv2dPair(x, first, second);
        var y = memory.result(x.shape().withLast(second.kernel().shape().last()));
        pair.get().forward(data(x), data(first.kernel()), optional(first.bias()), data(second.kernel()),
                optional(second.bias()), data(y));
        return y;
    }

    @Override
    public PairGradients conv2dPairGradients(Tensor x, Tensor dy, Filters first, Filters second) {
        var pair = pair(x.shape(), first, second);
        if (pair.isEmpty()) return Engine.super.conv2dPairGradients(x, dy, first, second);
        require(x.shape().withLast(second.kernel().shape().last()).equals(dy.shape()), "conv2dPairGradients",
                "gradient %s", dy.shape());
        var dkernel1 = memory.result(first.kernel().shape());
        var dbias1 = memory.result(Shape.of(first.kernel().shape().last()));
        var dkernel2 = memory.result(second.kernel().shape());
        var dbias2 = sumToLast(dy);
        pair.get().gradients(data(x), data(dy), data(dbias2), data(first.kernel()), optional(first.bias()),
                data(second.kernel()), data(dkernel1), data(dbias1), data(dkernel2));
        return new PairGradients(dkernel1, dbias1, dkernel2, dbias2);
    }

    private Optional<ConvolutionPair> pair(Shape x, Filters first, Filters second) {
        var between = convolved(x, first.kernel().shape(), first.window());
        convolved(between, second.kernel().shape(), second.window());
        return pairs.computeIfAbsent(new PairGeometry(geometry(x, between.last(), first.window()),
                geometry(between, second.kernel().shape().last(), second.window())), products::pair);
    }

    private static float @Nullable [] optional(@Nullable Tensor tensor) {
        return tensor == null ? null : data(tensor);
    }

    private static Geometry geometry(Shape x, int outputs, Window w) {
        return new Geometry(x.dim(0), x.dim(1), x.dim(2), x.last(), outputs, w.height(), w.width(), w.strideY(),
                w.strideX(), w.dilationY(), w.dilationX(), w.padding());
    }

    private static Shape convolved(Shape x, Shape kernel, Window window) {
        require(x.rank() == 4 && kernel.rank() == 4 && x.last() == kernel.dim(2), "conv2d",
                "pictures %s and kernel %s, expected batch×height×width×c and height×width×c×filters", x, kernel);
        require(kernel.dim(0) == window.height() && kernel.dim(1) == window.width(), "conv2d",
                "kernel %s and window %s",
                kernel, window);
        return Shape.of(x.dim(0), window.rows(x.dim(1)), window.columns(x.dim(2)), kernel.last());
    }

    @Override
    public Tensor depthwiseConv2d(Tensor x, Tensor kernel, Window window) {
        var geometry = depthwise(x.shape(), kernel.shape(), window);
        var y = memory.result(output(geometry));
        products.depthwise().forward(geometry, data(x), data(kernel), data(y));
        return y;
    }

    @Override
    public Tensor depthwiseConv2dInputGradient(Tensor dy, Tensor kernel, Shape shape, Window window) {
        var geometry = depthwise(shape, kernel.shape(), window);
        require(output(geometry).equals(dy.shape()), "depthwiseConv2dInputGradient", "gradient %s", dy.shape());
        var dx = memory.result(shape);
        products.depthwise().inputGradient(geometry, data(dy), data(kernel), data(dx));
        return dx;
    }

    @Override
    public Tensor depthwiseConv2dKernelGradient(Tensor x, Tensor dy, Shape shape, Window window) {
        var geometry = depthwise(x.shape(), shape, window);
        require(output(geometry).equals(dy.shape()), "depthwiseConv2dKernelGradient", "gradient %s", dy.shape());
        var dkernel = memory.result(shape);
        float[] sums = memory.take(geometry.batch() * shape.size());
        products.depthwise().kernelGradient(geometry, data(x), data(dy), sums, data(dkernel));
        memory.give(sums);
        return dkernel;
    }

    private static Geometry depthwise(Shape x, Shape kernel, Window w) {
        require(x.rank() == 4 && kernel.rank() == 4 && x.last() == kernel.dim(2) && kernel.dim(0) == w.height()
                && kernel.dim(1) == w.width(), "depthwiseConv2d",
                "pictures %s, kernel %s and window %s, expected batch×height×width×c and height×width×c×multiplier", x,
                kernel, w);
        return geometry(x, x.last() * kernel.last(), w);
    }

    private static Shape output(Geometry g) {
        return Shape.of(g.batch(), g.outputHeight(), g.outputWidth(), g.outputs());
    }

    // ---- pooling

    @Override
    public Tensor maxPool(Tensor x, Window window) {
        var plane = plane(x.shape(), window);
        var y = memory.result(pooled(x.shape(), plane));
        float[] from = data(x);
        float[] to = data(y);
        workers.run(x.shape().dim(0), b -> pooling.max(plane, from, b * plane.inputSize(), to, b * plane.outputSize()));
        return y;
    }

    @Override
    public Tensor maxPoolGradient(Tensor x, Tensor y, Tensor dy, Window window) {
        same("maxPoolGradient", y, dy);
        var plane = plane(x.shape(), window);
        var dx = memory.result(x.shape());
        float[] in = data(x);
        float[] out = data(y);
        float[] from = data(dy);
        float[] to = data(dx);
        workers.run(x.shape().dim(0),
                b -> pooling.maxGradient(plane, in, b * plane.inputSize(), out, from, b * plane.outputSize(), to));
        return dx;
    }

    @Override
    public Tensor averagePool(Tensor x, Window window) {
        var plane = plane(x.shape(), window);
        var y = memory.result(pooled(x.shape(), plane));
        float[] from = data(x);
        float[] to = data(y);
        workers.run(x.shape().dim(0),
                b -> pooling.average(plane, from, b * plane.inputSize(), to, b * plane.outputSize()));
        return y;
    }

    @Override
    public Tensor averagePoolGradient(Tensor dy, Shape shape, Window window) {
        var plane = plane(shape, window);
        require(pooled(shape, plane).equals(dy.shape()), "averagePoolGradient", "gradient %s for %s", dy.shape(),
                shape);
        var dx = memory.result(shape);
        float[] from = data(dy);
        float[] to = data(dx);
        workers.run(shape.dim(0),
                b -> pooling.averageGradient(plane, from, b * plane.outputSize(), to, b * plane.inputSize()));
        return dx;
    }

    private static Plane plane(Shape x, Window window) {
        require(x.rank() == 4, "pooling", "shape %s, expected batch×height×width×channels", x);
        var plane = new Plane(x.dim(1), x.dim(2), x.dim(3), window);
        require(plane.rows() > 0 && plane.columns() > 0, "pooling", "a %s×%s window does not fit %s", window.height(),
                window.width(), x);
        return plane;
    }

    private static Shape pooled(Shape x, Plane plane) {
        return Shape.of(x.dim(0), plane.rows(), plane.columns(), plane.channels());
    }

    // ---- normalisation

    @Override
    public Tensor mean(Tensor x) {
        float[] from = data(x);
        int channels = x.shape().last();
        return sumPieces(x, rowsOf(x),
                (first, end, sums, at) -> elements.sumRows(from, channels, first, end, sums, at));
    }

    @Override
    public Tensor variance(Tensor x, Tensor mean) {
        int channels = channels("variance", x, mean);
        float[] from = data(x);
        float[] middle = data(mean);
        return sumPieces(x, rowsOf(x),
                (first, end, sums, at) -> elements.sumSquares(from, middle, channels, first, end, sums, at));
    }

    @Override
    public Tensor normalize(Tensor x, Tensor mean, Tensor variance, Tensor gamma, Tensor beta, float epsilon) {
        int channels = channels("normalize", x, mean);
        float[] factor = new float[channels];
        float[] offset = new float[channels];
        for (int c = 0; c < channels; c++) {
            double f = data(gamma)[c] / Math.sqrt((double) data(variance)[c] + epsilon);
            factor[c] = (float) f;
            offset[c] = (float) (data(beta)[c] - data(mean)[c] * f);
        }
        var y = memory.result(x.shape());
        float[] from = data(x);
        float[] to = data(y);
        rows(x, (first, end) -> elements.scaleRows(from, factor, offset, channels, to, first, end));
        return y;
    }

    /// With s = 1/√(variance + ε): dx = γ·s·(dy − mean(dy) − (x − mean)·s²·mean(dy·(x − mean))). Ioffe and Szegedy, "Batch
    /// normalization", arXiv 1502.03167, section 3.
    @Override
    public Tensor normalizeGradient(Tensor x, Tensor mean, Tensor variance, Tensor gamma, Tensor dy, float epsilon) {
        same("normalizeGradient", x, dy);
        int channels = channels("normalizeGradient", x, mean);
        float[] in = data(x);
        float[] middle = data(mean);
        float[] from = data(dy);
        var sumDy = mean(dy);
        var sumProduct = sumPieces(x, rowsOf(x),
                (first, end, sums, at) -> elements.sumProducts(in, middle, from, channels, first, end, sums, at));
        float[] byX = new float[channels];
        float[] byDy = new float[channels];
        float[] offset = new float[channels];
        for (int c = 0; c < channels; c++) {
            double s = 1 / Math.sqrt((double) data(variance)[c] + epsilon);
            double slope = -data(gamma)[c] * s * s * s * data(sumProduct)[c];
            byX[c] = (float) slope;
            byDy[c] = (float) (data(gamma)[c] * s);
            offset[c] = (float) (-data(gamma)[c] * s * data(sumDy)[c] - slope * middle[c]);
        }
        release(sumDy);
        release(sumProduct);
        var dx = memory.result(x.shape());
        var part = memory.result(x.shape());
        float[] to = data(dx);
        float[] other = data(part);
        float[] none = new float[channels];
        rows(x, (first, end) -> {
            elements.scaleRows(in, byX, offset, channels, other, first, end);
            elements.scaleRows(from, byDy, none, channels, to, first, end);
            elements.add(to, other, to, first * channels, end * channels);
        });
        release(part);
        return dx;
    }

    @Override
    public Tensor normalizeGammaGradient(Tensor x, Tensor mean, Tensor variance, Tensor dy, float epsilon) {
        same("normalizeGammaGradient", x, dy);
        int channels = channels("normalizeGammaGradient", x, mean);
        float[] in = data(x);
        float[] middle = data(mean);
        float[] from = data(dy);
        var sum = sumPieces(x, 1,
                (first, end, sums, at) -> elements.sumProducts(in, middle, from, channels, first, end, sums, at));
        for (int c = 0; c < channels; c++) data(sum)[c] /= (float) Math.sqrt((double) data(variance)[c] + epsilon);
        return sum;
    }

    @Override
    public Tensor normalizeRows(Tensor x, float epsilon) {
        int n = x.shape().last();
        var y = memory.result(x.shape());
        float[] from = data(x);
        float[] to = data(y);
        rows(x, (first, end) -> RowNormalization.forward(from, n, epsilon, to, first, end));
        return y;
    }

    @Override
    public Tensor normalizeRowsGradient(Tensor x, Tensor dy, float epsilon) {
        same("normalizeRowsGradient", x, dy);
        int n = x.shape().last();
        var dx = memory.result(x.shape());
        float[] in = data(x);
        float[] from = data(dy);
        float[] to = data(dx);
        rows(x, (first, end) -> RowNormalization.gradient(in, from, n, epsilon, to, first, end));
        return dx;
    }

    // ---- losses

    @Override
    public Tensor sigmoidCrossentropy(Tensor logits, Tensor targets) {
        return loss(logits, targets, Losses::sigmoidCrossentropy);
    }

    @Override
    public Tensor sigmoidCrossentropyGradient(Tensor logits, Tensor targets, Tensor dy) {
        return lossGradient(logits, targets, dy, Losses::sigmoidCrossentropyGradient);
    }

    @Override
    public Tensor binaryCrossentropy(Tensor probabilities, Tensor targets) {
        return loss(probabilities, targets, Losses::binaryCrossentropy);
    }

    @Override
    public Tensor binaryCrossentropyGradient(Tensor probabilities, Tensor targets, Tensor dy) {
        return lossGradient(probabilities, targets, dy, Losses::binaryCrossentropyGradient);
    }

    @Override
    public Tensor softmaxCrossentropy(Tensor logits, Tensor targets) {
        return loss(logits, targets, Losses::softmaxCrossentropy);
    }

    @Override
    public Tensor softmaxCrossentropyGradient(Tensor logits, Tensor targets, Tensor dy) {
        return lossGradient(logits, targets, dy, Losses::softmaxCrossentropyGradient);
    }

    @Override
    public Tensor categoricalCrossentropy(Tensor probabilities, Tensor targets) {
        return loss(probabilities, targets, Losses::categoricalCrossentropy);
    }

    @Override
    public Tensor categoricalCrossentropyGradient(Tensor probabilities, Tensor targets, Tensor dy) {
        return lossGradient(probabilities, targets, dy, Losses::categoricalCrossentropyGradient);
    }

    private Tensor loss(Tensor x, Tensor targets, Losses.Loss loss) {
        same("a loss", x, targets);
        int samples = x.shape().dim(0);
        int n = x.shape().size() / Math.max(samples, 1);
        var y = memory.result(Shape.of(samples));
        for (int b = 0; b < samples; b++) data(y)[b] = loss.of(data(x), data(targets), b * n, n);
        return y;
    }

    private Tensor lossGradient(Tensor x, Tensor targets, Tensor dy, Losses.Gradient gradient) {
        same("a loss", x, targets);
        int samples = x.shape().dim(0);
        int n = x.shape().size() / Math.max(samples, 1);
        var dx = memory.result(x.shape());
        for (int b = 0; b < samples; b++) gradient.of(data(x), data(targets), b * n, n, data(dy)[b], data(dx));
        return dx;
    }

    // ---- updates

    @Override
    public void updateAdam(Tensor parameter, Tensor gradient, Tensor m, Tensor v, float rate, float beta1, float beta2,
            float epsilon) {
        same("updateAdam", parameter, gradient);
        float[] p = data(parameter);
        float[] g = data(gradient);
        float[] first = data(m);
        float[] second = data(v);
        elementwise(parameter, (from, to) -> elements.adam(p, g, first, second, rate, beta1, beta2, epsilon, from, to));
    }

    @Override
    public void updateSgd(Tensor parameter, Tensor gradient, @Nullable Tensor velocity, float rate, float momentum,
            boolean nesterov) {
        same("updateSgd", parameter, gradient);
        float[] p = data(parameter);
        float[] g = data(gradient);
        if (velocity == null) {
            for (int i = 0; i < parameter.shape().size(); i++) p[i] -= rate * g[i];
            return;
        }
        float[] v = data(velocity);
        elementwise(parameter, (from, to) -> elements.sgd(p, g, v, rate, momentum, nesterov, from, to));
    }

    @Override
    public void updateAmsgrad(Tensor parameter, Tensor gradient, Tensor m, Tensor v, Tensor largestV, float rate,
            float beta1, float beta2, float epsilon) {
        same("updateAmsgrad", parameter, gradient);
        float[] p = data(parameter);
        float[] g = data(gradient);
        float[] first = data(m);
        float[] second = data(v);
        float[] largest = data(largestV);
        elementwise(parameter, (from, to) -> Updates.amsgrad(p, g, first, second, largest, rate, beta1, beta2, epsilon,
                from, to));
    }

    @Override
    public void updateRmsprop(Tensor parameter, Tensor gradient, Tensor v, @Nullable Tensor mean,
            @Nullable Tensor velocity, float rate, float rho, float momentum, float epsilon) {
        same("updateRmsprop", parameter, gradient);
        float[] p = data(parameter);
        float[] g = data(gradient);
        float[] second = data(v);
        float[] first = mean == null ? null : data(mean);
        float[] moving = velocity == null ? null : data(velocity);
        elementwise(parameter,
                (from, to) -> Updates.rmsprop(p, g, second, first, moving, rate, rho, momentum, epsilon, from, to));
    }

    @Override
    public void updateAdamax(Tensor parameter, Tensor gradient, Tensor m, Tensor u, float rate, float rest, float beta1,
            float beta2, float epsilon) {
        same("updateAdamax", parameter, gradient);
        float[] p = data(parameter);
        float[] g = data(gradient);
        float[] first = data(m);
        float[] largest = data(u);
        elementwise(parameter,
                (from, to) -> Updates.adamax(p, g, first, largest, rate, rest, beta1, beta2, epsilon, from, to));
    }

    @Override
    public void updateNadam(Tensor parameter, Tensor gradient, Tensor m, Tensor v, float rate, float byMean,
            float byGradient, float rest, float beta1, float beta2, float epsilon) {
        same("updateNadam", parameter, gradient);
        float[] p = data(parameter);
        float[] g = data(gradient);
        float[] first = data(m);
        float[] second = data(v);
        elementwise(parameter, (from, to) -> Updates.nadam(p, g, first, second, rate, byMean, byGradient, rest, beta1,
                beta2, epsilon, from, to));
    }

    @Override
    public void updateLion(Tensor parameter, Tensor gradient, Tensor m, float rate, float beta1, float beta2) {
        same("updateLion", parameter, gradient);
        float[] p = data(parameter);
        float[] g = data(gradient);
        float[] first = data(m);
        elementwise(parameter, (from, to) -> Updates.lion(p, g, first, rate, beta1, beta2, from, to));
    }

    @Override
    public void updateDecay(Tensor parameter, float decay, float rate) {
        float[] p = data(parameter);
        elementwise(parameter, (from, to) -> {
            for (int i = from; i < to; i++) p[i] -= p[i] * decay * rate;
        });
    }

    @Override
    public void updateAverage(Tensor target, Tensor value, float momentum) {
        same("updateAverage", target, value);
        float rest = (float) (1 - ScalarElementwise.shortest(momentum));
        float[] average = data(target);
        float[] next = data(value);
        for (int i = 0; i < target.shape().size(); i++) average[i] = average[i] * momentum + next[i] * rest;
    }

    @Override
    public long peakBytes() {
        return memory.peakBytes();
    }

    @Override
    public void close() {
        workers.close();
    }

    // ---- cutting work

    private void elementwise(Tensor over, Range range) {
        int size = over.shape().size();
        workers.run(Math.ceilDiv(size, PIECE), i -> range.of(i * PIECE, Math.min((i + 1) * PIECE, size)));
    }

    private void rows(Tensor over, Range range) {
        int rows = rowsOf(over);
        int piece = Math.max(1, PIECE / Math.max(1, over.shape().last()));
        workers.run(Math.ceilDiv(rows, piece), i -> range.of(i * piece, Math.min((i + 1) * piece, rows)));
    }

    /// Partial sums of each piece of rows, added in order of the pieces in double precision and divided by `divisor`.
    private Tensor sumPieces(Tensor over, int divisor, PartialSum partial) {
        int rows = rowsOf(over);
        int channels = over.shape().last();
        int pieces = Math.ceilDiv(rows, ROWS);
        float[] sums = memory.take(pieces * channels);
        workers.run(pieces, i -> partial.of(i * ROWS, Math.min((i + 1) * ROWS, rows), sums, i * channels));
        var y = memory.result(Shape.of(channels));
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int i = 0; i < pieces; i++) sum += sums[i * channels + c];
            data(y)[c] = (float) (sum / divisor);
        }
        memory.give(sums);
        return y;
    }

    private interface Range {
        void of(int from, int to);
    }

    private interface PartialSum {
        void of(int from, int to, float[] sums, int at);
    }

    private static int rowsOf(Tensor x) {
        return x.shape().size() / Math.max(1, x.shape().last());
    }

    private static float[] data(Tensor tensor) {
        return ((CpuTensor) tensor).storage().data;
    }

    // ---- checks

    private static int channels(String operation, Tensor x, Tensor vector) {
        require(x.shape().rank() >= 1 && vector.shape().equals(Shape.of(x.shape().last())), operation,
                "%s and %s, expected the extent of the last axis", x.shape(), vector.shape());
        return x.shape().last();
    }

    private static void same(String operation, Tensor a, Tensor b) {
        require(a.shape().equals(b.shape()), operation, "%s and %s, expected equal shapes", a.shape(), b.shape());
    }

    private static void require(boolean holds, String operation, String message, Object... values) {
        if (!holds) throw new IllegalArgumentException(operation + ": " + String.format(Locale.ROOT, message, values));
    }
}
