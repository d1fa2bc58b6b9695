package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// The output sits at the bound where the loss is clipped, so the loss is a known constant times the share of wrong answers.
final class SaturatedOutput implements Check {
    @Override
    public Illness illness() {
        return Illness.SATURATED_OUTPUT;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        return Saturation.of(run).map(found -> Suspicion.of(illness(), Severity.ERROR, found.what()).sign(found.sign())
                .consequence("gradients there are zero; more epochs change nothing")
                .remedy("make head, loss and labels fit: Dense(1, sigmoid) with binary_crossentropy and ids 0 and 1, or\n"
                        + "Dense(C, softmax) with categorical_crossentropy and one-hot; then check inputs, then the rate")
                .confirm("predict 20 images (all 0 or 1?); print one batch of inputs and labels"));
    }
}
