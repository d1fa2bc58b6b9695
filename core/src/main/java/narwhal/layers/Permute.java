package narwhal.layers;

import java.util.List;
import java.util.stream.IntStream;
import narwhal.engine.Shape;
import narwhal.errors.Problem;

/// The axes of a sample in another order.
///
/// Source: `keras/src/layers/reshaping/permute.py` of Keras 3.
///
/// @param dims axis of the input for each axis of the output, counted from 1
public record Permute(List<Integer> dims) implements Layer {
    public Permute {
        Checks.argument(
                dims.stream().sorted().toList().equals(IntStream.rangeClosed(1, dims.size()).boxed().toList()),
                "permute needs each of the axes 1 to their number once, got " + dims);
        dims = List.copyOf(dims);
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != dims.size()) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", expected " + dims.size() + " axes",
                    "name each of its axes once");
        }
        return Shape.of(dims.stream().mapToInt(axis -> input.dim(axis - 1)).toArray());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int[] order = IntStream.concat(IntStream.of(0), dims.stream().mapToInt(axis -> axis)).toArray();
        return (x, pass) -> pass.tape().transpose(x, order);
    }
}
