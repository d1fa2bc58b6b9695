package narwhal.data;

/// A part of each class, in sorted order: with n pictures, the first ⌊fraction · n⌋ are for validation and the others for
/// training, as in Keras.
///
/// @param fraction for validation, between 0 and 1
public record ValidationSplit(double fraction, Subset subset) {
    public ValidationSplit {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("a validation split lies between 0 and 1, got " + fraction);
        }
    }

    /// First number of this part of `count` things, and one behind the last.
    int begin(int count) {
        return subset == Subset.VALIDATION ? 0 : (int) (fraction * count);
    }

    int end(int count) {
        return subset == Subset.VALIDATION ? (int) (fraction * count) : count;
    }
}
