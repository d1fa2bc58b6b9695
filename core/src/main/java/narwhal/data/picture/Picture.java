package narwhal.data.picture;

import java.util.Arrays;

/// A picture in memory: 8-bit samples in rows from the top, the channels of a pixel side by side (height × width ×
/// channels, as the network sees it). One channel is grey, three are red, green and blue. Immutable.
public final class Picture {
    private final int height;
    private final int width;
    private final int channels;
    private final byte[] samples;

    private Picture(int height, int width, int channels, byte[] samples) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.samples = samples;
    }

    /// A picture over these samples. The array is not copied and must not change any more.
    ///
    /// @param height in pixels, at least 1
    /// @param width in pixels, at least 1
    /// @param channels 1 (grey) or 3 (red, green, blue)
    /// @param samples height × width × channels numbers 0 … 255, each in one byte without sign
    public static Picture of(int height, int width, int channels, byte[] samples) {
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)
                || samples.length != Math.multiplyExact(Math.multiplyExact(height, width), channels)) {
            throw new IllegalArgumentException(
                    samples.length + " samples for a picture of " + height + "×" + width + "×"
                            + channels);
        }
        return new Picture(height, width, channels, samples);
    }

    /// Height in pixels.
    public int height() {
        return height;
    }

    /// Width in pixels.
    public int width() {
        return width;
    }

    /// 1 for grey, 3 for red, green and blue.
    public int channels() {
        return channels;
    }

    /// One sample, 0 … 255.
    public int sample(int row, int column, int channel) {
        return samples[(row * width + column) * channels + channel] & 0xff;
    }

    /// A copy of all samples.
    public byte[] samples() {
        return samples.clone();
    }

    /// Copies all samples into an array.
    ///
    /// @param offset of the first one
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(samples, 0, target, offset, samples.length);
    }

    /// The samples themselves, to be read only.
    byte[] array() {
        return samples;
    }

    /// This picture with three channels; grey is repeated.
    public Picture rgb() {
        if (channels == 3) return this;
        var rgb = new byte[samples.length * 3];
        for (int i = 0, o = 0; i < samples.length; i++, o += 3) {
            rgb[o] = rgb[o + 1] = rgb[o + 2] = samples[i];
        }
        return new Picture(height, width, 3, rgb);
    }

    /// This picture with one channel, by Pillow's weights: (19595·R + 38470·G + 7471·B + 32768) >> 16.
    public Picture grey() {
        if (channels == 1) return this;
        var grey = new byte[samples.length / 3];
        for (int i = 0, o = 0; o < grey.length; i += 3, o++) {
            grey[o] = (byte) ((19595 * (samples[i] & 0xff) + 38470 * (samples[i + 1] & 0xff)
                    + 7471 * (samples[i + 2] & 0xff) + 32768) >> 16);
        }
        return new Picture(height, width, 1, grey);
    }

    /// This picture in another size. Its aspect ratio is not kept.
    ///
    /// @param toHeight in pixels, at least 1
    /// @param toWidth in pixels, at least 1
    public Picture resize(int toHeight, int toWidth, Interpolation interpolation) {
        if (toHeight == height && toWidth == width) return this;
        return of(toHeight, toWidth, channels, switch (interpolation) {
            case NEAREST -> NearestResize.resize(samples, height, width, channels, toHeight, toWidth);
            case BILINEAR -> BilinearResize.resize(samples, height, width, channels, toHeight, toWidth);
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture picture && height == picture.height && width == picture.width
                && channels == picture.channels && Arrays.equals(samples, picture.samples);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * height + width) + Arrays.hashCode(samples);
    }

    /// Such as `picture 240×360×3`.
    @Override
    public String toString() {
        return "picture " + height + "×" + width + "×" + channels;
    }
}
