package narwhal.engine.cpu.convolution;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import narwhal.engine.cpu.MatrixProduct;
import narwhal.engine.cpu.MatrixProduct.Matrix;
import narwhal.engine.cpu.Scratch;
import narwhal.engine.cpu.Sums;
import narwhal.engine.cpu.Team;
import org.jspecify.annotations.Nullable;

/// Two convolutions with nothing between them, computed as the one linear map they are.
///
/// If the first one had results outside the picture too, the pair would be a convolution with one larger kernel,
///
///     K[a, c, o] = Σ over t1 + t2 = a, m of W1[t1, c, m] · W2[t2, m, o],
///
/// and the pictures between the two, with their many channels, would never exist. But the second convolution sees zeros
/// outside the picture. What it would have seen there is taken off again: along each axis, with p running over the cells
/// between the two convolutions,
///
///     Σ p inside = Σ p everywhere − Σ p in front − Σ p behind,
///
/// and the product of that over both axes has nine parts: the convolution with K, four edges, four corners. A result is
/// touched by an edge only if it lies within half a kernel of the border, and the cells outside depend only on source cells
/// within half a kernel of the border: each edge is a small matrix product. The bias of the first convolution is one more
/// row of all these matrices.
///
/// All of them are sums of the products of one tap of W1 with one tap of W2, which are one matrix product; so are the
/// gradients of W1 and W2 from those of the parts.
///
/// It pays where the source has few channels, as the pictures that enter a network have: with 3 channels and 32 filters of
/// 7×7 each, the pair costs about as much as its first convolution alone.
public final class ConvolutionPair {
    /// Gradients of the edges are summed over this many ranges of pictures at most.
    private static final int RANGES = 8;
    private static final int SLOTS = 8;

    private final Geometry first;
    private final Geometry second;
    private final Team team;
    private final MatrixProduct product;
    private final Convolution whole;
    private final PairPart center;
    private final List<PairPart> edges;
    /// Where the matrix of an edge begins among those of all.
    private final int[] starts;
    private final int edgeSize;
    /// Where the results of an edge begin among those of all edges of a picture.
    private final int[] resultStarts;
    private final int resultSize;
    /// Results of the edges of as many pictures as are worked on at a time.
    private final int slots;
    private final float[] results;
    /// W1 with its bias as the last row: taps and channels × channels between.
    private final float[] left;
    /// W2: channels between × taps and filters.
    private final float[] right;
    /// The second kernel that `right` was laid out from.
    private final float[] taken;
    /// Whether `kernel` and `matrices` are those of `left` and `right`.
    private boolean composed;
    /// left · right; in a backward pass the gradient of that, as are the following.
    private final float[] products;
    private final float[] kernel;
    private final float[] matrices;
    private final float[] bias;
    private final float[] dleft;
    private final float[] dright;
    private final float[] sums;
    private final Scratch<Work> works;

    /// @throws IllegalArgumentException if the pair is not supported
    public ConvolutionPair(PairGeometry pair, Team team) {
        if (!pair.isSimple()) throw new IllegalArgumentException("not as one convolution: " + pair);
        first = pair.first();
        second = pair.second();
        this.team = team;
        product = new MatrixProduct(team);
        whole = Chooser.choose(pair.composed()).of(pair.composed(), team);
        center = part(pair, 0, 0);
        edges = edges(pair);
        starts = new int[edges.size() + 1];
        for (int e = 0; e < edges.size(); e++) starts[e + 1] = starts[e] + edges.get(e).size();
        edgeSize = starts[edges.size()];
        resultStarts = new int[edges.size() + 1];
        for (int e = 0; e < edges.size(); e++) resultStarts[e + 1] = resultStarts[e] + edges.get(e).resultSize();
        resultSize = resultStarts[edges.size()];
        slots = Math.min(SLOTS, first.batch());
        results = new float[slots * resultSize];
        left = new float[leftRows() * first.outputs()];
        right = new float[second.inputs() * rightColumns()];
        taken = new float[right.length];
        dleft = new float[left.length];
        dright = new float[right.length];
        products = new float[leftRows() * rightColumns()];
        kernel = new float[center.size()];
        bias = new float[second.outputs()];
        matrices = new float[edgeSize];
        sums = new float[Math.min(RANGES, first.batch()) * edgeSize];
        works = new Scratch<>(Work::new);
    }

    /// Edges and then corners, each cell between the convolutions in front of the picture before those behind it; none that
    /// touches no result, as along an axis on which the second kernel has one tap.
    private static List<PairPart> edges(PairGeometry pair) {
        return Stream.of(part(pair, -1, 0), part(pair, 1, 0), part(pair, 0, -1), part(pair, 0, 1), part(pair, -1, -1),
                part(pair, -1, 1), part(pair, 1, -1), part(pair, 1, 1)).filter(edge -> edge.columns() > 0).toList();
    }

    /// @param y −1 for the cells in front of the picture, 1 for those behind it, 0 for all, down
    /// @param x the same across
    private static PairPart part(PairGeometry pair, int y, int x) {
        var first = pair.first();
        var second = pair.second();
        // Edges are taken off; a corner, which two edges have taken off, is given back.
        float sign = y == 0 == (x == 0) ? 1 : -1;
        return new PairPart(axis(y, first.height(), first.kernelHeight(), second.kernelHeight()),
                axis(x, first.width(), first.kernelWidth(), second.kernelWidth()), first, second, sign);
    }

    private static PairAxis axis(int place, int cells, int first, int second) {
        return switch (place) {
            case -1 -> PairAxis.before(first, second);
            case 0 -> PairAxis.everywhere(cells, first, second);
            default -> PairAxis.behind(cells, first, second);
        };
    }

    /// Multiplications and additions besides those of the composed convolution: edges, corners and the composition.
    static double extraFlops(PairGeometry pair) {
        var first = pair.first();
        double edges = edges(pair).stream().mapToDouble(edge -> 2.0 * edge.positions() * edge.rows() * edge.columns())
                .sum();
        return first.batch() * edges + 2.0 * first.kernelSize() * pair.second().kernelSize() / first.outputs();
    }

    private int leftRows() {
        return first.kernelHeight() * first.kernelWidth() * first.inputs() + 1;
    }

    private int rightColumns() {
        return second.kernelHeight() * second.kernelWidth() * second.outputs();
    }

    /// One picture's edges.
    private final class Work {
        final float[] sources = new float[edges.stream().mapToInt(e -> e.positions() * e.rows()).max().orElse(0)];
        final float[] results = new float[edges.stream().mapToInt(PairPart::resultSize).max().orElse(0)];
    }

    /// y = (x ∗ kernel1 + bias1) ∗ kernel2 + bias2.
    ///
    /// @param bias1 one float per channel between, or `null` for none
    /// @param bias2 one float per filter, or `null` for none
    public void forward(float[] x, float[] kernel1, float @Nullable [] bias1, float[] kernel2, float @Nullable [] bias2,
            float[] y) {
        take(kernel1, bias1, kernel2);
        if (!composed) compose();
        int constant = center.size() - second.outputs();
        for (int o = 0; o < bias.length; o++) bias[o] = kernel[constant + o] + (bias2 == null ? 0 : bias2[o]);
        whole.forward(x, kernel, bias, y);
        addEdges(x, y);
    }

    /// Lays out the kernels; those of the last time, as in prediction, are recognised.
    private void take(float[] kernel1, float @Nullable [] bias1, float[] kernel2) {
        if (isTaken(kernel1, bias1, kernel2)) return;
        composed = false;
        int constant = left.length - first.outputs();
        System.arraycopy(kernel1, 0, left, 0, constant);
        if (bias1 == null) Arrays.fill(left, constant, left.length, 0);
        else
            System.arraycopy(bias1, 0, left, constant, first.outputs());
        System.arraycopy(kernel2, 0, taken, 0, taken.length);
        int taps = second.kernelHeight() * second.kernelWidth();
        for (int t = 0; t < taps; t++) {
            for (int m = 0; m < second.inputs(); m++) {
                System.arraycopy(kernel2, (t * second.inputs() + m) * second.outputs(), right,
                        (m * taps + t) * second.outputs(), second.outputs());
            }
        }
    }

    private boolean isTaken(float[] kernel1, float @Nullable [] bias1, float[] kernel2) {
        int constant = left.length - first.outputs();
        for (int m = 0; m < first.outputs(); m++) {
            if (left[constant + m] != (bias1 == null ? 0 : bias1[m])) return false;
        }
        return Arrays.equals(left, 0, constant, kernel1, 0, constant) && Kernels.equal(team, taken, kernel2);
    }

    private void compose() {
        product.multiply(leftRows(), rightColumns(), first.outputs(), Matrix.rows(left, 0, first.outputs()),
                Matrix.rows(right, 0, rightColumns()), Matrix.rows(products, 0, rightColumns()));
        team.run(edges.size() + 1, part -> {
            if (part == 0) center.compose(products, kernel, 0);
            else
                edges.get(part - 1).compose(products, matrices, starts[part - 1]);
        });
        composed = true;
    }

    /// Each edge of a few pictures is a piece of work; their results overlap at the corners and are added in order.
    private void addEdges(float[] x, float[] y) {
        for (int start = 0; start < first.batch(); start += slots) {
            int from = start;
            int count = Math.min(slots, first.batch() - start);
            team.run(count * edges.size(), piece -> {
                int slot = piece / edges.size();
                multiplyEdge(x, from + slot, piece % edges.size(), slot * resultSize);
            });
            team.run(count, slot -> {
                for (int e = 0; e < edges.size(); e++) {
                    edges.get(e).addResults(results, slot * resultSize + resultStarts[e], y, from + slot);
                }
            });
        }
    }

    private void multiplyEdge(float[] x, int picture, int e, int at) {
        var edge = edges.get(e);
        var work = works.take();
        edge.gather(x, picture, work.sources);
        product.multiplyHere(edge.positions(), edge.columns(), edge.rows(), Matrix.rows(work.sources, 0, edge.rows()),
                Matrix.rows(matrices, starts[e], edge.columns()),
                Matrix.rows(results, at + resultStarts[e], edge.columns()), false);
        works.giveBack(work);
    }

    /// The gradients of Σ dy · y for what the first convolution applies and for the second kernel.
    ///
    /// @param dbias2 the gradient for the second bias: sums of dy over all pixels, one float per filter
    /// @param dbias1 `null` where the first convolution has no bias
    public void gradients(float[] x, float[] dy, float[] dbias2, float[] kernel1,
            float @Nullable [] bias1, float[] kernel2, float[] dkernel1, float @Nullable [] dbias1, float[] dkernel2) {
        take(kernel1, bias1, kernel2);
        composed = false;
        whole.kernelGradient(x, dy, kernel);
        System.arraycopy(dbias2, 0, kernel, center.size() - second.outputs(), second.outputs());
        sumEdges(x, dy);
        Arrays.fill(products, 0);
        center.decompose(kernel, 0, products);
        for (int e = 0; e < edges.size(); e++) edges.get(e).decompose(matrices, starts[e], products);
        write(dkernel1, dbias1, dkernel2);
    }

    private void sumEdges(float[] x, float[] dy) {
        int ranges = Math.min(RANGES, first.batch());
        team.run(ranges, range -> {
            Arrays.fill(sums, range * edgeSize, (range + 1) * edgeSize, 0);
            for (int p = range * first.batch() / ranges; p < (range + 1) * first.batch() / ranges; p++) {
                sumEdges(x, dy, p, range * edgeSize);
            }
        });
        Arrays.fill(matrices, 0);
        for (int range = 0; range < ranges; range++) Sums.add(sums, range * edgeSize, matrices, 0, edgeSize);
    }

    private void sumEdges(float[] x, float[] dy, int picture, int at) {
        var work = works.take();
        for (int e = 0; e < edges.size(); e++) {
            var edge = edges.get(e);
            edge.gather(x, picture, work.sources);
            edge.gatherResults(dy, picture, work.results);
            product.multiplyHere(edge.rows(), edge.columns(), edge.positions(),
                    Matrix.rows(work.sources, 0, edge.rows()).transposed(),
                    Matrix.rows(work.results, 0, edge.columns()), Matrix.rows(sums, at + starts[e], edge.columns()),
                    true);
        }
        works.giveBack(work);
    }

    /// From the gradient of left · right to those of both.
    private void write(float[] dkernel1, float @Nullable [] dbias1, float[] dkernel2) {
        var d = Matrix.rows(products, 0, rightColumns());
        product.multiply(leftRows(), first.outputs(), rightColumns(), d,
                Matrix.rows(right, 0, rightColumns()).transposed(), Matrix.rows(dleft, 0, first.outputs()));
        product.multiply(first.outputs(), rightColumns(), leftRows(),
                Matrix.rows(left, 0, first.outputs()).transposed(), d, Matrix.rows(dright, 0, rightColumns()));
        int constant = left.length - first.outputs();
        System.arraycopy(dleft, 0, dkernel1, 0, constant);
        if (dbias1 != null) System.arraycopy(dleft, constant, dbias1, 0, first.outputs());
        int taps = second.kernelHeight() * second.kernelWidth();
        for (int t = 0; t < taps; t++) {
            for (int m = 0; m < second.inputs(); m++) {
                System.arraycopy(dright, (m * taps + t) * second.outputs(), dkernel2,
                        (t * second.inputs() + m) * second.outputs(), second.outputs());
            }
        }
    }
}
