package narwhal.engine;

/// How the pixels of a picture of another size are found. The centre of output pixel `i` lies at `(i + ½) · n / m − ½` of `n`
/// input pixels where there are `m` outputs.
public enum Interpolation {
    /// The pixel in which the centre lies.
    NEAREST,
    /// A weighted mean of the four pixels around the centre; at the border the last pixel counts for those beyond it.
    BILINEAR
}
