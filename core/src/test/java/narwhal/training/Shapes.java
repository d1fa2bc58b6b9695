package narwhal.training;

import java.util.Arrays;
import java.util.List;
import narwhal.data.Dataset;
import narwhal.engine.Randomness;
import narwhal.engine.Randomness.Purpose;
import narwhal.engine.Shape;

/// Small pictures of horizontal and vertical bars on noise, made from a seed: learnable in a second, but not by looking at
/// single pixels.
///
/// @param size number of pictures, half of each class
/// @param side height and width in pixels
/// @param sorted whether all pictures of the first class come first
record Shapes(int size, int side, long seed, boolean sorted) implements Dataset {
    Shapes(int size, int side) {
        this(size, side, 1, false);
    }

    @Override
    public List<String> classNames() {
        return List.of("horizontal", "vertical");
    }

    @Override
    public Shape shape() {
        return Shape.of(side, side, 1);
    }

    @Override
    public int classOf(int index) {
        return sorted ? index * 2 / size : index % 2;
    }

    @Override
    public String nameOf(int index) {
        return "picture " + index;
    }

    @Override
    public void render(int index, int epoch, float[] target, int offset) {
        var random = new Randomness(seed);
        for (int i = 0; i < side * side; i++) {
            target[offset + i] = (float) (0.3 * random.uniform(Purpose.AUGMENTATION, index, i));
        }
        int bar = (int) (random.uniform(Purpose.AUGMENTATION, index, -1) * side);
        for (int i = 0; i < side; i++) target[offset + (classOf(index) == 0 ? bar * side + i : i * side + bar)] += 0.7f;
    }

    @Override
    public String fingerprint() {
        return Arrays.toString(new long[]{size, side, seed});
    }
}
