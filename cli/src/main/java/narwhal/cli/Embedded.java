package narwhal.cli;

import java.util.Optional;
import narwhal.data.synth.OrcaSynth;
import narwhal.data.synth.OrcaSynth.Part;

/// The set that is trained on where the user gives none: `orca-synth`, drawn by the program.
final class Embedded {
    static final String NAME = "orca-synth";

    private Embedded() {
    }

    /// @throws narwhal.errors.NarwhalException `USAGE_CONFLICT` if a split is asked for: the set has its own
    static DataSource source(TrainingOptions training) {
        training.checkNoSplit("the embedded " + NAME + " has its own validation pictures", "DATA");
        var set = OrcaSynth.standard();
        return new DataSource(NAME, Optional.empty(), new ImageSize(OrcaSynth.HEIGHT, OrcaSynth.WIDTH),
                () -> PictureSet.of(set.part(Part.TRAIN)), () -> PictureSet.of(set.part(Part.VALIDATION)),
                Optional.of(() -> PictureSet.of(set.part(Part.TEST))));
    }
}
