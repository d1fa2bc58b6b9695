package narwhal.data.augmentation;

import narwhal.data.picture.Interpolation;

/// What happens to one picture: the parameters of Keras' `apply_transform`, and that function.
///
/// @param theta degrees
/// @param tx pixels along the first axis of the matrix; from `heightShift`
/// @param ty pixels along its second axis; from `widthShift`
/// @param shear degrees
/// @param zx factor on the first axis of the matrix; below 1 magnifies
/// @param zy factor on its second axis
/// @param flipHorizontal left and right exchanged
/// @param flipVertical top and bottom exchanged
/// @param channelShift added to all samples, which are then cut to the extremes they had
/// @param brightness factor
/// @param brightens whether the factor is applied; that cuts to 8 bits even with factor 1
/// @param fillMode what lies outside
/// @param fillValue with [FillMode#CONSTANT]
/// @param geometry which Keras' reading
/// @param interpolation between pixels
public record Transform(double theta, double tx, double ty, double shear, double zx, double zy, boolean flipHorizontal,
        boolean flipVertical, double channelShift, double brightness, boolean brightens, FillMode fillMode,
        double fillValue, Geometry geometry, Interpolation interpolation) {
    /// Applies it to 8-bit samples: geometry first, then channel shift, flips and brightness.
    ///
    /// @param samples height × width × channels, from `from` on
    /// @param target where the numbers 0 … 255 go, from `to` on
    public void apply(byte[] samples, int from, int height, int width, int channels, float[] target, int to) {
        if (moves()) {
            AffineWarp.warp(samples, from, height, width, channels, matrix(height, width), interpolation, fillMode,
                    (float) fillValue, target, to);
        } else {
            for (int i = 0; i < height * width * channels; i++) target[to + i] = samples[from + i] & 0xff;
        }
        if (channelShift != 0) Colours.shift(target, to, height * width * channels, (float) channelShift);
        if (flipHorizontal) Flips.horizontal(target, to, height, width, channels);
        if (flipVertical) Flips.vertical(target, to, height, width * channels);
        if (brightens) Colours.brighten(target, to, height * width * channels, (float) brightness);
    }

    /// Whether pixels move; otherwise no sample is interpolated.
    boolean moves() {
        return theta != 0 || tx != 0 || ty != 0 || shear != 0 || zx != 1 || zy != 1;
    }

    /// The matrix from output to input coordinates around the centre, as m00, m01, offset0, m10, m11, offset1: rotation ·
    /// shift · shear · zoom, acting on (row, column).
    double[] matrix(int height, int width) {
        double t = Math.toRadians(theta);
        double s = Math.toRadians(shear);
        double cosT = StrictMath.cos(t);
        double sinT = StrictMath.sin(t);
        double cosS = StrictMath.cos(s);
        double sinS = StrictMath.sin(s);
        // rotation · shift = [cosT −sinT cosT·tx − sinT·ty; sinT cosT sinT·tx + cosT·ty]; then shear and zoom from the right
        double m00 = cosT * zx;
        double m01 = (-cosT * sinS - sinT * cosS) * zy;
        double m02 = cosT * tx - sinT * ty;
        double m10 = sinT * zx;
        double m11 = (-sinT * sinS + cosT * cosS) * zy;
        double m12 = sinT * tx + cosT * ty;
        double half = geometry == Geometry.KERAS_2 ? 0.5 : -0.5;
        double ox = height / 2.0 + half;
        double oy = width / 2.0 + half;
        double offset0 = ox + m02 - m00 * ox - m01 * oy;
        double offset1 = oy + m12 - m10 * ox - m11 * oy;
        return geometry == Geometry.KERAS_2
                ? new double[]{m00, m01, offset0, m10, m11, offset1}
                : new double[]{m11, m10, offset1, m01, m00, offset0};
    }
}
