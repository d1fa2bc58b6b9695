package narwhal.layers;

import narwhal.engine.Shape;
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
}
