package narwhal.cli;

import java.util.Optional;
import narwhal.errors.Problem;
import narwhal.optimizers.Optimizer;
import narwhal.optimizers.Optimizers;
import picocli.CommandLine.Option;

/// How gradients become steps.
final class OptimizerOptions {
    @Option(names = "--optimizer", paramLabel = "NAME", description = "adam or sgd (default: adam).")
    private OptimizerName optimizer = OptimizerName.ADAM;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Keras' default unless said: 0.001 for adam, 0.01 for sgd.")
    private Optional<Double> learningRate = Optional.empty();

    @Option(names = "--momentum", paramLabel = "SHARE", description = "For sgd: share of the last step that is repeated.")
    private Optional<Double> momentum = Optional.empty();

    @Option(names = "--nesterov", description = "For sgd: look ahead.")
    private boolean nesterov;

    void check() {
        learningRate.ifPresent(rate -> Values.check(rate > 0 && rate <= 1000, "--learning-rate", rate,
                "a number above 0 and up to 1000, such as 3e-5"));
        momentum.ifPresent(share -> Values.check(share >= 0 && share < 1, "--momentum", share,
                "0 or more and less than 1"));
        if (optimizer == OptimizerName.ADAM && (momentum.isPresent() || nesterov)) {
            throw Problem.USAGE_CONFLICT.because((nesterov ? "--nesterov" : "--momentum")
                    + " belongs to sgd, the optimizer is adam", "add --optimizer sgd or leave it out");
        }
    }

    Optimizer optimizer() {
        return switch (optimizer) {
            case ADAM -> learningRate.map(Optimizers::adam).orElseGet(Optimizers::adam);
            case SGD -> learningRate.map(Optimizers::sgd).orElseGet(Optimizers::sgd).momentum(momentum.orElse(0.0))
                    .nesterov(nesterov);
        };
    }
}
