package narwhal.data.augmentation;

/// Two readings of the same ranges that Keras has had.
public enum Geometry {
    /// Keras up to 2.8: the matrix acts on (row, column), around a centre half a pixel to the lower right.
    KERAS_2,
    /// Keras since 2.9: rows and columns of the finished matrix are exchanged and the centre is exact. So
    /// `height_shift_range` moves a picture sideways and shear acts on the other axis, and for pictures that are not
    /// square the centre is off (keras-team/keras issue 17398).
    KERAS_2_9
}
