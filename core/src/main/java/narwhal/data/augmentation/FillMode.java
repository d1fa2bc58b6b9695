package narwhal.data.augmentation;

/// What lies outside a picture that was moved, turned or shrunk; Keras' `fill_mode`, with SciPy's meaning of each.
public enum FillMode {
    /// One value (`cval`).
    CONSTANT,
    /// The nearest pixel of the edge: `aaa|abcd|ddd`. Keras' default.
    NEAREST,
    /// The mirror image, edge pixels doubled: `cba|abcd|dcb`.
    REFLECT,
    /// The other side, with the first and the last pixel as one: SciPy's period is one less than the extent.
    WRAP
}
