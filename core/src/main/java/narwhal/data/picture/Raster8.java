package narwhal.data.picture;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import narwhal.errors.Problem;

/// From what the JDK's readers return to 8-bit samples, by the samples themselves. `getRGB` and `drawImage` are not used:
/// they convert grey through a linear colour space and turn 128 into 188.
final class Raster8 {
    private Raster8() {
    }

    static Picture picture(BufferedImage image) {
        var raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) return lookedUp(raster, palette);
        int channels = image.getColorModel().getNumColorComponents();
        if (channels != 1 && channels != 3) throw Problem.IMG_UNSUPPORTED.because("has " + channels + " colours");
        return samples(raster, channels);
    }

    private static Picture lookedUp(Raster raster, IndexColorModel palette) {
        int size = palette.getMapSize();
        var reds = new byte[size];
        var greens = new byte[size];
        var blues = new byte[size];
        palette.getReds(reds);
        palette.getGreens(greens);
        palette.getBlues(blues);
        int height = raster.getHeight();
        int width = raster.getWidth();
        var rgb = new byte[height * width * 3];
        int[] row = new int[width];
        for (int y = 0, o = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int index : row) {
                if (index >= size) throw Problem.IMG_CORRUPT.because("colour " + index + " of a palette of " + size);
                rgb[o++] = reds[index];
                rgb[o++] = greens[index];
                rgb[o++] = blues[index];
            }
        }
        return Picture.of(height, width, 3, rgb);
    }

    /// The colour bands as they are; a band behind them is transparency and is dropped.
    private static Picture samples(Raster raster, int channels) {
        int height = raster.getHeight();
        int width = raster.getWidth();
        var samples = new byte[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        if (raster.getSampleModel() instanceof ComponentSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && raster.getSampleModelTranslateX() == 0 && raster.getSampleModelTranslateY() == 0) {
            if (channels == 3 && model.getNumDataElements() == 3 && model.getPixelStride() == 3
                    && buffer.getNumBanks() == 1) {
                return interleaved(buffer, model, height, width);
            }
            for (int c = 0; c < channels; c++) {
                byte[] bank = buffer.getData(model.getBankIndices()[c]);
                int first = buffer.getOffsets()[model.getBankIndices()[c]] + model.getBandOffsets()[c];
                for (int y = 0; y < height; y++) {
                    int i = first + y * model.getScanlineStride();
                    int o = y * width * channels + c;
                    for (int x = 0; x < width; x++, i += model.getPixelStride(), o += channels) samples[o] = bank[i];
                }
            }
            return Picture.of(height, width, channels, samples);
        }
        int bands = raster.getNumBands();
        int[] row = new int[width * bands];
        int[] bits = raster.getSampleModel().getSampleSize();
        for (int y = 0, o = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int i = 0; i < row.length; i += bands) {
                for (int c = 0; c < channels; c++) samples[o++] = (byte) toEight(row[i + c], bits[c]);
            }
        }
        return Picture.of(height, width, channels, samples);
    }

    /// The usual case, quickly: three bands side by side, in either order.
    private static Picture interleaved(DataBufferByte buffer, ComponentSampleModel model, int height, int width) {
        byte[] bank = buffer.getData();
        int red = model.getBandOffsets()[0];
        int green = model.getBandOffsets()[1];
        int blue = model.getBandOffsets()[2];
        var samples = new byte[height * width * 3];
        for (int y = 0, o = 0; y < height; y++) {
            int i = buffer.getOffset() + y * model.getScanlineStride();
            for (int end = o + width * 3; o < end; o += 3, i += 3) {
                samples[o] = bank[i + red];
                samples[o + 1] = bank[i + green];
                samples[o + 2] = bank[i + blue];
            }
        }
        return Picture.of(height, width, 3, samples);
    }

    private static int toEight(int sample, int bits) {
        return bits == 8 ? sample : bits > 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    }
}
