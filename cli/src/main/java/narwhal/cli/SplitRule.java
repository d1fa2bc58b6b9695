package narwhal.cli;

/// Who is set aside for validation.
enum SplitRule {
    /// Whole recordings, each class in proportion, as `narwhal split` does.
    GROUPS,
    /// As Keras' `ImageDataGenerator`.
    FIRST,
    /// As Keras' `image_dataset_from_directory`.
    SHUFFLED
}
