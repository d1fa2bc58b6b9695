package narwhal.doctor.simulation;

/// How well a simulated network does, epoch by epoch: training and the true accuracy of each class on unseen images, with the
/// losses that go with them.
final class Course {
    final int epochs;
    final int classes;
    final double[] trainingLoss;
    final double[] trainingAccuracy;
    /// True accuracy by epoch and class.
    final double[][] accuracy;
    final double[] loss;

    private Course(int epochs, int classes) {
        this.epochs = epochs;
        this.classes = classes;
        trainingLoss = new double[epochs];
        trainingAccuracy = new double[epochs];
        accuracy = new double[epochs][classes];
        loss = new double[epochs];
    }

    /// A network that learns and generalises: both curves approach their levels, validation a little worse or, with dropout,
    /// better than training; every so often the weights are caught at a bad moment.
    static Course healthy(Draws draws, int epochs, int classes) {
        var course = new Course(epochs, classes);
        double chance = 1.0 / classes;
        double top = draws.uniform(Math.min(0.9, chance + 0.35), 0.995);
        double gap = draws.chance(0.3) ? draws.uniform(-0.05, 0) : draws.uniform(0, 0.04);
        double pace = draws.scale(0.7, Math.max(1.5, epochs / 3.0));
        double start = draws.uniform(0, 0.5);
        double unrest = draws.scale(0.001, 0.012);
        var skill = new double[classes];
        for (int c = 0; c < classes; c++) skill[c] = draws.normal() * 0.3;
        double entropy = Math.log(classes);
        double calm = 1;
        for (int e = 0; e < epochs; e++) {
            if (draws.chance(0.03)) calm = 0.5;
            double progress = 1 - (1 - start) * Math.exp(-(e + 0.5) / pace);
            double a = chance + (top - chance) * progress;
            double caught = draws.chance(0.03) ? draws.uniform(1, 5) : 1;
            course.trainingAccuracy[e] = Math.clamp(a + 0.2 * unrest * draws.normal(), 0, 0.9999);
            course.trainingLoss[e] = entropy * Math.pow(1 - Math.min(0.9999, (a - chance) / (1 - chance)), 0.9)
                    * Math.exp(0.01 * draws.normal()) + 0.002;
            double mean = Math.clamp(a - gap * progress + calm * unrest * caught * draws.normal(), 0.5 * chance, 0.999);
            for (int c = 0; c < classes; c++) course.accuracy[e][c] = shifted(mean, skill[c]);
            double error = 1 - Math.min(0.9999, Math.max(0, (mean - chance) / (1 - chance)));
            course.loss[e] = entropy * Math.pow(error, 0.9) * Math.exp(0.01 * draws.normal()) + 0.004;
        }
        return course;
    }

    private static double shifted(double p, double by) {
        double logit = Math.log(p / (1 - p)) + by;
        return 1 / (1 + Math.exp(-logit));
    }

    /// Validation loss turns upward at some epoch while training goes on to learn by heart.
    Course overfitted(Draws draws) {
        int turn = Math.max(1, (int) (epochs * draws.uniform(0.1, 0.5)));
        double slope = draws.uniform(0.02, 0.12);
        double lost = draws.uniform(0.02, 0.12);
        for (int e = 0; e < epochs; e++) {
            if (e <= turn) continue;
            double after = (double) (e - turn) / (epochs - turn);
            trainingLoss[e] *= Math.exp(-3 * after);
            trainingAccuracy[e] = 1 - (1 - trainingAccuracy[e]) * Math.exp(-3 * after);
            loss[e] = loss[turn] * (1 + slope * (e - turn)) * Math.exp(0.02 * draws.normal());
            for (int c = 0; c < classes; c++) accuracy[e][c] = Math.max(0.01, accuracy[turn][c] - lost * after);
        }
        return this;
    }

    /// Classes that are far from equally easy, as real ones are.
    Course uneven(Draws draws, double spread) {
        for (int c = 0; c < classes; c++) {
            double by = spread * (c % 2 == 0 ? 1 : -1) + 0.3 * draws.normal();
            for (int e = 0; e < epochs; e++) {
                accuracy[e][c] = shifted(Math.clamp(accuracy[e][c], 0.02, 0.98), by + 0.15 * draws.normal());
            }
        }
        return this;
    }

    /// Training blows up once and stays high.
    Course exploded(Draws draws) {
        int when = draws.whole(1, Math.max(1, Math.min(8, epochs - 2)));
        double entropy = Math.log(classes);
        for (int e = when; e < epochs; e++) {
            boolean first = e == when;
            trainingLoss[e] = first
                    ? trainingLoss[0] * draws.scale(4, 1e4)
                    : entropy * Math.exp(0.004 * draws.normal());
            trainingAccuracy[e] = 1.0 / classes + 0.004 * draws.normal();
            loss[e] = entropy * Math.exp(0.003 * draws.normal());
            for (int c = 0; c < classes; c++) accuracy[e][c] = c == 0 ? 0.9999 : 0.0001;
        }
        return this;
    }

    /// Nothing is learned: one class is always answered.
    Course constant(Draws draws) {
        double entropy = Math.log(classes);
        for (int e = 0; e < epochs; e++) {
            trainingLoss[e] = entropy * (1 + 0.0008 * Math.abs(draws.normal()))
                    + (e == 0 ? 0.05 * draws.uniform(0, 1) : 0);
            trainingAccuracy[e] = 1.0 / classes + 0.003 * draws.normal();
            loss[e] = entropy * (1 + 0.0005 * Math.abs(draws.normal()));
            for (int c = 0; c < classes; c++) accuracy[e][c] = c == 0 ? 1 : 0;
        }
        return this;
    }

    /// Everything is learned from the training images, nothing of it holds for the validation images.
    Course strangers(Draws draws, double level) {
        for (int e = 0; e < epochs; e++) {
            trainingAccuracy[e] = 1 - 0.5 * Math.exp(-e / 1.5) * (1 - 1.0 / classes);
            trainingLoss[e] = Math.log(classes) * Math.exp(-e / 1.5) * 0.7 + 0.01;
            loss[e] = Math.log(classes) * (2.2 + 0.3 * e + 0.1 * draws.normal());
            for (int c = 0; c < classes; c++) accuracy[e][c] = Math.clamp(level + 0.004 * draws.normal(), 0, 1);
        }
        return this;
    }

    /// The loss creeps down by a fraction of a per cent.
    Course creeping(Draws draws) {
        double entropy = Math.log(classes) * draws.uniform(1.0, 1.15);
        double fall = draws.uniform(0.001, 0.008);
        double level = 1.0 / classes + draws.uniform(-0.02, 0.05);
        for (int e = 0; e < epochs; e++) {
            trainingLoss[e] = entropy * (1 - fall * e / epochs) + 0.00003 * draws.normal();
            trainingAccuracy[e] = level + 0.002 * e / epochs;
            loss[e] = entropy * 1.002 * (1 - fall * e / epochs);
            for (int c = 0; c < classes; c++) accuracy[e][c] = level + 0.001 * e / epochs;
        }
        return this;
    }
}
