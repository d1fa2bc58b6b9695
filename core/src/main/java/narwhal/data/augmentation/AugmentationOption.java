package narwhal.data.augmentation;

/// One thing to set in an augmentation, made by [Augmentations].
@FunctionalInterface
public interface AugmentationOption {
    /// The augmentation with this set.
    Augmentation in(Augmentation augmentation);
}
