package narwhal.layers;

import java.util.List;
import narwhal.engine.Shape;
import narwhal.errors.Problem;

/// The same numbers under another shape, row-major.
///
/// Source: `keras/src/layers/reshaping/reshape.py` of Keras 3.
///
/// @param targetShape extents of one sample; one of them may be −1, which stands for what is left
public record Reshape(List<Integer> targetShape) implements Layer {
    public Reshape {
        Checks.argument(targetShape.stream().allMatch(n -> n == -1 || n > 0)
                && targetShape.stream().filter(n -> n == -1).count() <= 1,
                "reshape needs extents of at least 1 and at most one -1, got " + targetShape);
        targetShape = List.copyOf(targetShape);
    }

    @Override
    public Shape outputShape(Shape input) {
        int known = targetShape.stream().filter(n -> n != -1).reduce(1, Math::multiplyExact);
        boolean open = targetShape.contains(-1);
        if (open ? input.size() % known != 0 : input.size() != known) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", its " + input.size()
                    + " numbers do not fill " + targetShape, "choose another target shape");
        }
        return Shape.of(targetShape.stream().mapToInt(n -> n == -1 ? input.size() / known : n).toArray());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var output = outputShape(input);
        return (x, pass) -> pass.tape().reshape(x, output.batch(x.shape().dim(0)));
    }
}
