package narwhal.data;

import java.util.List;
import java.util.Optional;
import narwhal.engine.Shape;
import narwhal.models.Recipe;

/// Labelled pictures, each a pure function of its number and the epoch, so that any thread may ask for any of them in any
/// order.
public interface Dataset {
    /// Number of pictures.
    int size();

    /// Names of the classes, in the order of their numbers.
    List<String> classNames();

    /// Shape of one picture as the network sees it: height × width × channels.
    Shape shape();

    /// Number of a picture's class, from 0.
    int classOf(int index);

    /// How much a picture's loss counts, in training and in evaluation; 1 unless the set says otherwise. Keras'
    /// `sample_weight`.
    default double weightOf(int index) {
        return 1;
    }

    /// What to call a picture in a message, such as its path.
    String nameOf(int index);

    /// Writes a picture's numbers in row-major order. Several threads may call this at once.
    ///
    /// @param index of the picture, from 0
    /// @param epoch from 0; a different augmentation in each
    /// @param target where to write
    /// @param offset of the first number
    void render(int index, int epoch, float[] target, int offset);

    /// How its pictures were made from files, so that a model can be given others; empty for sets not made from files, and
    /// where no file can hold what was done to them.
    default Optional<Recipe> recipe() {
        return Optional.empty();
    }

    /// A digest of names, sizes and classes: two sets with the same one are the same for a resumed run.
    String fingerprint();
}
