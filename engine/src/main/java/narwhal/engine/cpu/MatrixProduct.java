package narwhal.engine.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// C = A · B or C += A · B on float arrays.
///
/// The method is that of K. Goto and R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (ACM TOMS 34,
/// 2008): blocks of B are copied into strips that lie in the cache in the order in which a small kernel reads them, unless
/// they lie so already or are read too seldom. A is read where it lies, since the kernel takes single numbers of it:
/// copying them would cost more than finding them.
///
/// The kernel keeps 6 rows × 2 vectors of C in registers; lanes are columns. Twelve sums hide the latency of two fma units
/// and leave, of the 16 registers of AVX2, two for B and one for A. With 32 registers it keeps 6 × 4, which reads A half as
/// often.
///
/// An element of C is the sum over its inner index in rising order, one fma a term, cut into blocks of [#BLOCK_K] whose
/// sums are added in order; a bias is what the first of them begins with. Neither the number of lanes nor the number of threads changes a bit of it.
public final class MatrixProduct {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
    private static final int COLUMNS = 2 * LANES;
    /// Whether the machine has registers for twice the sums: vectors of 512 bits come with 32.
    private static final boolean WIDE = LANES == 16;
    /// Columns of a strip of B.
    private static final int STRIP = WIDE ? 2 * COLUMNS : COLUMNS;
    /// Where packed strips begin, so that vectors begin cache lines, as in the convolutions' `Complex`.
    private static final int START = 12;
    static final int BLOCK_K = 256;
    /// Rows of A that stay in the second cache while all of a panel of B passes: 96 × 256 floats.
    private static final int BLOCK_M = 16 * ROWS;
    private static final int BLOCK_N = 256;
    /// So few rows that copying B would take as long as reading it where it lies.
    private static final int FEW_ROWS = 4 * ROWS;
    /// Pieces of work there should be at least.
    private static final int PIECES = 32;
    /// With fewer pieces than these, smaller ones are made.
    private static final int FEW_PIECES = 16;
    /// Blocks of rows in a piece at most.
    private static final int MOST_BLOCKS = 4;

    private final Team team;
    private final Scratch<Panels> scratch = new Scratch<>(Panels::new);

    public MatrixProduct(Team team) {
        this.team = team;
    }

    /// A matrix inside an array: element (i, j) lies at `offset + i · rowStride + j · columnStride`. Swapping the strides
    /// gives the transposed matrix.
    public record Matrix(float[] values, int offset, int rowStride, int columnStride) {
        /// Rows one after another.
        public static Matrix rows(float[] values, int offset, int columns) {
            return new Matrix(values, offset, columns, 1);
        }

        /// The transposed matrix, on the same memory.
        public Matrix transposed() {
            return new Matrix(values, offset, columnStride, rowStride);
        }

        private int at(int i, int j) {
            return offset + i * rowStride + j * columnStride;
        }
    }

    /// C = A · B on all threads of the team, where A is m × k, B is k × n and C is m × n with adjacent columns.
    ///
    /// @throws IllegalArgumentException if the columns of C are not adjacent
    public void multiply(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
        var cut = Cut.of(m, n);
        int across = Math.ceilDiv(n, cut.width);
        team.run(Math.ceilDiv(m, cut.height) * across, piece -> {
            int i = piece / across * cut.height;
            int j = piece % across * cut.width;
            int rows = Math.min(cut.height, m - i);
            int columns = Math.min(cut.width, n - j);
            multiplyHere(rows, columns, k, moved(a, i, 0), moved(b, 0, j), moved(c, i, j), false);
        });
    }

    /// The size of the pieces that a product is shared out in.
    private record Cut(int height, int width) {
        /// A piece packs its part of B: where there is enough work for everybody, a higher one does it less often; where
        /// there is little, pieces are small, so that everybody has some.
        static Cut of(int m, int n) {
            int height = BLOCK_M
                    * Math.clamp((long) Math.ceilDiv(m, BLOCK_M) * Math.ceilDiv(n, BLOCK_N) / PIECES, 1, MOST_BLOCKS);
            int width = BLOCK_N;
            while (height > FEW_ROWS && pieces(m, n, height, width) < FEW_PIECES) height /= 2;
            while (width > STRIP && pieces(m, n, height, width) < FEW_PIECES) width /= 2;
            return new Cut(height, width);
        }

        private static int pieces(int m, int n, int height, int width) {
            return Math.ceilDiv(m, height) * Math.ceilDiv(n, width);
        }
    }

    private static Matrix moved(Matrix m, int i, int j) {
        return new Matrix(m.values, m.at(i, j), m.rowStride, m.columnStride);
    }

    /// As [#multiply], on the calling thread; with `add` C += A · B.
    public void multiplyHere(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add) {
        multiplyHere(m, n, k, a, b, c, add, null);
    }

    /// C = A · B, with `bias` added to each row, on the calling thread.
    ///
    /// @param bias n floats, or `null` for none
    public void multiplyHere(int m, int n, int k, Matrix a, Matrix b, Matrix c, float @Nullable [] bias) {
        multiplyHere(m, n, k, a, b, c, false, bias);
    }

    private void multiplyHere(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add,
            float @Nullable [] bias) {
        if (c.columnStride != 1) throw new IllegalArgumentException("the product needs adjacent columns");
        var panels = scratch.take();
        if (k == 0 && !add) begin(m, n, c, bias);
        boolean inPlace = b.columnStride == 1 && n % COLUMNS == 0 && m <= FEW_ROWS;
        for (int p = 0; p < k; p += BLOCK_K) {
            int depth = Math.min(BLOCK_K, k - p);
            for (int j = 0; j < n; j += BLOCK_N) {
                int columns = Math.min(BLOCK_N, n - j);
                var strips = inPlace
                        ? new Strips(b.values, b.at(p, j), b.rowStride, STRIP)
                        : pack(b, p, j, depth, columns, panels.b);
                panels.begin(p > 0 ? null : bias, j, columns);
                for (int i = 0; i < m; i += BLOCK_M) {
                    int rows = Math.min(BLOCK_M, m - i);
                    block(rows, columns, depth, a, a.at(i, p), strips, panels, c, c.at(i, j), add || p > 0);
                }
            }
        }
        scratch.giveBack(panels);
    }

    private static void begin(int m, int n, Matrix c, float @Nullable [] bias) {
        for (int i = 0; i < m; i++) {
            if (bias == null) Arrays.fill(c.values, c.at(i, 0), c.at(i, n), 0);
            else
                System.arraycopy(bias, 0, c.values, c.at(i, 0), n);
        }
    }

    private static final class Panels {
        final float[] b = new float[START + BLOCK_N * BLOCK_K];
        /// What the sums of a row of C begin with.
        final float[] first = new float[START + BLOCK_N + STRIP];
        final float[] tile = new float[ROWS * STRIP];

        void begin(float @Nullable [] bias, int from, int columns) {
            Arrays.fill(first, 0);
            if (bias != null) System.arraycopy(bias, from, first, START, columns);
        }
    }

    /// A block of B in strips of [#STRIP] columns. Row p of strip s begins at `offset + s · next + p · row`.
    private record Strips(float[] values, int offset, int row, int next) {
        int at(int column) {
            return offset + column / STRIP * next;
        }
    }

    /// Copies a block of B so that a strip's rows lie one behind the other.
    private static Strips pack(Matrix b, int p0, int j0, int depth, int columns, float[] to) {
        for (int j = 0; j < columns; j += STRIP) {
            int width = Math.min(STRIP, columns - j);
            int base = START + j * depth;
            if (b.columnStride == 1) {
                for (int p = 0; p < depth; p++) copy(b.values, b.at(p0 + p, j0 + j), width, to, base + p * STRIP);
            } else {
                for (int q = 0; q < width; q++) packColumn(b, p0, j0 + j + q, depth, to, base + q);
            }
        }
        return new Strips(to, START, STRIP, depth * STRIP);
    }

    private static void copy(float[] from, int f, int count, float[] to, int t) {
        int i = 0;
        for (; i <= count - LANES; i += LANES) FloatVector.fromArray(SPECIES, from, f + i).intoArray(to, t + i);
        for (; i < count; i++) to[t + i] = from[f + i];
    }

    private static void packColumn(Matrix b, int p0, int j, int depth, float[] to, int base) {
        int at = b.at(p0, j);
        for (int p = 0; p < depth; p++) to[base + p * STRIP] = b.values[at + p * b.rowStride];
    }

    private static void block(int rows, int columns, int depth, Matrix a, int corner, Strips b, Panels panels,
            Matrix c, int at, boolean add) {
        for (int j = 0; j < columns;) {
            boolean wide = WIDE && columns - j > COLUMNS;
            int width = Math.min(STRIP, columns - j);
            for (int i = 0; i < rows; i += ROWS) {
                int height = Math.min(ROWS, rows - i);
                int to = at + i * c.rowStride + j;
                int from = corner + i * a.rowStride;
                boolean direct = !add && height == ROWS && width == (wide ? STRIP : COLUMNS);
                float[] target = direct ? c.values : panels.tile;
                int place = direct ? to : 0;
                int row = direct ? c.rowStride : STRIP;
                int so = START + j;
                if (wide) wideKernel(depth, a, from, height - 1, b, b.at(j), panels.first, so, target, place, row);
                else
                    kernel(depth, a, from, height - 1, b, b.at(j), panels.first, so, target, place, row);
                if (!direct) place(panels.tile, height, width, c, to, add);
            }
            j += width;
        }
    }

    private static void place(float[] tile, int rows, int columns, Matrix c, int to, boolean add) {
        for (int r = 0; r < rows; r++) {
            int at = to + r * c.rowStride;
            if (add) Sums.add(tile, r * STRIP, c.values, at, columns);
            else
                System.arraycopy(tile, r * STRIP, c.values, at, columns);
        }
    }

    /// @param last row of A; those behind it are read as if they were that one, and their sums go nowhere
    /// @param s what the sums of a row begin with. Kernels that begin with zeros are compiled to code that takes a sixth
    ///     longer on rows from memory, hence no zeros in registers.
    private static void kernel(int depth, Matrix m, int a0, int last, Strips strips, int bo, float[] s,
            int so, float[] c, int co, int row) {
        var a = m.values;
        var b = strips.values;
        int rowB = strips.row;
        int step = m.columnStride;
        int a1 = a0 + Math.min(1, last) * m.rowStride;
        int a2 = a0 + Math.min(2, last) * m.rowStride;
        int a3 = a0 + Math.min(3, last) * m.rowStride;
        int a4 = a0 + Math.min(4, last) * m.rowStride;
        int a5 = a0 + Math.min(5, last) * m.rowStride;
        var c00 = FloatVector.fromArray(SPECIES, s, so);
        var c01 = FloatVector.fromArray(SPECIES, s, so + LANES);
        var c10 = c00;
        var c11 = c01;
        var c20 = c00;
        var c21 = c01;
        var c30 = c00;
        var c31 = c01;
        var c40 = c00;
        var c41 = c01;
        var c50 = c00;
        var c51 = c01;
        int at = 0;
        for (int p = 0; p < depth; p++) {
            var b0 = FloatVector.fromArray(SPECIES, b, bo);
            var b1 = FloatVector.fromArray(SPECIES, b, bo + LANES);
            var v = FloatVector.broadcast(SPECIES, a[a0 + at]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = FloatVector.broadcast(SPECIES, a[a1 + at]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = FloatVector.broadcast(SPECIES, a[a2 + at]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = FloatVector.broadcast(SPECIES, a[a3 + at]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            v = FloatVector.broadcast(SPECIES, a[a4 + at]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
            v = FloatVector.broadcast(SPECIES, a[a5 + at]);
            c50 = v.fma(b0, c50);
            c51 = v.fma(b1, c51);
            at += step;
            bo += rowB;
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c10.intoArray(c, co + row);
        c11.intoArray(c, co + row + LANES);
        c20.intoArray(c, co + 2 * row);
        c21.intoArray(c, co + 2 * row + LANES);
        c30.intoArray(c, co + 3 * row);
        c31.intoArray(c, co + 3 * row + LANES);
        c40.intoArray(c, co + 4 * row);
        c41.intoArray(c, co + 4 * row + LANES);
        c50.intoArray(c, co + 5 * row);
        c51.intoArray(c, co + 5 * row + LANES);
    }

    /// As [#kernel], with the panel of B behind it as well: one number of A serves four vectors. The two are one method in
    /// two widths, since sums stay in registers only if each has a name.
    private static void wideKernel(int depth, Matrix m, int a0, int last, Strips strips, int bo, float[] s,
            int so, float[] c, int co, int row) {
        var a = m.values;
        var b = strips.values;
        int rowB = strips.row;
        int step = m.columnStride;
        int a1 = a0 + Math.min(1, last) * m.rowStride;
        int a2 = a0 + Math.min(2, last) * m.rowStride;
        int a3 = a0 + Math.min(3, last) * m.rowStride;
        int a4 = a0 + Math.min(4, last) * m.rowStride;
        int a5 = a0 + Math.min(5, last) * m.rowStride;
        var c00 = FloatVector.fromArray(SPECIES, s, so);
        var c01 = FloatVector.fromArray(SPECIES, s, so + LANES);
        var c02 = FloatVector.fromArray(SPECIES, s, so + 2 * LANES);
        var c03 = FloatVector.fromArray(SPECIES, s, so + 3 * LANES);
        var c10 = c00;
        var c11 = c01;
        var c12 = c02;
        var c13 = c03;
        var c20 = c00;
        var c21 = c01;
        var c22 = c02;
        var c23 = c03;
        var c30 = c00;
        var c31 = c01;
        var c32 = c02;
        var c33 = c03;
        var c40 = c00;
        var c41 = c01;
        var c42 = c02;
        var c43 = c03;
        var c50 = c00;
        var c51 = c01;
        var c52 = c02;
        var c53 = c03;
        int at = 0;
        for (int p = 0; p < depth; p++) {
            var b0 = FloatVector.fromArray(SPECIES, b, bo);
            var b1 = FloatVector.fromArray(SPECIES, b, bo + LANES);
            var b2 = FloatVector.fromArray(SPECIES, b, bo + 2 * LANES);
            var b3 = FloatVector.fromArray(SPECIES, b, bo + 3 * LANES);
            var v = FloatVector.broadcast(SPECIES, a[a0 + at]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            c02 = v.fma(b2, c02);
            c03 = v.fma(b3, c03);
            v = FloatVector.broadcast(SPECIES, a[a1 + at]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            c12 = v.fma(b2, c12);
            c13 = v.fma(b3, c13);
            v = FloatVector.broadcast(SPECIES, a[a2 + at]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            c22 = v.fma(b2, c22);
            c23 = v.fma(b3, c23);
            v = FloatVector.broadcast(SPECIES, a[a3 + at]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            c32 = v.fma(b2, c32);
            c33 = v.fma(b3, c33);
            v = FloatVector.broadcast(SPECIES, a[a4 + at]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
            c42 = v.fma(b2, c42);
            c43 = v.fma(b3, c43);
            v = FloatVector.broadcast(SPECIES, a[a5 + at]);
            c50 = v.fma(b0, c50);
            c51 = v.fma(b1, c51);
            c52 = v.fma(b2, c52);
            c53 = v.fma(b3, c53);
            at += step;
            bo += rowB;
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c02.intoArray(c, co + 2 * LANES);
        c03.intoArray(c, co + 3 * LANES);
        c10.intoArray(c, co + row);
        c11.intoArray(c, co + row + LANES);
        c12.intoArray(c, co + row + 2 * LANES);
        c13.intoArray(c, co + row + 3 * LANES);
        c20.intoArray(c, co + 2 * row);
        c21.intoArray(c, co + 2 * row + LANES);
        c22.intoArray(c, co + 2 * row + 2 * LANES);
        c23.intoArray(c, co + 2 * row + 3 * LANES);
        c30.intoArray(c, co + 3 * row);
        c31.intoArray(c, co + 3 * row + LANES);
        c32.intoArray(c, co + 3 * row + 2 * LANES);
        c33.intoArray(c, co + 3 * row + 3 * LANES);
        c40.intoArray(c, co + 4 * row);
        c41.intoArray(c, co + 4 * row + LANES);
        c42.intoArray(c, co + 4 * row + 2 * LANES);
        c43.intoArray(c, co + 4 * row + 3 * LANES);
        c50.intoArray(c, co + 5 * row);
        c51.intoArray(c, co + 5 * row + LANES);
        c52.intoArray(c, co + 5 * row + 2 * LANES);
        c53.intoArray(c, co + 5 * row + 3 * LANES);
    }
}
