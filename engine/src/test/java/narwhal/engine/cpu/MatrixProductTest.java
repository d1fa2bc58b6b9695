package narwhal.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import narwhal.engine.cpu.MatrixProduct.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductTest {
    /// The oracle is the sum in double precision. Extents lie around the kernel's 6 rows, the vectors' widths and the
    /// blocks of 96, 256 and 256.
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 31, 3", "6, 32, 7", "7, 33, 255", "13, 17, 257", "96, 256, 256", "97, 257, 258",
        "200, 300, 513", "1, 700, 12", "300, 1, 12", "3, 5, 0"})
    void equalsTheSumInDouble(int m, int n, int k) {
        var random = new SplittableRandom(m * 31 + n * 7 + k);
        try (var team = new TestTeam(2)) {
            var product = new MatrixProduct(team);
            for (boolean transposeA : new boolean[]{false, true}) {
                for (boolean transposeB : new boolean[]{false, true}) {
                    var a = transposeA
                            ? Matrix.rows(random(random, 3 + m * k), 3, m).transposed()
                            : Matrix.rows(random(random, 3 + m * k), 3, k);
                    var b = transposeB
                            ? Matrix.rows(random(random, 1 + n * k), 1, k).transposed()
                            : Matrix.rows(random(random, 1 + n * k), 1, n);
                    var c = Matrix.rows(random(random, 2 + m * (n + 1)), 2, n + 1);
                    var before = c.values().clone();

                    product.multiply(m, n, k, a, b, c);
                    assertClose(m, n, k, a, b, c, new float[before.length], before);
                    System.arraycopy(before, 0, c.values(), 0, before.length);
                    product.multiplyHere(m, n, k, a, b, c, true);
                    assertClose(m, n, k, a, b, c, before, before);
                    var bias = random(random, n);
                    product.multiplyHere(m, n, k, a, b, c, bias);
                    assertClose(m, n, k, a, b, c, inRows(bias, c, m), before);
                }
            }
        }
    }

    private static float[] inRows(float[] bias, Matrix c, int m) {
        var rows = new float[c.values().length];
        for (int i = 0; i < m; i++) System.arraycopy(bias, 0, rows, c.offset() + i * c.rowStride(), bias.length);
        return rows;
    }

    private static float[] random(SplittableRandom random, int n) {
        var values = new float[n];
        for (int i = 0; i < n; i++) values[i] = (float) random.nextDouble(-1, 1);
        return values;
    }

    private static void assertClose(int m, int n, int k, Matrix a, Matrix b, Matrix c, float[] added, float[] before) {
        var product = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < k; p++) sum += (double) at(a, i, p) * at(b, p, j);
                product[i * n + j] = sum;
            }
        }
        for (int i = 0; i < m; i++) {
            int row = c.offset() + i * c.rowStride();
            for (int j = 0; j < n; j++) {
                double expected = added[row + j] + product[i * n + j];
                assertThat((double) c.values()[row + j]).isCloseTo(expected, within(2e-7 * (k + 1)));
            }
            assertThat(c.values()[row + n]).as("the float behind the row").isEqualTo(before[row + n]);
        }
    }

    private static float at(Matrix m, int i, int j) {
        return m.values()[m.offset() + i * m.rowStride() + j * m.columnStride()];
    }
}
