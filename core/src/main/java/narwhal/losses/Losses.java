package narwhal.losses;

/// Makers of losses, with Keras' defaults. After a sigmoid or softmax the logits are used, so that no probability however
/// small loses its gradient.
public final class Losses {
    private Losses() {
    }

    /// For one sigmoid output and two classes.
    public static BinaryCrossentropy binaryCrossentropy() {
        return new BinaryCrossentropy(false, 0);
    }

    /// For a softmax output for each class.
    public static CategoricalCrossentropy categoricalCrossentropy() {
        return new CategoricalCrossentropy("categorical_crossentropy", false, 0);
    }

    /// The same as [#categoricalCrossentropy] under another name: Keras has two because its labels come in two forms, ours
    /// are always the class's number until the loss says what it wants.
    public static CategoricalCrossentropy sparseCategoricalCrossentropy() {
        return new CategoricalCrossentropy("sparse_categorical_crossentropy", false, 0);
    }

    /// Mean of the squared differences from the targets 0 and 1.
    public static MeanSquaredError meanSquaredError() {
        return new MeanSquaredError();
    }

    /// Mean of the absolute differences from the targets 0 and 1.
    public static MeanAbsoluteError meanAbsoluteError() {
        return new MeanAbsoluteError();
    }
}
