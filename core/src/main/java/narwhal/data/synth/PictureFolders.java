package narwhal.data.synth;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import narwhal.data.PictureSource;
import narwhal.data.picture.Picture;
import narwhal.disk.Disk;
import narwhal.disk.NewFolder;

/// Writes sets of pictures as folders of PNG files: `DEST/train/neg/rec012-003.png`.
public final class PictureFolders {
    private PictureFolders() {
    }

    /// Writes all parts of a set. The folder appears whole or not at all.
    ///
    /// @param parts by the names of their folders
    /// @param destination a folder that is not there yet, or empty
    /// @return number of pictures
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` if something is there; `DISK_FULL`, `DISK_PERMISSION`,
    ///     `DISK_WRITE`
    public static int write(Map<String, PictureSource> parts, Path destination) {
        int written = 0;
        try (var folder = NewFolder.create(Disk.real(), destination, bytes(parts))) {
            for (var part : parts.entrySet()) {
                var source = part.getValue();
                for (int i = 0; i < source.size(); i++) {
                    folder.write(destination.getFileSystem().getPath(part.getKey(), source.nameOf(i).split("/")),
                            png(source.picture(i)));
                    written++;
                }
            }
            folder.finish();
        }
        return written;
    }

    /// No PNG of ours is larger than its samples and a little.
    private static long bytes(Map<String, PictureSource> parts) {
        long bytes = 0;
        for (var source : parts.values()) bytes += source.size() * (source.picture(0).samples().length + 200L);
        return bytes;
    }

    /// The file of a picture.
    static byte[] png(Picture picture) {
        var image = new BufferedImage(picture.width(), picture.height(),
                picture.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        fill(image.getRaster(), picture);
        var bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(image);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static void fill(WritableRaster raster, Picture picture) {
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < picture.channels(); c++) raster.setSample(x, y, c, picture.sample(y, x, c));
            }
        }
    }
}
