package narwhal.doctor.forensics;

/// Small systems of linear equations.
final class LeastSquares {
    private LeastSquares() {
    }

    /// Solves normal equations by Gauss' elimination with the largest pivot.
    ///
    /// @param rows m rows of m coefficients and the right side; overwritten
    static double[] solve(double[][] rows) {
        int m = rows.length;
        for (int column = 0; column < m; column++) {
            int pivot = column;
            for (int i = column + 1; i < m; i++) {
                if (Math.abs(rows[i][column]) > Math.abs(rows[pivot][column])) pivot = i;
            }
            var swap = rows[column];
            rows[column] = rows[pivot];
            rows[pivot] = swap;
            if (rows[column][column] == 0) continue;
            for (int i = column + 1; i < m; i++) {
                double factor = rows[i][column] / rows[column][column];
                for (int j = column; j <= m; j++) rows[i][j] -= factor * rows[column][j];
            }
        }
        var solution = new double[m];
        for (int i = m - 1; i >= 0; i--) {
            double rest = rows[i][m];
            for (int j = i + 1; j < m; j++) rest -= rows[i][j] * solution[j];
            solution[i] = rows[i][i] == 0 ? 0 : rest / rows[i][i];
        }
        return solution;
    }
}
