package narwhal.layers;

import narwhal.engine.Randomness;
import narwhal.engine.Tape;

/// One pass of a batch through a network.
///
/// @param tape runs the operations
/// @param mode training or inference
/// @param randomness of the run
/// @param step training steps before this one, from 0
public record Pass(Tape tape, Mode mode, Randomness randomness, long step) {
    /// Whether this pass trains the network.
    public boolean training() {
        return mode == Mode.TRAINING;
    }

    /// The key of a random operation in this pass: a function of the seed, the step and the operation's number.
    ///
    /// @param stream from [Builder#randomStream]
    public long key(int stream) {
        return randomness.bits(Randomness.Purpose.DROPOUT, step, stream);
    }
}
