package narwhal.layers;

import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.engine.Window;
import narwhal.errors.Problem;

/// What layers ask of their arguments and inputs, said in one form.
final class Checks {
    private Checks() {
    }

    static void argument(boolean holds, String message) {
        if (!holds) throw new IllegalArgumentException(message);
    }

    static void isPicture(Shape input) {
        if (input.rank() != 3) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", expected height×width×channels",
                    "put it before flatten() or give pictures");
        }
    }

    /// The shape after sliding `window` over `input`, with `channels` channels.
    static Shape slide(Shape input, Window window, int channels) {
        isPicture(input);
        int rows = window.rows(input.dim(0));
        int columns = window.columns(input.dim(1));
        if (rows < 1 || columns < 1) {
            throw Problem.SHAPE_TOO_SMALL
                    .because("input is " + input + ", a " + window.height() + "×" + window.width()
                            + " window does not fit", "use larger pictures or fewer poolings");
        }
        return Shape.of(rows, columns, channels);
    }

    /// Keras' axis, the batch counted, as an axis of one sample.
    ///
    /// @param axis 1 to the rank of the sample, or negative from the end
    static int sampleAxis(int axis, Shape input) {
        int place = axis < 0 ? input.rank() + axis : axis - 1;
        if (place < 0 || place >= input.rank()) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", it has no axis " + axis
                    + " (the batch is axis 0)", "choose another axis");
        }
        return place;
    }

    /// `next`, made from `previous`, which nobody needs any more.
    static Tensor last(Tape tape, Tensor previous, Tensor next) {
        tape.finished(previous);
        return next;
    }
}
